import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ContainerReport, Kubelet } from '../../../src/playground/kubernetes/index.ts'
import type { JsonObject } from '../../../src/playground/kubernetes/json.ts'
import type { Pod } from '../../../src/playground/kubernetes/object.ts'
import { type Cluster, cluster, deployment, imagePatch, strategic, until } from './kit.ts'

let k: Cluster
beforeEach(async () => {
  k = await cluster({ backOffMs: 60 })
})
afterEach(() => k.close())

const podsPath = '/api/v1/namespaces/shop/pods'
const get = (name = 'p'): Pod => k.get('pods', 'shop', name) as Pod
const status = (): NonNullable<Pod['status']['containerStatuses']>[number] | undefined =>
  get().status.containerStatuses?.[0]
const ready = (pod = get()): boolean =>
  pod.status.conditions?.some((each) => each.type === 'Ready' && each.status === 'True') === true
const run = (image: string): unknown =>
  k.create({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', namespace: 'shop' },
    spec: { containers: [{ name: 'app', image }] },
  })
const reasons = (): string[] => (k.list('events', 'shop') as unknown as { reason: string }[]).map((each) => each.reason)
const log = (query: string): Promise<{ code: number; text: string; body: JsonObject }> =>
  k.call('GET', `${podsPath}/p/log?${query}`)

describe('the default kubelet', () => {
  it('gets pods ready, with addresses, digests and conditions', async () => {
    run('registry.example:5000/team/shop:1.2')
    await until(() => ready())
    expect(get().spec.nodeName).toBe('node-1')
    expect(get().status).toMatchObject({
      phase: 'Running',
      podIP: '127.0.0.1',
      hostIP: '127.0.0.1',
      startTime: expect.any(String),
    })
    expect(status()).toMatchObject({
      ready: true,
      started: true,
      restartCount: 0,
      state: { running: { startedAt: expect.any(String) } },
    })
    expect(status()?.imageID).toMatch(/^docker-pullable:\/\/registry\.example:5000\/team\/shop@sha256:[0-9a-f]{64}$/)
    expect(get().status.conditions?.map((each) => each.type)).toEqual([
      'PodScheduled',
      'Initialized',
      'ContainersReady',
      'Ready',
    ])
    expect(reasons()).toEqual(expect.arrayContaining(['Scheduled', 'Pulled', 'Created', 'Started']))
  })

  it('gives one text one digest, and keeps the digest an image names', async () => {
    const digest = `sha256:${'ab'.repeat(32)}`
    k.create(deployment('same', 'shop:1', { replicas: 2 }))
    run(`shop:1@${digest}`)
    await until(() => status()?.imageID === `docker-pullable://shop@${digest}`)
    const ids = await until(() => {
      const found = (k.list('pods', 'shop', { app: 'same' }) as Pod[]).map(
        (pod) => pod.status.containerStatuses?.[0]?.imageID ?? '',
      )
      return found.length === 2 && found.every((each) => each !== '') && found
    })
    expect(new Set(ids).size).toBe(1)
  })

  it('crash-loops bad images, with the cause as the last line of the log', async () => {
    run('shop:bad-1')
    await until(() => status()?.state.waiting?.reason === 'CrashLoopBackOff')
    expect(status()).toMatchObject({
      ready: false,
      restartCount: 1,
      lastState: { terminated: { exitCode: 1, reason: 'Error' } },
    })
    expect(status()?.state.waiting?.message).toMatch(/^back-off 0.06s restarting failed container=app pod=p_shop\(/)
    const text = (await log('previous=true')).text
    expect(text.trimEnd().split('\n').at(-1)).toContain('FATAL')
    await until(() => (status()?.restartCount ?? 0) >= 2)
    expect(reasons()).toContain('BackOff')
    expect(ready()).toBe(false)
  })

  it('waits for ever for images that cannot be pulled', async () => {
    run('shop:gone')
    await until(() => status()?.state.waiting?.reason === 'ImagePullBackOff')
    expect(get().status.phase).toBe('Pending')
    expect(await log('')).toMatchObject({
      code: 400,
      body: { message: 'container "app" in pod "p" is waiting to start: trying and failing to pull image' },
    })
    expect(reasons()).toEqual(expect.arrayContaining(['Pulling', 'Failed', 'BackOff']))
  })

  it('leaves never-ready pods running', async () => {
    run('shop:never')
    await until(() => reasons().includes('Unhealthy'))
    expect(get().status.phase).toBe('Running')
    expect(ready()).toBe(false)
  })

  it('gets slow pods ready late', async () => {
    const began = Date.now()
    run('shop:slow')
    await until(() => ready())
    expect(Date.now() - began).toBeGreaterThanOrEqual(140)
  })

  it('ends a pod gracefully', async () => {
    run('shop:1')
    await until(() => ready())
    const reply = await k.call('DELETE', `${podsPath}/p`)
    expect(reply.body).toMatchObject({
      kind: 'Pod',
      metadata: { deletionGracePeriodSeconds: 30, deletionTimestamp: expect.any(String) },
    })
    await until(() => k.get('pods', 'shop', 'p') === undefined)
    expect(reasons()).toContain('Killing')
  })
})

describe('logs', () => {
  it('are cut by lines and bytes', async () => {
    run('shop:1')
    await until(() => ready())
    expect((await log('')).text.split('\n')).toHaveLength(4)
    expect((await log('tailLines=1')).text).toBe('INFO listening\n')
    expect((await log('limitBytes=4')).text).toBe('INFO')
    expect(await log('container=other')).toMatchObject({
      code: 400,
      body: { message: 'container other is not valid for pod p' },
    })
    expect(await log('previous=true')).toMatchObject({
      code: 400,
      body: { message: 'previous terminated container "app" in pod "p" not found' },
    })
  })
})

it('refuses to change what a pod cannot change', async () => {
  run('shop:1')
  const reply = await k.call('PATCH', `${podsPath}/p`, { spec: { hostname: 'other' } }, strategic)
  expect(reply.body).toMatchObject({ code: 422, reason: 'Invalid' })
  expect(
    (await k.call('PATCH', `${podsPath}/p`, { spec: { containers: [{ name: 'app', image: 'shop:2' }] } }, strategic))
      .code,
  ).toBe(200)
})

it('runs pods by the kubelet it is given', async () => {
  const started: string[] = []
  const stopped: string[] = []
  const reports = new Map<string, (report: ContainerReport) => void>()
  const kubelet: Kubelet = {
    start(pod, { report }) {
      const { name } = pod.metadata
      started.push(pod.spec.containers[0]?.image ?? '')
      reports.set(name, report)
      report({ container: 'app', running: true, ready: false, restartCount: 0 })
      return {
        stop: async () => {
          stopped.push(name)
        },
        logs: (container, previous) => `${name} ${container} ${previous}\n`,
      }
    },
  }
  const own = await cluster({ kubelet })
  own.create(deployment('web', 'web:1', { replicas: 1 }))
  const pod = await until(
    () =>
      (own.list('pods', 'shop')[0] as Pod | undefined)?.status.podIP !== undefined &&
      (own.list('pods', 'shop')[0] as Pod),
  )
  expect(ready(pod)).toBe(false)
  reports.get(pod.metadata.name)?.({ container: 'app', running: true, ready: true, restartCount: 0 })
  expect(ready(own.get('pods', 'shop', pod.metadata.name) as Pod)).toBe(true)
  expect((await own.call('GET', `${podsPath}/${pod.metadata.name}/log`)).text).toBe(`${pod.metadata.name} app false\n`)
  await own.call('PATCH', '/apis/apps/v1/namespaces/shop/deployments/web', imagePatch('web:2'), strategic)
  await until(() => started.includes('web:2'))
  reports.get(own.list('pods', 'shop').at(-1)?.metadata.name ?? '')?.({
    container: 'app',
    running: true,
    ready: true,
    restartCount: 0,
  })
  for (const each of own.list('pods', 'shop'))
    reports.get(each.metadata.name)?.({ container: 'app', running: true, ready: true, restartCount: 0 })
  await until(() => stopped.includes(pod.metadata.name))
  await own.close()
  expect(stopped).toHaveLength(2)
})
