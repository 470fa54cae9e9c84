import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type JsonObject, objectAt } from '../../../src/playground/kubernetes/json.ts'
import type { Condition, Deployment, Pod, ReplicaSet } from '../../../src/playground/kubernetes/object.ts'
import { type Cluster, cluster, deployment, deployments, imagePatch, merging, strategic, until } from './kit.ts'

let k: Cluster
beforeEach(async () => {
  k = await cluster()
})
afterEach(() => k.close())

const get = (): Deployment => k.get('deployments', 'shop', 'web') as Deployment
const sets = (): ReplicaSet[] => k.list('replicasets', 'shop') as ReplicaSet[]
const pods = (): Pod[] => k.list('pods', 'shop') as Pod[]
const condition = (type: string): Condition | undefined => get().status.conditions?.find((each) => each.type === type)
const revision = (object: Deployment | ReplicaSet | undefined): string | undefined =>
  object?.metadata.annotations?.['deployment.kubernetes.io/revision']
const imageOf = (object: Deployment | ReplicaSet): string => object.spec.template.spec.containers[0]?.image ?? ''
const setOf = (image: string): ReplicaSet => {
  const found = sets().find((each) => imageOf(each) === image)
  if (found === undefined) throw new Error(`no ReplicaSet with ${image}`)
  return found
}
const settled = (): Promise<boolean> =>
  until(() => {
    const { status, metadata, spec } = get()
    return (
      status.observedGeneration === metadata.generation &&
      condition('Progressing')?.reason === 'NewReplicaSetAvailable' &&
      (status.updatedReplicas ?? 0) === spec.replicas &&
      (status.replicas ?? 0) === spec.replicas &&
      (status.availableReplicas ?? 0) === spec.replicas
    )
  })
const setImage = (image: string): Promise<unknown> =>
  k.call('PATCH', `${deployments}/web`, imagePatch(image), strategic)
const start = async (spec: JsonObject = {}, image = 'web:1'): Promise<void> => {
  k.create(deployment('web', image, spec))
  await settled()
}

describe('a rollout', () => {
  it('makes a ReplicaSet and its pods as the real controllers name and mark them', async () => {
    await start()
    const [set] = sets()
    const hash = set?.metadata.labels?.['pod-template-hash'] ?? ''
    expect(hash).toMatch(/^[bcdfghjklmnpqrstvwxz2456789]{6,10}$/)
    expect(set?.metadata.name).toBe(`web-${hash}`)
    expect(set?.metadata.annotations).toEqual({
      'deployment.kubernetes.io/revision': '1',
      'deployment.kubernetes.io/desired-replicas': '2',
      'deployment.kubernetes.io/max-replicas': '3',
    })
    expect(set?.spec.selector.matchLabels).toEqual({ app: 'web', 'pod-template-hash': hash })
    expect(pods()).toHaveLength(2)
    expect(pods()[0]?.metadata.name).toMatch(new RegExp(`^web-${hash}-[a-z0-9]{5}$`))
    expect(pods()[0]?.metadata.ownerReferences).toMatchObject([
      { kind: 'ReplicaSet', controller: true, uid: set?.metadata.uid },
    ])
    expect(revision(get())).toBe('1')
    expect(get().status).toMatchObject({
      observedGeneration: 1,
      replicas: 2,
      updatedReplicas: 2,
      readyReplicas: 2,
      availableReplicas: 2,
    })
    expect(condition('Available')).toMatchObject({ status: 'True', reason: 'MinimumReplicasAvailable' })
    expect(condition('Progressing')).toMatchObject({
      status: 'True',
      message: `ReplicaSet "web-${hash}" has successfully progressed.`,
    })
    const events = k.list('events', 'shop') as unknown as { reason: string; message: string }[]
    expect(events.map((each) => each.message)).toContain(`Scaled up replica set web-${hash} from 0 to 2`)
  })

  it('never leaves the bounds of maxSurge and maxUnavailable', async () => {
    await start({ replicas: 8 })
    const seen: { total: number; available: number }[] = []
    const stop = k.inject(() => undefined)
    const timer = setInterval(() => {
      const running = pods().filter((pod) => pod.metadata.deletionTimestamp === undefined)
      const ready = running.filter((pod) =>
        pod.status.conditions?.some((each) => each.type === 'Ready' && each.status === 'True'),
      )
      seen.push({ total: running.length, available: ready.length })
    }, 1)
    await setImage('web:2')
    await settled()
    clearInterval(timer)
    stop()
    expect(seen.length).toBeGreaterThan(3)
    expect(Math.max(...seen.map((each) => each.total))).toBeLessThanOrEqual(10)
    expect(Math.min(...seen.map((each) => each.available))).toBeGreaterThanOrEqual(6)
    expect(setOf('web:1').spec.replicas).toBe(0)
  })

  it('stops at a bad image with the old pods serving, and undo uses the old ReplicaSet again', async () => {
    await start({ replicas: 3 })
    const good = setOf('web:1')
    await setImage('web:bad')
    await until(() => (setOf('web:bad').status.replicas ?? 0) === 1 && get().status.observedGeneration === 2)
    expect(get().status).toMatchObject({
      updatedReplicas: 1,
      availableReplicas: 3,
      unavailableReplicas: 1,
      replicas: 4,
    })
    const template = objectAt((await k.call('GET', `${deployments}/web`)).body, 'spec', 'template') ?? {}
    const old = good.spec.template as unknown as JsonObject
    const labels = { ...objectAt(old, 'metadata', 'labels') }
    delete labels['pod-template-hash']
    const undo = [
      { op: 'test', path: '/spec/template', value: template },
      { op: 'replace', path: '/spec/template', value: { ...old, metadata: { labels } } },
    ]
    expect((await k.call('PATCH', `${deployments}/web`, undo, { type: 'application/json-patch+json' })).code).toBe(200)
    await settled()
    expect(sets()).toHaveLength(2)
    const again = setOf('web:1')
    expect(again.metadata.uid).toBe(good.metadata.uid)
    expect(revision(again)).toBe('3')
    expect(again.metadata.annotations?.['deployment.kubernetes.io/revision-history']).toBe('1')
    expect(revision(get())).toBe('3')
    expect(setOf('web:bad').spec.replicas).toBe(0)
    await until(() => pods().length === 3)
  })

  it('copies annotations such as the change cause to the ReplicaSet, but not what kubectl applied', async () => {
    await start()
    const annotations = {
      'kubernetes.io/change-cause': 'build 42',
      'kubectl.kubernetes.io/last-applied-configuration': '{}',
    }
    await k.call('PATCH', `${deployments}/web`, { metadata: { annotations }, ...imagePatch('web:2') }, strategic)
    await settled()
    expect(setOf('web:2').metadata.annotations).toMatchObject({ 'kubernetes.io/change-cause': 'build 42' })
    expect(setOf('web:2').metadata.annotations).not.toHaveProperty('kubectl.kubernetes.io/last-applied-configuration')
    expect(setOf('web:1').metadata.annotations).not.toHaveProperty('kubernetes.io/change-cause')
  })

  it('keeps only as many old ReplicaSets as it should', async () => {
    await start({ revisionHistoryLimit: 2, replicas: 1 })
    for (const image of ['web:2', 'web:3', 'web:4', 'web:5']) {
      await setImage(image)
      await settled()
    }
    await until(() => sets().length === 3)
    expect(sets().map(imageOf).sort()).toEqual(['web:3', 'web:4', 'web:5'])
  })

  it('says when it exceeds its deadline, and when it recovers', async () => {
    await start({ replicas: 1, progressDeadlineSeconds: 1 })
    await setImage('web:never')
    await until(() => condition('Progressing')?.reason === 'ProgressDeadlineExceeded')
    expect(condition('Progressing')).toMatchObject({
      status: 'False',
      message: expect.stringContaining('has timed out progressing.'),
    })
    expect(condition('Available')?.status).toBe('True')
    await setImage('web:3')
    await settled()
  })

  it('does nothing while paused, and goes on when resumed', async () => {
    await start()
    await k.call('PATCH', `${deployments}/web`, { spec: { paused: true } }, merging)
    await setImage('web:2')
    await until(() => condition('Progressing')?.reason === 'DeploymentPaused' && get().status.observedGeneration === 3)
    expect(sets()).toHaveLength(1)
    await k.call('PATCH', `${deployments}/web`, { spec: { paused: null } }, merging)
    await settled()
    expect(sets()).toHaveLength(2)
  })

  it('takes all old pods down before new ones when it recreates', async () => {
    await start({ strategy: { type: 'Recreate' } })
    const images = new Set<string>()
    const timer = setInterval(
      () => images.add([...new Set(pods().map((pod) => pod.spec.containers[0]?.image))].sort().join('+')),
      1,
    )
    await setImage('web:2')
    await settled()
    clearInterval(timer)
    expect(images).not.toContain('web:1+web:2')
    expect(setOf('web:2').status.availableReplicas).toBe(2)
  })

  it('waits minReadySeconds before a pod counts as available', async () => {
    k.create(deployment('web', 'web:1', { replicas: 1, minReadySeconds: 1 }))
    await until(() => get().status.readyReplicas === 1)
    expect(get().status.availableReplicas).toBeUndefined()
    await settled()
  })
})

describe('scaling', () => {
  it('goes through the scale subresource and bumps no revision', async () => {
    await start()
    const scale = await k.call('GET', `${deployments}/web/scale`)
    expect(scale.body).toMatchObject({
      kind: 'Scale',
      apiVersion: 'autoscaling/v1',
      spec: { replicas: 2 },
      status: { replicas: 2, selector: 'app=web' },
    })
    expect((await k.call('PUT', `${deployments}/web/scale`, { ...scale.body, spec: { replicas: 5 } })).code).toBe(200)
    await settled()
    expect(pods()).toHaveLength(5)
    expect(revision(get())).toBe('1')
    const refused = await k.call('PATCH', `${deployments}/web/scale`, { spec: { replicas: -1 } }, merging)
    expect(refused.body).toMatchObject({ code: 422 })
  })

  it('spreads over both ReplicaSets while a rollout is stuck', async () => {
    await start({ replicas: 4 })
    await setImage('web:never')
    await until(() => setOf('web:never').spec.replicas === 2)
    await k.call('PATCH', `${deployments}/web/scale`, { spec: { replicas: 8 } }, merging)
    await until(() => setOf('web:never').spec.replicas + setOf('web:1').spec.replicas === 10)
    expect(setOf('web:1').spec.replicas).toBeGreaterThanOrEqual(5)
  })
})
