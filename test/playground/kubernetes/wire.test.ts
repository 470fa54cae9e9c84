import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at } from '../../../src/playground/kubernetes/json.ts'
import { type Cluster, cluster, deployment, deployments } from './kit.ts'

let k: Cluster
beforeAll(async () => {
  k = await cluster()
})
afterAll(() => k.close())

describe('discovery', () => {
  it('says its version and health without a token', async () => {
    for (const path of ['/readyz', '/livez', '/healthz', '/readyz/ping']) {
      expect(await k.call('GET', path, undefined, { token: '' })).toMatchObject({ code: 200, text: 'ok' })
    }
    const version = await k.call('GET', '/version', undefined, { token: '' })
    expect(version.body).toMatchObject({ major: '1', minor: '37', gitVersion: 'v1.37.2' })
  })

  it('lists groups and resources', async () => {
    const groups = await k.call('GET', '/apis')
    expect((at(groups.body, 'groups') as { name: string }[]).map((each) => each.name)).toEqual([
      'apps',
      'autoscaling',
      'discovery.k8s.io',
      'authorization.k8s.io',
    ])
    const apps = await k.call('GET', '/apis/apps/v1')
    const names = (at(apps.body, 'resources') as { name: string }[]).map((each) => each.name)
    expect(names).toContain('deployments/scale')
    expect(names).toContain('controllerrevisions')
    expect((await k.call('GET', '/api')).body).toMatchObject({ kind: 'APIVersions', versions: ['v1'] })
  })
})

describe('requests that cannot be', () => {
  it.each([
    ['GET', '/apis/apps/v1/namespaces/shop/gadgets', 404, 'NotFound'],
    ['GET', '/apis/apps/v1/namespaces/shop/deployments/x/logs', 404, 'NotFound'],
    ['POST', '/apis/apps/v1/namespaces/shop/deployments/x', 405, 'MethodNotAllowed'],
    ['PUT', deployments, 405, 'MethodNotAllowed'],
    ['DELETE', '/api/v1/namespaces/shop/pods/x/log', 405, 'MethodNotAllowed'],
    ['GET', `${deployments}/none`, 404, 'NotFound'],
  ])('%s %s answers %i', async (method, path, code, reason) => {
    const reply = await k.call(method, path, method === 'GET' ? undefined : {})
    expect(reply.code).toBe(code)
    expect(reply.body).toMatchObject({ kind: 'Status', apiVersion: 'v1', status: 'Failure', reason, code })
  })

  it('answers paths outside the API as the real one does, in plain text', async () => {
    for (const path of ['/nowhere', '/apis/nowhere/v1', '/apis/apps/v2/deployments'])
      expect(await k.call('GET', path)).toMatchObject({ code: 404, text: '404 page not found\n' })
  })

  it('names what it did not find', async () => {
    const reply = await k.call('GET', `${deployments}/none`)
    expect(reply.body).toMatchObject({
      message: 'deployments.apps "none" not found',
      details: { name: 'none', group: 'apps', kind: 'deployments' },
    })
  })

  it('refuses bad JSON with 400 and unknown content types with 415', async () => {
    expect((await k.call('POST', deployments, '{"kind":')).body).toMatchObject({ reason: 'BadRequest', code: 400 })
    expect((await k.call('POST', deployments, 'x', { type: 'text/plain' })).body).toMatchObject({
      reason: 'UnsupportedMediaType',
      code: 415,
    })
    for (const type of ['application/apply-patch+yaml', 'application/json']) {
      expect((await k.call('PATCH', `${deployments}/none`, '{}', { type })).code).toBe(415)
    }
  })

  it('accepts YAML bodies', async () => {
    const yaml = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: from-yaml}\ndata: {a: b}\n'
    const reply = await k.call('POST', '/api/v1/namespaces/shop/configmaps', yaml, { type: 'application/yaml' })
    expect(reply.code).toBe(201)
    expect(k.get('configmaps', 'shop', 'from-yaml')).toMatchObject({ data: { a: 'b' } })
  })

  it('answers 406 to a client that takes no JSON', async () => {
    const reply = await k.call('GET', deployments, undefined, {
      headers: { accept: 'application/vnd.kubernetes.protobuf' },
    })
    expect(reply.code).toBe(406)
  })
})

describe('rights', () => {
  it('answers 401 without a token and with an unknown one', async () => {
    for (const token of ['', 'stolen']) {
      const reply = await k.call('GET', deployments, undefined, { token })
      expect(reply.body).toMatchObject({ kind: 'Status', reason: 'Unauthorized', message: 'Unauthorized', code: 401 })
    }
  })

  it('says 403 in the words of RBAC', async () => {
    k.create(deployment('owned', 'shop:1'))
    const patch = await k.call(
      'PATCH',
      `${deployments}/owned`,
      {},
      { token: 'viewer', type: 'application/merge-patch+json' },
    )
    expect(patch.body).toMatchObject({
      code: 403,
      reason: 'Forbidden',
      message:
        'deployments.apps "owned" is forbidden: User "vera" cannot patch resource "deployments" in API group "apps" in the namespace "shop"',
      details: { name: 'owned', group: 'apps', kind: 'deployments' },
    })
    const pods = await k.call('GET', '/api/v1/pods', undefined, { token: 'viewer' })
    expect(pods.body.message).toBe(
      'pods is forbidden: User "vera" cannot list resource "pods" in API group "" at the cluster scope',
    )
    const scale = await k.call('GET', `${deployments}/owned/scale`, undefined, { token: 'viewer' })
    expect(scale.body.message).toContain('cannot get resource "deployments/scale"')
  })

  it('lets through what the rules allow, in that namespace only', async () => {
    expect((await k.call('GET', deployments, undefined, { token: 'viewer' })).code).toBe(200)
    expect(
      (await k.call('GET', '/apis/apps/v1/namespaces/default/deployments', undefined, { token: 'viewer' })).code,
    ).toBe(403)
    expect((await k.call('GET', '/apis/apps/v1/deployments', undefined, { token: 'viewer' })).code).toBe(403)
  })

  it.each([
    [{ verb: 'list', group: 'apps', resource: 'deployments', namespace: 'shop' }, true],
    [{ verb: 'patch', group: 'apps', resource: 'deployments', namespace: 'shop' }, false],
    [{ verb: 'list', group: 'apps', resource: 'deployments', namespace: 'default' }, false],
  ])('reviews access: %o → %s', async (resourceAttributes, allowed) => {
    const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews'
    const reply = await k.call('POST', path, { spec: { resourceAttributes } }, { token: 'viewer' })
    expect(reply.code).toBe(201)
    expect(reply.body).toMatchObject({ kind: 'SelfSubjectAccessReview', status: { allowed } })
  })

  it('reviews rules per namespace', async () => {
    const path = '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews'
    const here = await k.call('POST', path, { spec: { namespace: 'shop' } }, { token: 'viewer' })
    expect(at(here.body, 'status', 'resourceRules')).toContainEqual({
      verbs: ['get', 'list', 'watch'],
      apiGroups: ['apps'],
      resources: ['deployments'],
    })
    const there = await k.call('POST', path, { spec: { namespace: 'default' } }, { token: 'viewer' })
    expect(JSON.stringify(there.body)).not.toContain('"deployments"')
  })
})

describe('the audit trail', () => {
  it('keeps who wrote what, with which field manager, and what was answered', async () => {
    const before = k.requests().length
    await k.call('POST', `${deployments}?fieldManager=tester&dryRun=All`, deployment('trail', 'shop:1'))
    await k.call(
      'PATCH',
      `${deployments}/trail/scale?fieldManager=tester`,
      {},
      { type: 'application/merge-patch+json', token: 'viewer' },
    )
    expect(k.requests().slice(before)).toMatchObject([
      {
        verb: 'create',
        user: 'root',
        fieldManager: 'tester',
        group: 'apps',
        resource: 'deployments',
        namespace: 'shop',
        dryRun: true,
        code: 201,
      },
      { verb: 'patch', user: 'vera', subresource: 'scale', name: 'trail', dryRun: false, code: 403 },
    ])
  })
})
