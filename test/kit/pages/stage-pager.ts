import { type PlaygroundPagerDuty, startPagerDuty } from '../../../src/playground/pagerduty/index.ts'
import { serveHttp } from '../loopback.ts'
import type { StageConfig } from '../stage-config.ts'
import type { Story } from '../story.ts'

const keyOf = (name: string): string => Buffer.from(name.padEnd(16, '-')).toString('hex')
const pagerUser = (name: string): string => `P${name.toUpperCase()}001`
const paged = ['tom', 'ana', 'kai', 'lin', 'mei'] as const
const webhookSecret = 'stage-webhook-secret'

export interface StagePager {
  readonly server: PlaygroundPagerDuty
  /** What the stage's configuration needs. Tom is on call for everything. */
  config(more?: {
    readonly schedule?: string
    readonly escalation?: string
    readonly tier?: string
    readonly acknowledge?: string
  }): StageConfig
  /** Whose phones rang, in order: `tom`, and `tom` again for another page. */
  rang(): readonly string[]
  /** Somebody answers on her phone. */
  answer(who: string): void
  /** Lets the server's webhooks go to the bot that runs now; to nobody while there is none. */
  connect(story: Story | null): void
  stop(): Promise<void>
}

/** A local PagerDuty in which everybody of the stage has a phone. */
export async function stagePager(): Promise<StagePager> {
  const server = await startPagerDuty({
    users: paged.map((name) => ({ id: pagerUser(name), name })),
    services: paged.map((name) => ({ name, routingKey: keyOf(name), user: pagerUser(name) })),
    apiToken: 'stage-pager-token',
    retryMs: 200,
  })
  let url: string | null = null
  const front = await serveHttp((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const away = () => void response.writeHead(503).end()
      if (!url) return away()
      const headers = { 'x-pagerduty-signature': String(request.headers['x-pagerduty-signature']) }
      fetch(url, { method: 'POST', body: Buffer.concat(chunks), headers }).then(
        ({ status }) => response.writeHead(status).end(),
        away,
      )
    })
  })
  server.subscribe({ url: front.url, secrets: [webhookSecret] })
  const nameOf = (user: string) => paged.find((name) => pagerUser(name) === user) ?? user
  return {
    server,
    config: ({ schedule, escalation = 'usual', tier = '', acknowledge = '2s' } = {}) => ({
      onCall: 'duty',
      env: {
        PD_HOOK: webhookSecret,
        PD_TOKEN: 'stage-pager-token',
        ...Object.fromEntries(paged.map((name) => [`PD_${name.toUpperCase()}`, keyOf(name)])),
      },
      people: Object.fromEntries(
        paged.map((name) => [
          name,
          `, pager: { pd: { user: ${pagerUser(name)}, routingKey: { env: PD_${name.toUpperCase()} } } }`,
        ]),
      ),
      policy: `, sla: { acknowledge: ${acknowledge} }, escalation: ${escalation}${tier}`,
      sections: `
pagers:
  pd: { adapter: pagerduty, url: "${server.url}", apiUrl: "${server.url}", apiToken: { env: PD_TOKEN }, webhookSecrets: [{ env: PD_HOOK }], timeout: 2m }
escalations:
  usual: { levels: [{ page: [on-call] }, { page: [owners] }] }
  once: { levels: [{ page: [on-call], after: 1h }] }
schedules:
  duty: { timeZone: UTC, layers: { main: { people: [tom], start: 2026-01-05T09:00${schedule ?? ''} } } }
`,
    }),
    rang: () => server.pages().map(({ user }) => nameOf(user)),
    answer(who) {
      const page = server.pages().findLast(({ user, status }) => nameOf(user) === who && status === 'triggered')
      if (!page) throw new Error(`no phone of ${who} rings`)
      server.acknowledge(page.id, page.user)
    },
    connect(story) {
      url = story && `${story.bot.url}/pagers/pd`
    },
    async stop() {
      await server.close()
      await front.stop()
    },
  }
}
