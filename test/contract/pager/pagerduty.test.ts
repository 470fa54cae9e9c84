import { pagerduty } from '../../../src/adapters/pager/pagerduty/index.ts'
import { systemPlatform } from '../../../src/adapters/system/index.ts'
import { type Delivered, signatures, startPagerDuty } from '../../../src/playground/pagerduty/index.ts'
import { Secret } from '../../../src/ports/secret.ts'
import { serveRoutes } from '../../kit/pages/routes.ts'
import { pagerContract } from './pager-contract.ts'

const values: Readonly<Record<string, string>> = {
  TOM: 'a1b2c3d4e5f6a1b2c3d4e5f6a1b2c3d4',
  WRONG: 'ffffffffffffffffffffffffffffffff',
  OLD: 'the-old-webhook-secret',
  NEW: 'the-new-webhook-secret',
  TOKEN: 'u+rest-api-token',
}
const secretOf = (env: string): Secret => {
  const secret = new Secret({ env })
  secret.resolve(() => values[env] ?? null)
  return secret
}

pagerContract("PagerDuty adapter on the playground's server", async () => {
  const lines: string[] = []
  const platform = systemPlatform({ log: { level: 'debug', format: 'json', write: (line) => lines.push(line) } })
  const routes = await serveRoutes()
  const server = await startPagerDuty({
    users: [
      { id: 'PTOM0001', name: 'Tom' },
      { id: 'PEVE0001', name: 'Eve' },
    ],
    services: [{ name: 'Tom', routingKey: values.TOM ?? '', user: 'PTOM0001' }],
    apiToken: values.TOKEN ?? '',
    retryMs: 20,
  })
  // The secret is being changed: PagerDuty signs with both, the configuration has the new one and an older one.
  server.subscribe({ url: `${routes.url}/pagers/pd`, secrets: [values.OLD ?? '', values.NEW ?? ''] })
  const open = (routingKey: string) =>
    pagerduty.open(
      {
        services: {},
        webhookSecrets: [secretOf('WRONG'), secretOf('NEW')],
        apiToken: secretOf('TOKEN'),
        url: server.url,
        apiUrl: server.url,
        timeout: 300,
      },
      {
        ...platform,
        name: 'pd',
        contacts: () => new Map([['tom', { user: 'PTOM0001', routingKey: secretOf(routingKey) }]]),
        knows: (person) => person === 'tom',
        route: routes.route,
      },
    )
  const last = (): Delivered => {
    const found = server.delivered().at(-1)
    if (!found) throw new Error('nothing was sent')
    return found
  }
  const post = async ({ url, body, headers }: Pick<Delivered, 'url' | 'body' | 'headers'>) =>
    (await fetch(url, { method: 'POST', body, headers })).status
  const incident = (key: string) => server.pages().find((one) => one.key === key)
  return {
    open: () => open('TOM'),
    openWrong: () => open('WRONG'),
    recalls: true,
    tomsAccount: 'PTOM0001',
    eve: 'PEVE0001',
    seen(key) {
      const found = server.pages().filter((one) => one.key === key)
      const [first] = found
      if (!first) return undefined
      const state = first.status === 'triggered' ? 'ringing' : first.status
      return { key, summary: first.title, state, times: found.length }
    },
    meet: server.meet,
    answer(key, by, act) {
      const id = incident(key)?.id ?? ''
      if (act === 'acknowledged') server.acknowledge(id, by)
      else server.resolve(id, by)
    },
    again: () => post(last()),
    forged(how) {
      const { url, body, headers } = last()
      const { 'x-pagerduty-signature': signature, ...rest } = headers
      if (how === 'body')
        return post({
          url,
          body: body.replace('resolved', 'resolvEd'),
          headers: { ...rest, 'x-pagerduty-signature': signature ?? '' },
        })
      if (how === 'unsigned') return post({ url, body, headers: rest })
      return post({ url, body, headers: { ...rest, 'x-pagerduty-signature': signatures(['guessed', ''], body) } })
    },
    log: () => lines.join('\n'),
    secrets: Object.values(values),
    async stop() {
      await server.close()
      await routes.stop()
    },
  }
})
