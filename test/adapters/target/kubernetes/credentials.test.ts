import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { KubernetesConfig } from '../../../../src/adapters/target/kubernetes/config.ts'
import { openCredentials } from '../../../../src/adapters/target/kubernetes/credentials.ts'

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
    expect(open(two)).toMatchObject({ cluster: 'eu-1', server: new URL('https://eu.example:6443/path') })
    const other = open(two, 'us-1')
    expect(other).toMatchObject({ cluster: 'us-1', server: new URL('https://us.example') })
    expect((await other.options(true)).headers).toMatchObject({ Authorization: 'Bearer token-of-us-1' })
  })

  it.each([
    ['a context that is not there', two, 'asia-1'],
    ['a text that is no kubeconfig', 'hunter2: [', undefined],
    ['an empty text', '{}', undefined],
  ])('cannot come from %s', (_, text, context) => {
    expect(() => open(text, context)).toThrow(expect.objectContaining({ code: 'kubernetes.config', retry: 'no' }))
  })

  it('are sent in clear to this machine only', async () => {
    const near = open(kubeconfig({ 'eu-1': 'http://127.0.0.1:8080' }))
    expect((await near.options(false)).headers).toMatchObject({ Authorization: 'Bearer token-of-eu-1' })
    for (const server of ['http://kube.example:8080', 'http://127.0.0.1.evil.example', 'ftp://127.0.0.1'])
      expect(() => open(kubeconfig({ 'eu-1': server }))).toThrow(expect.objectContaining({ code: 'kubernetes.config' }))
  })

  it('that an exec plugin fails to give are worth another try, and the kubeconfig is quoted nowhere', async () => {
    const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: 'false', args: [], interactiveMode: 'Never' }
    const text = JSON.parse(kubeconfig({ 'eu-1': 'https://eu.example' }))
    const failing = open(JSON.stringify({ ...text, users: [{ name: 'eu-1', user: { exec } }] }))
    await expect(failing.options(true)).rejects.toMatchObject({ code: 'kubernetes.credentials', retry: 'yes' })
    try {
      open('users: [{ token: hunter2 }\n: [')
      expect.unreachable()
    } catch (error) {
      expect(inspect(error, { depth: 9 })).not.toContain('hunter2')
      expect(error).toMatchObject({ code: 'kubernetes.config' })
    }
  })
})
