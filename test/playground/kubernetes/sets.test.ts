import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { at, type JsonObject } from '../../../src/playground/kubernetes/json.ts'
import type { ControllerRevision, DaemonSet, Pod, StatefulSet } from '../../../src/playground/kubernetes/object.ts'
import { type Cluster, cluster, imagePatch, strategic, until, workload } from './kit.ts'

let k: Cluster
beforeEach(async () => {
  k = await cluster({ nodes: ['n1', 'n2', 'n3'] })
})
afterEach(() => k.close())

const pods = (): Pod[] => k.list('pods', 'shop') as Pod[]
const images = (): (string | undefined)[] => pods().map((pod) => pod.spec.containers[0]?.image)
const revisions = (): ControllerRevision[] =>
  (k.list('controllerrevisions', 'shop') as ControllerRevision[]).sort((a, b) => a.revision - b.revision)
const patch = (plural: string, body: JsonObject): Promise<unknown> =>
  k.call('PATCH', `/apis/apps/v1/namespaces/shop/${plural}/it`, body, strategic)

describe('a StatefulSet', () => {
  const get = (): StatefulSet => k.get('statefulsets', 'shop', 'it') as StatefulSet
  const settled = (): Promise<boolean> =>
    until(() => {
      const { status, spec, metadata } = get()
      const { replicas } = spec
      return (
        status.observedGeneration === metadata.generation &&
        status.readyReplicas === replicas &&
        status.updatedReplicas === replicas &&
        status.currentRevision === status.updateRevision
      )
    })
  const start = async (spec: JsonObject = {}): Promise<void> => {
    k.create(workload('StatefulSet', 'it', 'db:1', { replicas: 3, serviceName: 'it', ...spec }))
    await settled()
  }

  it('makes its pods one after the other, with stable names and a revision', async () => {
    await start()
    const [first, second, third] = pods()
    expect([first, second, third].map((pod) => pod?.metadata.name)).toEqual(['it-0', 'it-1', 'it-2'])
    const ready = (pod: Pod | undefined): number =>
      Date.parse(pod?.status.conditions?.find((each) => each.type === 'Ready')?.lastTransitionTime ?? '')
    expect(Date.parse(second?.metadata.creationTimestamp ?? '')).toBeGreaterThanOrEqual(ready(first))
    const revision = get().status.updateRevision
    expect(first?.metadata.labels).toMatchObject({
      'controller-revision-hash': revision,
      'statefulset.kubernetes.io/pod-name': 'it-0',
      'apps.kubernetes.io/pod-index': '0',
    })
    expect(first?.spec).toMatchObject({ hostname: 'it-0', subdomain: 'it' })
    expect(revisions()).toMatchObject([
      { revision: 1, metadata: { name: revision }, data: { spec: { template: { $patch: 'replace' } } } },
    ])
  })

  it('rolls from the highest ordinal down, and undo by the revision makes it the newest again', async () => {
    await start()
    const first = get().status.updateRevision
    await patch('statefulsets', imagePatch('db:2'))
    await settled()
    expect(images()).toEqual(['db:2', 'db:2', 'db:2'])
    const old = revisions().find((each) => each.metadata.name === first)
    await patch('statefulsets', old?.data ?? {})
    await settled()
    expect(images()).toEqual(['db:1', 'db:1', 'db:1'])
    expect(revisions().map((each) => each.revision)).toEqual([2, 3])
    expect(get().status.currentRevision).toBe(first)
  })

  it('stays stuck on a broken pod after undo until that pod is deleted', async () => {
    await start()
    const first = revisions()[0]
    await patch('statefulsets', imagePatch('db:bad'))
    await until(() => pods()[2]?.status.containerStatuses?.[0]?.state.waiting?.reason === 'CrashLoopBackOff')
    await patch('statefulsets', first?.data ?? {})
    await until(() => get().status.observedGeneration === 3)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(images()).toEqual(['db:1', 'db:1', 'db:bad'])
    await k.call('DELETE', '/api/v1/namespaces/shop/pods/it-2')
    await settled()
    expect(images()).toEqual(['db:1', 'db:1', 'db:1'])
  })

  it('replaces broken pods by itself when it is Parallel', async () => {
    await start({ podManagementPolicy: 'Parallel' })
    const first = revisions()[0]
    await patch('statefulsets', imagePatch('db:never'))
    await until(() => images()[2] === 'db:never')
    await patch('statefulsets', first?.data ?? {})
    await settled()
    expect(images()).toEqual(['db:1', 'db:1', 'db:1'])
  })

  it('updates only from its partition on', async () => {
    await start({ updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 2 } } })
    await patch('statefulsets', imagePatch('db:2'))
    await until(() => images()[2] === 'db:2' && get().status.readyReplicas === 3)
    expect(images()).toEqual(['db:1', 'db:1', 'db:2'])
    expect(get().status).toMatchObject({ currentReplicas: 2, updatedReplicas: 1 })
    expect(get().status.currentRevision).not.toBe(get().status.updateRevision)
  })

  it('updates only what is deleted when OnDelete', async () => {
    await start({ updateStrategy: { type: 'OnDelete' } })
    await patch('statefulsets', imagePatch('db:2'))
    await until(() => get().status.observedGeneration === 2)
    await k.call('DELETE', '/api/v1/namespaces/shop/pods/it-1')
    await until(() => images()[1] === 'db:2')
    expect(images()).toEqual(['db:1', 'db:2', 'db:1'])
  })

  it('scales down from the top and keeps its history short', async () => {
    await start({ revisionHistoryLimit: 1 })
    await k.call(
      'PATCH',
      '/apis/apps/v1/namespaces/shop/statefulsets/it/scale',
      { spec: { replicas: 1 } },
      { type: 'application/merge-patch+json' },
    )
    await until(() => pods().length === 1)
    expect(pods()[0]?.metadata.name).toBe('it-0')
    for (const image of ['db:2', 'db:3', 'db:4']) {
      await patch('statefulsets', imagePatch(image))
      await settled()
    }
    await until(() => revisions().length === 2)
  })
})

describe('a DaemonSet', () => {
  const get = (): DaemonSet => k.get('daemonsets', 'shop', 'it') as DaemonSet
  const settled = (): Promise<boolean> =>
    until(() => {
      const { status, metadata } = get()
      return (
        status.observedGeneration === metadata.generation &&
        status.updatedNumberScheduled === 3 &&
        status.numberAvailable === 3
      )
    })
  const start = async (spec: JsonObject = {}): Promise<void> => {
    k.create(workload('DaemonSet', 'it', 'agent:1', spec))
    await settled()
  }

  it('runs one pod on each node', async () => {
    await start()
    expect(
      pods()
        .map((pod) => pod.spec.nodeName)
        .sort(),
    ).toEqual(['n1', 'n2', 'n3'])
    expect(get().status).toMatchObject({
      desiredNumberScheduled: 3,
      currentNumberScheduled: 3,
      numberReady: 3,
      numberMisscheduled: 0,
    })
    const [revision] = revisions()
    expect(revision?.metadata.name).toBe(`it-${revision?.metadata.labels?.['controller-revision-hash']}`)
    expect(pods()[0]?.metadata.labels).toMatchObject({
      'controller-revision-hash': revision?.metadata.labels?.['controller-revision-hash'],
      'pod-template-generation': '1',
    })
    expect(get().metadata.annotations).toEqual({ 'deprecated.daemonset.template.generation': '1' })
  })

  it('stops at one bad pod, and undo brings it back', async () => {
    await start()
    const first = revisions()[0]
    await patch('daemonsets', imagePatch('agent:bad'))
    await until(
      () => images().filter((image) => image === 'agent:bad').length === 1 && get().status.numberUnavailable === 1,
    )
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(images().filter((image) => image === 'agent:1')).toHaveLength(2)
    await patch('daemonsets', first?.data ?? {})
    await settled()
    expect(images()).toEqual(['agent:1', 'agent:1', 'agent:1'])
    expect(revisions().map((each) => each.revision)).toEqual([2, 3])
  })

  it('surges when it may', async () => {
    await start({ updateStrategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } })
    let fewest = 3
    const timer = setInterval(() => {
      const ready = pods().filter(
        (pod) =>
          pod.metadata.deletionTimestamp === undefined &&
          pod.status.conditions?.some((each) => each.type === 'Ready' && each.status === 'True'),
      )
      fewest = Math.min(fewest, ready.length)
    }, 1)
    await patch('daemonsets', imagePatch('agent:2'))
    await settled()
    await until(() => pods().length === 3)
    clearInterval(timer)
    expect(fewest).toBe(3)
    expect(images()).toEqual(['agent:2', 'agent:2', 'agent:2'])
  })

  it('replaces only what is deleted when OnDelete', async () => {
    await start({ updateStrategy: { type: 'OnDelete' } })
    await patch('daemonsets', imagePatch('agent:2'))
    await until(() => get().status.observedGeneration === 2)
    await k.call('DELETE', `/api/v1/namespaces/shop/pods/${pods()[0]?.metadata.name}`)
    await until(() => images().filter((image) => image === 'agent:2').length === 1)
    expect(images().filter((image) => image === 'agent:1')).toHaveLength(2)
  })

  it('follows nodes that come', async () => {
    await start()
    k.create({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'n4' } })
    await until(() => pods().length === 4)
    expect(at(get() as unknown as JsonObject, 'status', 'desiredNumberScheduled')).toBe(4)
  })
})
