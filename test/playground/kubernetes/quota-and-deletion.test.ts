import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { at, type JsonObject } from '../../../src/playground/kubernetes/json.ts'
import type { Condition, Deployment, Pod, ReplicaSet } from '../../../src/playground/kubernetes/object.ts'
import { type Cluster, cluster, deployment, deployments, until } from './kit.ts'

let k: Cluster
beforeEach(async () => {
  k = await cluster()
})
afterEach(() => k.close())

const get = (): Deployment => k.get('deployments', 'shop', 'web') as Deployment
const sets = (): ReplicaSet[] => k.list('replicasets', 'shop') as ReplicaSet[]
const pods = (): Pod[] => k.list('pods', 'shop') as Pod[]
const condition = (type: string): Condition | undefined => get().status.conditions?.find((each) => each.type === type)
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
const start = async (spec: JsonObject = {}, image = 'web:1'): Promise<void> => {
  k.create(deployment('web', image, spec))
  await settled()
}

describe('quota', () => {
  it('shows as ReplicaFailure and FailedCreate, and heals when lifted', async () => {
    k.create({
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'few', namespace: 'shop' },
      spec: { hard: { pods: '1' } },
    })
    k.create(deployment('web', 'web:1', { replicas: 3 }))
    const failure = await until(() => condition('ReplicaFailure'))
    expect(failure).toMatchObject({ status: 'True', reason: 'FailedCreate' })
    expect(failure.message).toMatch(
      /^pods "web-[a-z0-9]+-[a-z0-9]+" is forbidden: exceeded quota: few, requested: pods=1, used: pods=1, limited: pods=1$/,
    )
    const events = k.list('events', 'shop') as unknown as { reason: string; type: string }[]
    expect(events).toContainEqual(expect.objectContaining({ reason: 'FailedCreate', type: 'Warning' }))
    await until(
      () => at(k.get('resourcequotas', 'shop', 'few') as unknown as JsonObject, 'status', 'used', 'pods') === '1',
    )
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'extra' },
      spec: { containers: [{ name: 'a', image: 'a:1' }] },
    }
    expect((await k.call('POST', '/api/v1/namespaces/shop/pods', pod)).body).toMatchObject({
      code: 403,
      reason: 'Forbidden',
    })
    k.edit('resourcequotas', 'shop', 'few', (object) => {
      object.spec = { hard: { pods: '5' } }
    })
    await settled()
    expect(condition('ReplicaFailure')).toBeUndefined()
  })
})

describe('deletion', () => {
  it('takes ReplicaSets and pods along in the background', async () => {
    await start()
    const reply = await k.call('DELETE', `${deployments}/web`)
    expect(reply.body).toMatchObject({
      kind: 'Status',
      status: 'Success',
      details: { name: 'web', group: 'apps', kind: 'deployments' },
    })
    await until(() => sets().length === 0 && pods().length === 0)
  })

  it('waits for them in the foreground', async () => {
    await start()
    const reply = await k.call('DELETE', `${deployments}/web?propagationPolicy=Foreground`)
    expect(at(reply.body, 'metadata', 'finalizers')).toEqual(['foregroundDeletion'])
    await until(() => k.get('deployments', 'shop', 'web') === undefined)
    expect(pods()).toHaveLength(0)
  })

  it('leaves them behind when they are to be orphaned', async () => {
    await start()
    await k.call('DELETE', `${deployments}/web`, { propagationPolicy: 'Orphan' })
    await until(() => k.get('deployments', 'shop', 'web') === undefined)
    expect(sets()).toHaveLength(1)
    expect(sets()[0]?.metadata.ownerReferences).toBeUndefined()
  })

  it('respects preconditions', async () => {
    await start()
    const reply = await k.call('DELETE', `${deployments}/web`, { preconditions: { uid: 'another' } })
    expect(reply.body).toMatchObject({ code: 409, reason: 'Conflict' })
  })

  it('empties a namespace before it goes', async () => {
    await start()
    expect((await k.call('DELETE', '/api/v1/namespaces/shop')).body).toMatchObject({ status: { phase: 'Terminating' } })
    await k
      .call('POST', deployments, deployment('late', 'web:1'))
      .then((reply) => expect([403, 404]).toContain(reply.code))
    await until(() => k.get('namespaces', undefined, 'shop') === undefined)
    expect(pods()).toHaveLength(0)
    expect(k.list('events', 'shop')).toHaveLength(0)
  })
})
