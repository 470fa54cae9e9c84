import { webhook } from '../../../src/adapters/pager/webhook/index.ts'
import { systemPlatform } from '../../../src/adapters/system/index.ts'
import { Secret } from '../../../src/ports/secret.ts'
import { sign, startReceiver } from '../../kit/pages/receiver.ts'
import { serveRoutes } from '../../kit/pages/routes.ts'
import { pagerContract } from './pager-contract.ts'

const values: Readonly<Record<string, string>> = { RIGHT: 'the-shared-secret', WRONG: 'another-secret' }
const secretOf = (env: string): Secret => {
  const secret = new Secret({ env })
  secret.resolve(() => values[env] ?? null)
  return secret
}

interface Post {
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}

pagerContract('webhook adapter on a strict receiver', async () => {
  const lines: string[] = []
  const platform = systemPlatform({ log: { level: 'debug', format: 'json', write: (line) => lines.push(line) } })
  const routes = await serveRoutes()
  const receiver = await startReceiver(values.RIGHT ?? '')
  const open = (secret: string) =>
    webhook.open(
      { url: receiver.url, secret: secretOf(secret), timeout: 300 },
      {
        ...platform,
        name: 'phone',
        contacts: () => new Map([['tom', { address: '+44 20 7946 0000' }]]),
        knows: (person) => person === 'tom',
        route: routes.route,
      },
    )
  let last: Post = { body: '', headers: {} }
  let answers = 0
  const signed = (body: string, secret: string): Post => {
    const at = String(Math.floor(Date.now() / 1000))
    return { body, headers: { 'astern-timestamp': at, 'astern-signature': sign(secret, at, body) } }
  }
  const post = async ({ body, headers }: Post) =>
    (await fetch(`${routes.url}/pagers/phone`, { method: 'POST', body, headers })).status
  return {
    open: () => open('RIGHT'),
    openWrong: () => open('WRONG'),
    recalls: false,
    tomsAccount: '+44 20 7946 0000',
    eve: 'eve@example.org',
    seen(key) {
      const found = receiver.taken.filter((one) => one.key === key)
      const pages = found.filter(({ type }) => type === 'page')
      const [first] = pages
      if (!first) return undefined
      const end = found.at(-1)?.type
      const state = end === 'acknowledged' || end === 'resolved' ? end : 'ringing'
      return { key, summary: first.summary ?? '', state, times: pages.length }
    },
    meet: receiver.meet,
    answer(key, by, act) {
      last = signed(JSON.stringify({ id: `answer-${++answers}`, type: act, key, by }), values.RIGHT ?? '')
      const deliver = async (): Promise<void> => {
        if ((await post(last)) >= 500) await deliver()
      }
      void deliver()
    },
    again: () => post(last),
    forged(how) {
      if (how === 'unsigned') return post({ body: last.body, headers: {} })
      if (how === 'body') return post({ ...last, body: last.body.replace('answer', 'Answer') })
      return post(signed(last.body, 'guessed'))
    },
    log: () => lines.join('\n'),
    secrets: Object.values(values),
    async stop() {
      await receiver.stop()
      await routes.stop()
    },
  }
})
