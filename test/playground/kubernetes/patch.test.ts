import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Json, type JsonObject, objectAt } from '../../../src/playground/kubernetes/json.ts'
import { applyJsonPatch } from '../../../src/playground/kubernetes/patch/json-patch.ts'
import { applyMergePatch } from '../../../src/playground/kubernetes/patch/merge-patch.ts'
import { applyStrategicPatch } from '../../../src/playground/kubernetes/patch/strategic.ts'
import { StatusError } from '../../../src/playground/kubernetes/status-error.ts'
import { type Cluster, cluster, deployment, deployments, jsonPatch, strategic } from './kit.ts'

const codeOf = (run: () => unknown): number => {
  try {
    run()
  } catch (failure) {
    if (failure instanceof StatusError) return failure.code
    throw failure
  }
  return 200
}

describe('JSON patch (RFC 6902)', () => {
  const object = { a: { 'x/y': 1, 'm~n': 2 }, list: [1, 2, 3] }
  it.each<[string, Json[], Json]>([
    ['adds', [{ op: 'add', path: '/b', value: 1 }], { ...object, b: 1 }],
    [
      'escapes',
      [
        { op: 'replace', path: '/a/x~1y', value: 5 },
        { op: 'remove', path: '/a/m~0n' },
      ],
      { ...object, a: { 'x/y': 5 } },
    ],
    [
      'inserts',
      [
        { op: 'add', path: '/list/1', value: 9 },
        { op: 'add', path: '/list/-', value: 8 },
      ],
      { ...object, list: [1, 9, 2, 3, 8] },
    ],
    ['removes', [{ op: 'remove', path: '/list/0' }], { ...object, list: [2, 3] }],
    ['counts from the end', [{ op: 'replace', path: '/list/-1', value: 9 }], { ...object, list: [1, 2, 9] }],
    ['replaces what is not there', [{ op: 'replace', path: '/new', value: 1 }], { ...object, new: 1 }],
    ['moves', [{ op: 'move', from: '/list', path: '/other' }], { a: object.a, other: [1, 2, 3] }],
    ['copies', [{ op: 'copy', from: '/list/2', path: '/c' }], { ...object, c: 3 }],
    [
      'tests',
      [
        { op: 'test', path: '/list', value: [1, 2, 3] },
        { op: 'test', path: '/none', value: null },
      ],
      object,
    ],
  ])('%s', (_, patch, expected) => expect(applyJsonPatch(object, patch)).toEqual(expected))

  it.each<[string, Json, number]>([
    ['a failed test', [{ op: 'test', path: '/list/0', value: 2 }], 422],
    ['a missing path', [{ op: 'remove', path: '/none' }], 422],
    ['a missing parent', [{ op: 'add', path: '/none/deep', value: 1 }], 422],
    ['an index beyond', [{ op: 'replace', path: '/list/3', value: 1 }], 422],
    ['an unknown op', [{ op: 'twist', path: '/a' }], 422],
    ['no list', { op: 'add' }, 400],
  ])('refuses %s', (_, patch, code) => expect(codeOf(() => applyJsonPatch(object, patch))).toBe(code))
})

describe('merge patch (RFC 7386)', () => {
  it('merges objects, replaces the rest, removes by null', () => {
    expect(applyMergePatch({ a: { b: 1, c: 2 }, list: [1, 2] }, { a: { b: null, d: 3 }, list: [3] })).toEqual({
      a: { c: 2, d: 3 },
      list: [3],
    })
  })
})

const pod = (spec: JsonObject): JsonObject => ({ spec: { template: { spec } } })
const base = pod({
  containers: [
    {
      name: 'app',
      image: 'a:1',
      env: [
        { name: 'A', value: '1' },
        { name: 'B', value: '2' },
      ],
      ports: [{ containerPort: 80, name: 'web' }],
      args: ['x'],
      volumeMounts: [{ mountPath: '/a', name: 'v' }],
    },
    { name: 'side', image: 's:1' },
  ],
  volumes: [{ name: 'v', emptyDir: {} }],
  nodeSelector: { disk: 'ssd', zone: 'a' },
})
const patched = (patch: JsonObject): JsonObject =>
  objectAt(applyStrategicPatch('Deployment', base, pod(patch)), 'spec', 'template', 'spec') ?? {}
const app = (patch: JsonObject): Json | undefined => {
  const { containers } = patched({ containers: [{ name: 'app', ...patch }] })
  return Array.isArray(containers) ? containers[0] : undefined
}

describe('strategic merge patch', () => {
  it('merges containers by name and leaves the others alone', () => {
    expect(patched({ containers: [{ name: 'side', image: 's:2' }] }).containers).toMatchObject([
      { image: 'a:1' },
      { name: 'side', image: 's:2' },
    ])
    expect(patched({ containers: [{ name: 'new', image: 'n:1' }] }).containers).toHaveLength(3)
  })

  it('merges env by name, mounts by path, ports by port, and replaces args', () => {
    expect(
      app({
        env: [
          { name: 'B', value: '3' },
          { name: 'C', value: '4' },
        ],
      }),
    ).toMatchObject({ env: [{ name: 'A', value: '1' }, { name: 'B', value: '3' }, { name: 'C' }] })
    expect(app({ volumeMounts: [{ mountPath: '/a', name: 'w' }] })).toMatchObject({
      volumeMounts: [{ mountPath: '/a', name: 'w' }],
    })
    expect(app({ ports: [{ containerPort: 80, name: 'http' }, { containerPort: 81 }] })).toMatchObject({
      ports: [{ containerPort: 80, name: 'http' }, { containerPort: 81 }],
    })
    expect(app({ args: ['y', 'z'] })).toMatchObject({ args: ['y', 'z'] })
  })

  it('puts what is new before what only the server has, as the real one does', () => {
    const containers = patched({ containers: [{ name: 'new', image: 'n:1' }] }).containers as { name: string }[]
    expect(containers.map((each) => each.name)).toEqual(['new', 'app', 'side'])
    const order = {
      '$setElementOrder/containers': [{ name: 'app' }, { name: 'new' }],
      containers: [{ name: 'new', image: 'n:1' }],
    }
    const kept = patched(order).containers as { name: string }[]
    expect(kept.map((each) => each.name)).toEqual(['app', 'new', 'side'])
  })

  it('deletes by $patch and by null', () => {
    expect(app({ env: [{ name: 'A', $patch: 'delete' }] })).toMatchObject({ env: [{ name: 'B', value: '2' }] })
    expect(patched({ containers: [{ name: 'app', $patch: 'delete' }] }).containers).toEqual([
      { name: 'side', image: 's:1' },
    ])
    expect(app({ args: null })).not.toHaveProperty('args')
    expect(patched({ nodeSelector: { disk: null } }).nodeSelector).toEqual({ zone: 'a' })
  })

  it('replaces by $patch: in an object, in a list', () => {
    expect(patched({ nodeSelector: { $patch: 'replace', arch: 'arm' } }).nodeSelector).toEqual({ arch: 'arm' })
    expect(patched({ containers: [{ $patch: 'replace' }, { name: 'only', image: 'o:1' }] }).containers).toEqual([
      { name: 'only', image: 'o:1' },
    ])
    const whole = { spec: { template: { $patch: 'replace', spec: { containers: [{ name: 'x', image: 'y' }] } } } }
    expect(applyStrategicPatch('StatefulSet', base, whole)).toEqual({
      spec: { template: { spec: { containers: [{ name: 'x', image: 'y' }] } } },
    })
  })

  it('orders by $setElementOrder and drops from primitive lists', () => {
    const order = {
      '$setElementOrder/containers': [{ name: 'side' }, { name: 'app' }],
      containers: [{ name: 'app', image: 'a:2' }],
    }
    expect(patched(order).containers).toMatchObject([{ name: 'side' }, { name: 'app', image: 'a:2' }])
    const object = { metadata: { finalizers: ['a', 'b'] } }
    expect(applyStrategicPatch('Deployment', object, { metadata: { finalizers: ['b', 'c'] } })).toEqual({
      metadata: { finalizers: ['a', 'b', 'c'] },
    })
    expect(
      applyStrategicPatch('Deployment', object, { metadata: { '$deleteFromPrimitiveList/finalizers': ['a'] } }),
    ).toEqual({ metadata: { finalizers: ['b'] } })
  })

  it('keeps only $retainKeys', () => {
    const object = { spec: { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } } } }
    const patch = { spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } } }
    expect(applyStrategicPatch('Deployment', object, patch)).toEqual({ spec: { strategy: { type: 'Recreate' } } })
    const volume = patched({ volumes: [{ name: 'v', $retainKeys: ['name', 'configMap'], configMap: { name: 'c' } }] })
    expect(volume.volumes).toEqual([{ name: 'v', configMap: { name: 'c' } }])
  })

  it('refuses a list item without its merge key, and unknown directives', () => {
    expect(codeOf(() => patched({ containers: [{ image: 'x' }] }))).toBe(500)
    expect(codeOf(() => patched({ nodeSelector: { $patch: 'twist' } }))).toBe(500)
  })

  it('leaves the object it was given alone', () => {
    const before = structuredClone(base)
    patched({ containers: [{ name: 'app', image: 'z', env: [{ name: 'A', $patch: 'delete' }] }] })
    expect(base).toEqual(before)
  })
})

describe('over the wire', () => {
  let k: Cluster
  beforeAll(async () => {
    k = await cluster()
    k.create(deployment('shop', 'shop:1', { replicas: 0 }))
  })
  afterAll(() => k.close())

  it('answers a failed test with 422 and changes nothing', async () => {
    const patch = [
      { op: 'test', path: '/spec/template/spec/containers/0/image', value: 'shop:0' },
      { op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'shop:2' },
    ]
    const reply = await k.call('PATCH', `${deployments}/shop`, patch, jsonPatch)
    expect(reply.body).toMatchObject({
      code: 422,
      reason: 'Invalid',
      message: 'the server rejected our request due to an error in our request',
    })
    expect(JSON.stringify(k.get('deployments', 'shop', 'shop'))).toContain('shop:1')
  })

  it('applies what its test allows', async () => {
    const template = objectAt((await k.call('GET', `${deployments}/shop`)).body, 'spec', 'template') ?? {}
    const patch = [
      { op: 'test', path: '/spec/template', value: template },
      { op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'shop:2' },
    ]
    expect((await k.call('PATCH', `${deployments}/shop`, patch, jsonPatch)).code).toBe(200)
    expect((await k.call('PATCH', `${deployments}/shop`, patch, jsonPatch)).code).toBe(422)
  })

  it('answers a malformed patch with 400', async () => {
    expect((await k.call('PATCH', `${deployments}/shop`, { op: 'add' }, jsonPatch)).code).toBe(400)
    expect((await k.call('PATCH', `${deployments}/shop`, '[', strategic)).code).toBe(400)
  })
})
