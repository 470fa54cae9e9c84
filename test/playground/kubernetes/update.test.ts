import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, type JsonObject, objectAt } from '../../../src/playground/kubernetes/json.ts'
import { type Cluster, cluster, deployment, deployments, imagePatch, merging, strategic, workload } from './kit.ts'

let k: Cluster
beforeAll(async () => {
  k = await cluster({ kubeletDelayMs: 1 })
  k.create(deployment('defaults', 'shop:1', { replicas: 0 }))
})
afterAll(() => k.close())

const idle = { replicas: 0 }

describe('update', () => {
  it('refuses a stale resourceVersion, and takes none', async () => {
    const created = await k.call('POST', deployments, deployment('stale', 'shop:1', idle))
    const touched = await k.call('PATCH', `${deployments}/stale`, { metadata: { labels: { a: 'b' } } }, merging)
    expect(touched.code).toBe(200)
    const put = await k.call('PUT', `${deployments}/stale`, created.body)
    expect(put.body).toMatchObject({
      code: 409,
      reason: 'Conflict',
      message:
        'Operation cannot be fulfilled on deployments.apps "stale": the object has been modified; please apply your changes to the latest version and try again',
      details: { name: 'stale', group: 'apps', kind: 'deployments' },
    })
    const version = at(created.body, 'metadata', 'resourceVersion') ?? ''
    const patched = await k.call(
      'PATCH',
      `${deployments}/stale`,
      { metadata: { resourceVersion: version, labels: { c: 'd' } } },
      merging,
    )
    expect(patched.code).toBe(409)
    const metadata = { ...objectAt(created.body, 'metadata') }
    delete metadata.resourceVersion
    expect((await k.call('PUT', `${deployments}/stale`, { ...created.body, metadata })).code).toBe(200)
  })

  it('refuses another uid: with 409 in an update, with 422 in a patch', async () => {
    const uid = '00000000-0000-0000-0000-000000000000'
    const { body } = await k.call('GET', `${deployments}/stale`)
    const put = await k.call('PUT', `${deployments}/stale`, {
      ...body,
      metadata: { ...objectAt(body, 'metadata'), uid },
    })
    expect(put.body).toMatchObject({ code: 409, reason: 'Conflict' })
    expect(put.body.message).toContain(`Precondition failed: UID in precondition: ${uid}`)
    const patch = await k.call('PATCH', `${deployments}/stale`, { metadata: { uid, labels: { e: 'f' } } }, merging)
    expect(patch.body).toMatchObject({ code: 422, reason: 'Invalid', details: { causes: [{ field: 'metadata.uid' }] } })
  })

  it('raises generation for spec and annotations of a Deployment, not for labels and status', async () => {
    await k.call('POST', deployments, deployment('generation', 'shop:1', { ...idle, paused: true }))
    const generationAfter = async (path: string, patch: JsonObject): Promise<unknown> =>
      at((await k.call('PATCH', `${deployments}/generation${path}`, patch, merging)).body, 'metadata', 'generation')
    expect(await generationAfter('', { metadata: { labels: { x: 'y' } } })).toBe(1)
    expect(await generationAfter('/status', { status: { collisionCount: 3 } })).toBe(1)
    expect(await generationAfter('', { metadata: { annotations: { x: 'y' } } })).toBe(2)
    expect(await generationAfter('', { spec: { minReadySeconds: 4 } })).toBe(3)
    expect(await generationAfter('', { spec: { minReadySeconds: 4 } })).toBe(3)
  })

  it('keeps the version of a write that changes nothing', async () => {
    const path = '/api/v1/namespaces/shop/configmaps'
    const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'same' }, data: { a: '1' } }
    const first = await k.call('POST', path, map)
    const second = await k.call('PATCH', `${path}/same?fieldManager=other`, { data: { a: '1' } }, merging)
    expect(second.code).toBe(200)
    expect(second.body).toEqual(first.body)
  })

  it('keeps a selector for ever', async () => {
    const patch = {
      spec: {
        selector: { matchLabels: { app: 'defaults', tier: 'x' } },
        template: { metadata: { labels: { tier: 'x' } } },
      },
    }
    const reply = await k.call('PATCH', `${deployments}/defaults`, patch, merging)
    expect(reply.code).toBe(422)
    expect(reply.body.message).toContain('field is immutable')
  })

  it.each([
    ['serviceName', 'other'],
    ['podManagementPolicy', 'Parallel'],
  ])('keeps %s of a StatefulSet', async (field, value) => {
    const path = '/apis/apps/v1/namespaces/shop/statefulsets'
    await k.call('POST', path, workload('StatefulSet', 'fixed', 'db:1', { ...idle, serviceName: 'fixed' }))
    const reply = await k.call('PATCH', `${path}/fixed`, { spec: { [field]: value } }, merging)
    expect(reply.body).toMatchObject({
      code: 422,
      reason: 'Invalid',
      details: { causes: [{ field: `spec.${field}` }] },
    })
  })

  it('moves ownership of fields to who changes them', async () => {
    const path = `${deployments}/owners`
    await k.call('POST', `${deployments}?fieldManager=first`, deployment('owners', 'shop:1', idle))
    await k.call('PATCH', `${path}?fieldManager=second`, imagePatch('shop:2'), strategic)
    const reply = await k.call('PATCH', `${path}/scale?fieldManager=third`, { spec: { replicas: 0 } }, merging)
    expect(reply.body).toMatchObject({ kind: 'Scale', apiVersion: 'autoscaling/v1' })
    await k.call('PATCH', `${path}/scale?fieldManager=third`, { spec: { replicas: 1 } }, merging)
    const fields = at((await k.call('GET', path)).body, 'metadata', 'managedFields') as JsonObject[]
    const of = (manager: string): string => JSON.stringify(fields.find((each) => each.manager === manager))
    expect(of('second')).toContain('"f:containers":{"k:{\\"name\\":\\"app\\"}":{"f:image":{}}}')
    expect(of('first')).not.toContain('f:image"')
    expect(of('first')).not.toContain('f:replicas')
    expect(of('third')).toContain('"subresource":"scale"')
    expect(of('third')).toContain('f:replicas')
  })
})

describe('dryRun', () => {
  it('validates and defaults, but stores nothing and moves no version', async () => {
    const list = async (): Promise<unknown> =>
      at((await k.call('GET', deployments)).body, 'metadata', 'resourceVersion')
    await k.call('POST', deployments, deployment('dry', 'shop:1', { ...idle, paused: true }))
    await new Promise((resolve) => setTimeout(resolve, 50))
    const before = await list()
    const made = await k.call('POST', `${deployments}?dryRun=All`, deployment('never', 'shop:1', idle))
    expect(made.code).toBe(201)
    expect(made.body.spec).toMatchObject({ revisionHistoryLimit: 10 })
    const patched = await k.call('PATCH', `${deployments}/dry?dryRun=All`, imagePatch('shop:2'), strategic)
    expect(JSON.stringify(patched.body)).toContain('shop:2')
    expect(at(patched.body, 'metadata', 'generation')).toBe(2)
    expect((await k.call('DELETE', `${deployments}/dry?dryRun=All`)).code).toBe(200)
    const bad = await k.call('PATCH', `${deployments}/dry?dryRun=All`, imagePatch(''), strategic)
    expect(bad.code).toBe(422)
    expect(await list()).toBe(before)
    expect(k.get('deployments', 'shop', 'never')).toBeUndefined()
    expect(JSON.stringify(k.get('deployments', 'shop', 'dry'))).not.toContain('shop:2')
    expect((await k.call('POST', `${deployments}?dryRun=Some`, {})).code).toBe(422)
  })
})
