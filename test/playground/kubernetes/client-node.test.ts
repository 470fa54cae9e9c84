import { PassThrough } from 'node:stream'
import {
  ApiException,
  AppsV1Api,
  AuthorizationV1Api,
  CoreV1Api,
  KubeConfig,
  Log,
  makeInformer,
  PatchStrategy,
  setHeaderOptions,
  type V1Deployment,
  VersionApi,
  Watch,
} from '@kubernetes/client-node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cluster, cluster, deployment, imagePatch, until } from './kit.ts'

const place = { name: 'shop', namespace: 'shop' }

describe.each([false, true])('@kubernetes/client-node, tls: %s', (tls) => {
  let k: Cluster
  const config = new KubeConfig()
  beforeAll(async () => {
    k = await cluster({ tls })
    config.loadFromString(k.kubeconfig('admin', 'shop'))
    k.create(deployment('shop', 'shop:1'))
  })
  afterAll(() => k.close())

  it('reads, patches by each strategy, dry-runs, scales and deletes', async () => {
    const apps = config.makeApiClient(AppsV1Api)
    expect((await config.makeApiClient(VersionApi).getCode()).gitVersion).toBe('v1.37.2')
    const read = await apps.readNamespacedDeployment(place)
    expect(read.spec?.replicas).toBe(2)
    expect(read.metadata?.creationTimestamp).toBeInstanceOf(Date)
    const dry = await apps.patchNamespacedDeployment(
      { ...place, body: imagePatch('shop:2'), dryRun: 'All', fieldManager: 'tester' },
      setHeaderOptions('Content-Type', PatchStrategy.StrategicMergePatch),
    )
    expect(dry.spec?.template.spec?.containers[0]?.image).toBe('shop:2')
    expect((await apps.readNamespacedDeployment(place)).spec?.template.spec?.containers[0]?.image).toBe('shop:1')
    const body = [{ op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'shop:3' }]
    const patched = await apps.patchNamespacedDeployment(
      { ...place, body },
      setHeaderOptions('Content-Type', PatchStrategy.JsonPatch),
    )
    expect(patched.metadata?.generation).toBe(2)
    const scale = await apps.readNamespacedDeploymentScale(place)
    expect(scale.spec?.replicas).toBe(2)
    const { resourceVersion: _, ...metadata } = scale.metadata ?? {}
    await apps.replaceNamespacedDeploymentScale({ ...place, body: { ...scale, metadata, spec: { replicas: 1 } } })
    await until(async () => (await apps.readNamespacedDeploymentStatus(place)).status?.availableReplicas === 1)
  })

  it('turns Status answers into exceptions', async () => {
    const failure = await config
      .makeApiClient(AppsV1Api)
      .readNamespacedDeployment({ name: 'none', namespace: 'shop' })
      .catch((thrown: unknown) => thrown)
    expect(failure).toBeInstanceOf(ApiException)
    expect(failure).toMatchObject({ code: 404 })
  })

  it('asks what it may', async () => {
    const review = await config.makeApiClient(AuthorizationV1Api).createSelfSubjectAccessReview({
      body: {
        spec: { resourceAttributes: { verb: 'patch', group: 'apps', resource: 'deployments', namespace: 'shop' } },
      },
    })
    expect(review.status?.allowed).toBe(true)
  })

  it('reads logs', async () => {
    const core = config.makeApiClient(CoreV1Api)
    const name = await until(
      async () =>
        (await core.listNamespacedPod({ namespace: 'shop' })).items.find((pod) => pod.status?.phase === 'Running')
          ?.metadata?.name,
    )
    expect(await core.readNamespacedPodLog({ name, namespace: 'shop', tailLines: 1 })).toBe('INFO listening\n')
    const sink = new PassThrough()
    let text = ''
    sink.on('data', (chunk) => {
      text += String(chunk)
    })
    await new Log(config).log('shop', name, 'app', sink, {})
    await until(() => text.includes('INFO starting'))
  })

  it('watches', async () => {
    const seen: string[] = []
    const abort = await new Watch(config).watch(
      '/apis/apps/v1/namespaces/shop/deployments',
      { allowWatchBookmarks: true },
      (type, object: V1Deployment) => seen.push(`${type} ${object.metadata?.name}`),
      () => undefined,
    )
    await until(() => seen.includes('ADDED shop'))
    k.create(deployment('second', 'shop:1', { replicas: 0 }))
    await until(() => seen.includes('ADDED second'))
    abort.abort()
  })

  it('keeps an informer through 410 and cut connections', async () => {
    const apps = config.makeApiClient(AppsV1Api)
    const path = '/apis/apps/v1/namespaces/shop/deployments'
    const informer = makeInformer(config, path, () => apps.listNamespacedDeployment({ namespace: 'shop' }))
    informer.on('error', () => setTimeout(() => void informer.start(), 10))
    await informer.start()
    expect(informer.get('shop', 'shop')).toBeDefined()
    k.expireWatches()
    k.create(deployment('third', 'shop:1', { replicas: 0 }))
    await until(() => informer.get('third', 'shop'))
    k.dropWatches()
    k.create(deployment('fourth', 'shop:1', { replicas: 0 }))
    await until(() => informer.get('fourth', 'shop'))
    await informer.stop()
  })
})
