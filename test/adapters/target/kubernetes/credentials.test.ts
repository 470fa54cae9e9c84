import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { RequestOptions } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { KubeConfig } from '@kubernetes/client-node'
import { afterAll, describe, expect, it } from 'vitest'
import { KubernetesConfig } from '../../../../src/adapters/target/kubernetes/config.ts'
import { openCredentials } from '../../../../src/adapters/target/kubernetes/credentials.ts'
import { plainKubeconfig } from '../../../../src/adapters/target/kubernetes/plain-kubeconfig.ts'

const kubeconfig = (servers: Readonly<Record<string, string>>) =>
  JSON.stringify({
    'current-context': 'eu-1',
    contexts: Object.keys(servers).map((name) => ({ name, context: { cluster: name, user: name } })),
    clusters: Object.entries(servers).map(([name, server]) => ({ name, cluster: { server } })),
    users: Object.keys(servers).map((name) => ({ name, user: { token: `token-of-${name}` } })),
  })

const open = (text: string, context?: string) => {
  const config = KubernetesConfig.parse({ kubeconfig: { env: 'TEST' }, ...(context && { context }) })
  config.kubeconfig?.resolve(() => text)
  return openCredentials(config)
}

const two = kubeconfig({ 'eu-1': 'https://eu.example:6443/path', 'us-1': 'https://us.example' })

describe('credentials', () => {
  it('are those of the current context, or of the one that is named', async () => {
    expect(await open(two)).toMatchObject({ cluster: 'eu-1', server: new URL('https://eu.example:6443/path') })
    const other = await open(two, 'us-1')
    expect(other).toMatchObject({ cluster: 'us-1', server: new URL('https://us.example') })
    expect((await other.options(true)).headers).toMatchObject({ Authorization: 'Bearer token-of-us-1' })
  })

  it.each([
    ['a context that is not there', two, 'asia-1'],
    ['a text that is no kubeconfig', 'hunter2: [', undefined],
    ['an empty text', '{}', undefined],
    ['nothing', '', undefined],
  ])('cannot come from %s', async (_, text, context) => {
    await expect(open(text, context)).rejects.toMatchObject({ code: 'kubernetes.config', retry: 'no' })
  })

  it('are sent in clear to this machine only', async () => {
    const near = await open(kubeconfig({ 'eu-1': 'http://127.0.0.1:8080' }))
    expect((await near.options(false)).headers).toMatchObject({ Authorization: 'Bearer token-of-eu-1' })
    for (const server of ['http://kube.example:8080', 'http://127.0.0.1.evil.example', 'ftp://127.0.0.1'])
      await expect(open(kubeconfig({ 'eu-1': server }))).rejects.toMatchObject({ code: 'kubernetes.config' })
  })

  it('that an exec plugin fails to give are worth another try, and the kubeconfig is quoted nowhere', async () => {
    const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: 'false', args: [], interactiveMode: 'Never' }
    const text = JSON.parse(kubeconfig({ 'eu-1': 'https://eu.example' }))
    const failing = await open(JSON.stringify({ ...text, users: [{ name: 'eu-1', user: { exec } }] }))
    await expect(failing.options(true)).rejects.toMatchObject({ code: 'kubernetes.credentials', retry: 'yes' })
    try {
      await open('users: [{ token: hunter2 }\n: [')
      expect.unreachable()
    } catch (error) {
      expect(inspect(error, { depth: 9 })).not.toContain('hunter2')
      expect(error).toMatchObject({ code: 'kubernetes.config' })
    }
  })
  const folder = mkdtempSync(join(tmpdir(), 'astern-kubeconfig-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const base64 = (text: string) => Buffer.from(text).toString('base64')
  const plugin = (status: object) => ({
    exec: {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: 'sh',
      args: ['-c', 'echo "$ANSWER"'],
      env: [{ name: 'ANSWER', value: JSON.stringify({ status }) }],
      interactiveMode: 'Never',
    },
  })
  const users: readonly (readonly [string, object, object])[] = [
    ['a token', { token: 'hunter2' }, {}],
    [
      'a token and a certificate',
      { token: 'hunter2', 'client-certificate-data': base64('C'), 'client-key-data': base64('K') },
      {},
    ],
    [
      'files',
      { 'client-certificate': 'cert.pem', 'client-key': join(folder, 'key.pem') },
      { 'certificate-authority': 'ca.pem' },
    ],
    ['an exec plugin with a token', plugin({ token: 'hunter2' }), {}],
    ['an exec plugin with a certificate', plugin({ clientCertificateData: 'C', clientKeyData: 'K' }), {}],
    [
      'another name of the server',
      { token: 'hunter2' },
      { 'tls-server-name': 'kube.internal', 'certificate-authority-data': base64('CA') },
    ],
    ['no proof of the server', { token: 'hunter2' }, { 'insecure-skip-tls-verify': true }],
    ['nothing at all', {}, {}],
  ]
  it.each(users)('read here are those that the library reads: %s', async (_, user, more) => {
    for (const name of ['ca', 'cert', 'key']) writeFileSync(join(folder, `${name}.pem`), name)
    const text = JSON.stringify({
      ...JSON.parse(two),
      clusters: [{ name: 'eu-1', cluster: { server: 'https://eu.example', ...more } }],
      users: [{ name: 'eu-1', user }],
    })
    const library = new KubeConfig()
    library.loadFromString(text)
    library.makePathsAbsolute(folder)
    const plain = plainKubeconfig(text, undefined, folder)
    const [theirs, ours] = [{} as RequestOptions, {} as RequestOptions]
    await library.applyToHTTPSOptions(theirs)
    await plain?.applyToHTTPSOptions(ours)
    const { agent: _agent, ...expected } = theirs
    expect(ours).toEqual(expected)
    expect(plain?.getCurrentCluster()?.server).toBe('https://eu.example')
  })

  it.each([
    ['a proxy', { 'proxy-url': 'http://proxy.example' }, { token: 'x' }],
    ['a password', {}, { username: 'mei', password: 'hunter2' }],
    ['somebody to stand in for', {}, { token: 'x', as: 'tom' }],
    ['an auth provider', {}, { 'auth-provider': { name: 'oidc', config: {} } }],
  ])('with %s are left to the library', (_, cluster, user) => {
    const text = JSON.stringify({
      ...JSON.parse(two),
      clusters: [{ name: 'eu-1', cluster: { server: 'https://eu.example', ...cluster } }],
      users: [{ name: 'eu-1', user }],
    })
    expect(plainKubeconfig(text, undefined, null)).toBeNull()
  })
})
