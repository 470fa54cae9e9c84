import { dingPermission } from '../../../src/adapters/chat/dingtalk/ring.ts'
import { dingtalkPager } from '../../../src/adapters/pager/dingtalk/index.ts'
import { systemPlatform } from '../../../src/adapters/system/index.ts'
import type { Fault } from '../../../src/playground/dingtalk/index.ts'
import type { Page, Pager } from '../../../src/ports/pager.ts'
import { Secret } from '../../../src/ports/secret.ts'
import { clientSecret, openBot, setup, startDingTalk, values } from '../../kit/dingtalk/workspace.ts'
import { type PagerBench, pagerContract, type Trouble } from './pager-contract.ts'

const troubles: Readonly<Record<Trouble, Fault>> = {
  busy: { tooFast: true },
  down: { status: 503, body: `proxy: ${clientSecret}` },
  after: { status: 502, body: 'proxy', afterEffect: true },
  cut: { reset: 'after' },
  late: { delayMs: 900 },
}

/** Written before the words, for the vendor keeps no key. */
const marked = (page: Page): Page => ({ ...page, summary: `${page.key} ${page.summary}` })

/** DingTalk tells nobody who read a DING. */
const deaf = { hears: false }

async function start(): Promise<PagerBench> {
  const base = setup()
  const workspace = await startDingTalk({ ...base, app: { ...base.app, scopes: [...base.app.scopes, dingPermission] } })
  const wrong = new Secret({ env: 'WRONG' })
  wrong.resolve(() => 'not-the-secret')
  const right = await openBot(workspace, { fetchTimeoutMs: 300 })
  const refused = await openBot(workspace, { config: { clientSecret: wrong } })
  const lines: string[] = []
  const platform = systemPlatform({ log: { level: 'debug', format: 'json', write: (line) => lines.push(line) } })
  const open = (bot: typeof right): Pager => {
    const pager = dingtalkPager.open(
      { by: 'app' },
      {
        ...platform,
        name: 'dingtalk',
        contacts: () => new Map([['tom', { by: 'phone' }]]),
        knows: (person) => person === 'tom',
        route: () => undefined,
        values: values(),
        ring: (chat) => (chat === 'dingtalk' ? (bot.connection.ring ?? null) : null),
      },
    )
    return { ...pager, page: (page, signal) => pager.page(marked(page), signal) }
  }
  const due: Trouble[] = []
  workspace.inject(({ api }) => {
    const trouble = api.endsWith('/robot/ding/send') ? due.shift() : undefined
    return trouble && troubles[trouble]
  })
  return {
    open: () => open(right),
    openWrong: () => open(refused),
    recalls: false,
    repeat: 'unsafe',
    tomsAccount: 'tom02',
    eve: 'eve',
    seen(key) {
      const rang = workspace.dings().filter(({ content }) => content.startsWith(`${key} `))
      const [first] = rang
      if (!first) return undefined
      const summary = first.content.slice(key.length + 1)
      return { key, summary, state: first.isRecalled ? 'resolved' : 'ringing', times: rang.length }
    },
    meet: (...more) => void due.push(...more),
    answer: () => undefined,
    again: async () => 409,
    forged: async () => 401,
    log: () => lines.join('\n'),
    secrets: [clientSecret, 'not-the-secret'],
    async stop() {
      await right.stop()
      await refused.stop()
      await workspace.close()
    },
  }
}

pagerContract('DingTalk adapter on the local organisation', start, deaf)
