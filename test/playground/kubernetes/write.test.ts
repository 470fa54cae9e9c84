import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, type JsonObject, objectAt } from '../../../src/playground/kubernetes/json.ts'
import { type Cluster, cluster, deployment, deployments, imagePatch, merging, strategic, workload } from './kit.ts'

let k: Cluster
beforeAll(async () => {
  k = await cluster({ kubeletDelayMs: 1 })
})
afterAll(() => k.close())

const idle = { replicas: 0 }

describe('create', () => {
  it('fills in the defaults of Kubernetes', async () => {
    const reply = await k.call(
      'POST',
      `${deployments}?fieldManager=tester`,
      deployment('defaults', 'registry.example/shop:1', idle),
    )
    expect(reply.code).toBe(201)
    expect(reply.body.metadata).toMatchObject({
      generation: 1,
      namespace: 'shop',
      resourceVersion: expect.stringMatching(/^\d+$/),
    })
    expect(reply.body.spec).toMatchObject({
      progressDeadlineSeconds: 600,
      revisionHistoryLimit: 10,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
      template: {
        spec: {
          dnsPolicy: 'ClusterFirst',
          restartPolicy: 'Always',
          schedulerName: 'default-scheduler',
          securityContext: {},
          terminationGracePeriodSeconds: 30,
          containers: [
            {
              imagePullPolicy: 'IfNotPresent',
              resources: {},
              terminationMessagePath: '/dev/termination-log',
              terminationMessagePolicy: 'File',
            },
          ],
        },
      },
    })
    expect(at(reply.body, 'metadata', 'managedFields')).toMatchObject([
      {
        manager: 'tester',
        operation: 'Update',
        apiVersion: 'apps/v1',
        fieldsType: 'FieldsV1',
        fieldsV1: { 'f:spec': { 'f:replicas': {} } },
      },
    ])
  })

  it('pulls latest always', async () => {
    for (const [name, image] of [
      ['latest-a', 'shop'],
      ['latest-b', 'shop:latest'],
    ]) {
      const reply = await k.call('POST', deployments, deployment(name ?? '', image ?? '', idle))
      expect(JSON.stringify(reply.body.spec)).toContain('"imagePullPolicy":"Always"')
    }
  })

  const broken: [string, JsonObject, string, string][] = [
    [
      'no selector',
      { ...idle, selector: {} as JsonObject },
      'spec.selector',
      'empty selector is invalid for deployment',
    ],
    [
      'another selector',
      { ...idle, selector: { matchLabels: { app: 'other' } } },
      'spec.template.metadata.labels',
      '`selector` does not match template `labels`',
    ],
    ['negative replicas', { replicas: -1 }, 'spec.replicas', 'must be greater than or equal to 0'],
    [
      'no containers',
      { ...idle, template: { metadata: { labels: { app: 'broken' } }, spec: { containers: [] } } },
      'spec.template.spec.containers',
      'Required value',
    ],
    [
      'no image',
      { ...idle, template: { metadata: { labels: { app: 'broken' } }, spec: { containers: [{ name: 'a' }] } } },
      'spec.template.spec.containers[0].image',
      'Required value',
    ],
    [
      'twice one name',
      {
        ...idle,
        template: {
          metadata: { labels: { app: 'broken' } },
          spec: {
            containers: [
              { name: 'a', image: 'x' },
              { name: 'a', image: 'y' },
            ],
          },
        },
      },
      'spec.template.spec.containers[1].name',
      'Duplicate value: "a"',
    ],
    [
      'a short deadline',
      { ...idle, progressDeadlineSeconds: 5, minReadySeconds: 5 },
      'spec.progressDeadlineSeconds',
      'must be greater than minReadySeconds',
    ],
    [
      'a mount of nothing',
      {
        ...idle,
        template: {
          metadata: { labels: { app: 'broken' } },
          spec: { containers: [{ name: 'a', image: 'x', volumeMounts: [{ name: 'v', mountPath: '/v' }] }] },
        },
      },
      'spec.template.spec.containers[0].volumeMounts[0].name',
      'Not found: "v"',
    ],
    [
      'no room to roll',
      { ...idle, strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } } },
      'spec.strategy.rollingUpdate.maxUnavailable',
      'may not be 0 when `maxSurge` is 0',
    ],
  ]
  it.each(broken)('refuses %s with 422', async (_, spec, field, message) => {
    const reply = await k.call('POST', deployments, deployment('broken', 'shop:1', spec))
    expect(reply.code).toBe(422)
    expect(reply.body).toMatchObject({
      reason: 'Invalid',
      details: { name: 'broken', group: 'apps', kind: 'Deployment' },
    })
    expect(at(reply.body, 'details', 'causes')).toContainEqual(
      expect.objectContaining({ field, message: expect.stringContaining(message) }),
    )
  })

  it('refuses names that are no DNS names, taken names, and missing namespaces', async () => {
    expect((await k.call('POST', deployments, deployment('Bad_Name', 'shop:1', idle))).body).toMatchObject({
      code: 422,
    })
    expect((await k.call('POST', deployments, deployment('defaults', 'shop:1', idle))).body).toMatchObject({
      code: 409,
      reason: 'AlreadyExists',
      message: 'deployments.apps "defaults" already exists',
    })
    const { namespace: _, ...metadata } = objectAt(deployment('x', 'shop:1'), 'metadata') ?? {}
    const lost = await k.call('POST', '/apis/apps/v1/namespaces/lost/deployments', {
      ...deployment('x', 'shop:1'),
      metadata,
    })
    expect(lost.body).toMatchObject({ code: 404, message: 'namespaces "lost" not found' })
  })

  it('tells wrong types and unknown fields', async () => {
    const wrong = await k.call('POST', deployments, deployment('typed', 'shop:1', { replicas: '3' }))
    expect(wrong.body).toMatchObject({
      code: 400,
      message:
        'Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32',
    })
    const strict = await k.call(
      'POST',
      `${deployments}?fieldValidation=Strict`,
      deployment('typed', 'shop:1', { replica: 3 }),
    )
    expect(strict.body).toMatchObject({
      code: 400,
      message:
        'Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: unknown field "spec.replica"',
    })
    const warned = await k.call('POST', deployments, deployment('typed', 'shop:1', { ...idle, replica: 3 }))
    expect(warned.code).toBe(201)
    expect(warned.headers.get('warning')).toBe('299 - "unknown field \\"spec.replica\\""')
    expect(warned.body.spec).not.toHaveProperty('replica')
    const kind = await k.call('POST', deployments, workload('StatefulSet', 'typed', 'shop:1'))
    expect(kind.code).toBe(400)
  })

  it('drops what is empty and keeps what is given as zero, as Go does', async () => {
    const spec = {
      ...idle,
      minReadySeconds: 0,
      paused: false,
      template: {
        metadata: { labels: { app: 'zero' } },
        spec: {
          hostNetwork: false,
          volumes: [],
          automountServiceAccountToken: false,
          containers: [{ name: 'a', image: 'x:1', args: [], env: [{ name: 'E', value: '' }] }],
        },
      },
    }
    const reply = await k.call('POST', deployments, deployment('zero', 'x:1', spec))
    const text = JSON.stringify(reply.body.spec)
    for (const gone of ['minReadySeconds', 'paused', 'hostNetwork', 'volumes', '"args"', '"value"'])
      expect(text).not.toContain(gone)
    expect(text).toContain('"automountServiceAccountToken":false')
    expect(text).toContain('"replicas":0')
  })
})

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
