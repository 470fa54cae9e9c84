import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, type JsonObject, objectAt } from '../../../src/playground/kubernetes/json.ts'
import { type Cluster, cluster, deployment, deployments, workload } from './kit.ts'

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
