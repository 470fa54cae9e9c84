import { describe, expect, it } from 'vitest'
import type { WorkloadKind } from '../../../../src/adapters/target/kubernetes/config.ts'
import { rolledOut, settle, shows } from '../kit/bench.ts'
import type { TestCluster } from '../kit/cluster.ts'
import { grantedRights } from '../kit/rights.ts'
import { newest, planned, scene, soon } from '../kit/scene.ts'
import { badTemplate, goodTemplate } from '../kit/workloads.ts'

const kinds = ['Deployment', 'StatefulSet', 'DaemonSet'] as const

/** What may be done, and that no more may be done than is. */
export function doctorCases(cluster: TestCluster): void {
  describe('permissions', () => {
    const now = scene(cluster)
    const units = () => kinds.map((kind) => now().bench.unit(kind, `x-${kind.toLowerCase()}`))

    it('are reported one by one', async () => {
      const { bench } = now()
      const astern = await bench.connect(units(), { token: await cluster.asternToken(bench.namespace) })
      const findings = await astern.doctor(soon())
      expect(findings.filter((finding) => finding.state === 'missing')).toEqual([])
      expect(findings.filter((finding) => finding.state === 'unknown').map((finding) => finding.code)).toEqual([
        `kubernetes.permission:get secrets in ${bench.namespace}`,
      ])
      expect(findings[0]).toMatchObject({
        state: 'works',
        wording: { values: { version: expect.stringMatching(/^v1\.37/) } },
      })

      const visitor = await bench.connect(units(), { token: cluster.visitorToken })
      const missing = (await visitor.doctor(soon())).filter((finding) => finding.state === 'missing')
      expect(missing.map((finding) => finding.code)).toContain(
        `kubernetes.permission:patch deployments in ${bench.namespace}`,
      )
      expect(missing.length).toBe(grantedRights().length)
    })

    it('of deploy/kubernetes/rbac.yaml suffice for the whole story, and each is used', async () => {
      const { bench, connect } = now()
      const token = await cluster.asternToken(bench.namespace)
      const story = async (kind: WorkloadKind) => {
        const name = `shop-${kind.toLowerCase()}`
        const template = goodTemplate(name)
        const env = [
          { name: 'X', valueFrom: { configMapKeyRef: { name: 'kube-root-ca.crt', key: 'ca.crt', optional: false } } },
        ]
        await bench.admin
          .create(`/api/v1/namespaces/${bench.namespace}/configmaps`, {
            apiVersion: 'v1',
            kind: 'ConfigMap',
            metadata: { name: 'kube-root-ca.crt' },
            data: { 'ca.crt': '' },
          })
          .catch(() => undefined) // a real cluster has it already
        await bench.deploy(kind, name, {
          template: { ...template, spec: { containers: [{ ...template.spec.containers[0], env }] } },
        })
        const unit = bench.unit(kind, name)
        const target = await connect(unit, { token })
        await shows(target, '1.0.0')
        await bench.release(kind, name, badTemplate(name, 'bad-2'))
        await shows(target, 'bad-2')
        const bad = await target.read(soon())
        const change = await planned(target, await newest(target))
        const receipt = await target.apply(change, `${name}/1`, soon())
        expect(await target.recall(change, `${name}/1`, soon())).toHaveProperty('data')
        expect(await settle(target, change, receipt)).toMatchObject({ state: 'settled', at: 'to' })
        await rolledOut(bench.admin, bench.path(kind, name))
        // And once to where it does not come up, with a store that forgot: what went wrong is looked at, the history listed.
        const forgetful = await connect(unit, { token, templates: new Map() })
        await shows(forgetful, '1.0.0')
        const back = await planned(forgetful, bad.release)
        const second = await forgetful.apply(back, `${name}/2`, soon())
        await expect
          .poll(async () => (await forgetful.settled(back, second, soon())).seen.map((each) => each.code).join(), {
            timeout: 30_000,
          })
          .toMatch(/kubernetes\.pod:/)
      }
      for (const kind of kinds) await story(kind)
      const requests = await cluster.requests(bench.namespace)
      const used = requests
        .filter((request) => /astern/.test(request.user))
        .map((request) => `${request.verb} ${request.resource}`)
      expect([...new Set(used)].sort()).toEqual(grantedRights())
    })
  })
}
