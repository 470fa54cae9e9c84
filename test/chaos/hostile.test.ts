import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { adapters } from '../../src/adapters/index.ts'
import { openCredentials } from '../../src/adapters/target/kubernetes/credentials.ts'
import { loadConfig } from '../../src/config/load.ts'
import { Fault } from '../../src/core/fault.ts'
import type { Bot } from '../../src/main/bot.ts'
import { Secret } from '../../src/ports/secret.ts'
import { stageConfig } from '../kit/stage-config.ts'
import { clusterToken, workspaceSetup } from '../kit/stage-world.ts'
import { team, untilAsync, userOf } from '../kit/story.ts'
import { asked } from './asked.ts'
import { localCluster } from './clusters.ts'
import { compose, openOf } from './composed.ts'
import { lied } from './lie.ts'
import { wait } from './people.ts'
import { Points } from './points.ts'
import { type Scene, scene } from './scene.ts'

let cluster: Awaited<ReturnType<typeof localCluster>>
beforeAll(async () => {
  cluster = await localCluster()
})
afterAll(() => cluster.close())

const { seed } = asked
/** Few where everything is tested, many where there is time. */
const many = (runs: number) => (asked.full ? runs * 5 : Math.ceil(runs / 8))
/** Text that would notify, break out of markup, or mean something to a parser. */
const nasty = fc.constantFrom(
  '<!channel>',
  '<!here|x>',
  '<@U0EVE00000>',
  '&lt;!channel&gt;',
  '*bold* _it_ ~no~ `code` ```',
  '__proto__',
  'constructor',
  'to to to in in',
  '" \' -- ; drop table events',
  '\u0000\u0007\u001b[2J',
  '\u202eevil\u2066',
  '🔥'.repeat(300),
  'x'.repeat(4_000),
  '$' + '{jndi:ldap://x}',
  '{"id":"R-1","h":"x","p":"y"}',
  '../../../etc/passwd',
)
const text = fc.oneof(
  nasty,
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.tuple(nasty, nasty).map(([a, b]) => `${a} ${b}`),
)

/** Told to nobody: nothing that a person wrote becomes a mention of everybody. */
const notifying = /<!(channel|here|everyone)/

async function open(http: boolean): Promise<{ on: Scene; bot: Bot; close(): Promise<void> }> {
  const on = await scene(cluster)
  const order = on.order(null)
  const config = order.config
    .replace('mode: socket', 'mode: http')
    .replace('appToken: { env: SLACK_APP_TOKEN }', 'signingSecret: { env: SLACK_SIGNING }')
  const secrets = { ...order.secrets, SLACK_SIGNING: workspaceSetup.app.signingSecret }
  const bot = await compose(http ? { ...order, config, secrets } : order, new Points(null))
  if (http)
    await untilAsync('it takes deliveries', async () => ((await fetch(`${bot.url}/readyz`)).ok ? true : undefined))
  else await wait(() => on.slack.sockets > 0, 5_000)
  return {
    on,
    bot,
    async close() {
      await bot.close()
      await on.close()
    },
  }
}

const outcomes = async (bot: Bot): Promise<readonly string[]> =>
  (await bot.world.ledger.read(0, 10_000, ['delivery.handled'])).map(({ event }) =>
    event.type === 'delivery.handled' ? event.data.outcome : '',
  )

describe('hostile input', () => {
  it('whatever is typed is answered, and becomes nobody’s markup', async () => {
    const { on, bot, close } = await open(false)
    const commands = [
      '/rollback',
      '/versions',
      '/incident open',
      '/incident show',
      '/incident close',
      '/postmortem',
      '/astern-help',
    ]
    const mei = on.slack.as(userOf('mei'))
    const lines = fc.sample(fc.tuple(fc.constantFrom(...commands), text), { numRuns: many(60), seed })
    for (const [command, words] of lines) {
      const outcome = await mei.command(team, `${command} ${words.replaceAll('\n', ' ')}`)
      expect([words, outcome.acked]).toEqual([words, true])
    }
    await mei.command(team, '/incident open checkout-svc <!channel> *x* <@U0EVE00000>')
    await wait(() => on.slack.channels().some(({ name }) => name.startsWith('inc-')), 5_000)
    for (let open = 1; open > 0; open = await openOf(bot)) await new Promise((resolve) => setTimeout(resolve, 20))
    const all = await outcomes(bot)
    expect(all).toHaveLength(lines.length + 1)
    expect(all.filter((one) => one.startsWith('fault:'))).toEqual([])
    const said = JSON.stringify([on.slack.world.ephemerals, on.slack.channels().map(({ id }) => on.slack.messages(id))])
    expect(written(said, 'mrkdwn').filter((one) => notifying.test(one))).toEqual([])
    await close()
  }, 400_000)

  it('whatever an envelope or payload holds, the server stands and no command breaks', async () => {
    const { bot, close } = await open(true)
    const post = async (body: string, type: string) => {
      const at = String(Math.floor(bot.world.clock.now().epochMilliseconds / 1000))
      const mac = createHmac('sha256', workspaceSetup.app.signingSecret).update(`v0:${at}:${body}`).digest('hex')
      const headers = { 'content-type': type, 'x-slack-request-timestamp': at, 'x-slack-signature': `v0=${mac}` }
      return fetch(`${bot.url}/slack/events`, { method: 'POST', body, headers })
    }
    const form = 'application/x-www-form-urlencoded'
    const payload = mutated(pressed)
    const event = mutated(mentioned)
    const bodies = fc.oneof(
      payload.map((one) => [new URLSearchParams({ payload: JSON.stringify(one) }).toString(), form] as const),
      event.map((one) => [JSON.stringify(one), 'application/json'] as const),
      text.map((one) => [one, 'application/json'] as const),
      text.map((one) => [new URLSearchParams({ payload: one }).toString(), form] as const),
    )
    const statuses: number[] = []
    for (const [body, type] of fc.sample(bodies, { numRuns: many(200), seed })) {
      const answer = await post(body, type)
      statuses.push(answer.status)
      await answer.body?.cancel()
    }
    expect(statuses.filter((status) => status >= 502)).toEqual([])
    for (let open = 1; open > 0; open = await openOf(bot)) await new Promise((resolve) => setTimeout(resolve, 20))
    expect((await outcomes(bot)).filter((one) => one === 'fault:bug')).toEqual([])
    expect((await fetch(`${bot.url}/readyz`)).status).toBe(200)
    await close()
  }, 400_000)

  it('whatever a configuration holds is a problem with a place, never a crash', async () => {
    const lines = stageConfig('http://127.0.0.1:1/api/', {}).split('\n')
    const edits = fc.tuple(fc.nat(lines.length - 1), fc.constantFrom('drop', 'double', 'nasty', 'indent'), text)
    for (const [at, how, words] of fc.sample(edits, { numRuns: many(150), seed })) {
      const changed = lines.flatMap((line, number) => {
        if (number !== at) return [line]
        return how === 'drop' ? [] : how === 'double' ? [line, line] : how === 'indent' ? [`   ${line}`] : [line, words]
      })
      const loaded = await loadConfig('hostile.yaml', {
        adapters,
        readFile: async () => changed.join('\n'),
        readSecret: () => 'xoxb-seeded-secret',
      })
      if (!loaded.ok) {
        expect(loaded.problems.length).toBeGreaterThan(0)
        expect(JSON.stringify(loaded.problems)).not.toContain('seeded-secret')
      }
    }
  })

  it('whatever a kubeconfig holds is usable or a fault that quotes nothing of it', async () => {
    const whole = cluster.kubeconfig.split('\n')
    const edits = fc.tuple(fc.nat(whole.length - 1), fc.constantFrom('drop', 'double', 'nasty'), text)
    for (const [at, how, words] of fc.sample(edits, { numRuns: many(100), seed })) {
      const changed = whole.flatMap((line, number) =>
        number !== at ? [line] : how === 'drop' ? [] : how === 'double' ? [line, line] : [words],
      )
      const kubeconfig = new Secret({ env: 'K' })
      kubeconfig.resolve(() => changed.join('\n'))
      try {
        const opened = await openCredentials(kubernetesConfig(kubeconfig))
        opened.close()
      } catch (cause) {
        expect(cause).toBeInstanceOf(Fault)
        if (cause instanceof Fault) expect(JSON.stringify([cause.code, cause.hint])).not.toContain(clusterToken.token)
      }
    }
  })
})

it('no secret is in anything written: ledger, log, cards; also where vendors repeat it to us', async () => {
  const echo = `Bearer ${clusterToken.token} seeded-secret-of-v1.7.3 xoxb-stage-bot`
  let told = 0
  const { wrong, log, said, ledger, events } = await lied(cluster, ({ regions: [eu], slack }) => [
    cluster.server.inject(({ namespace, method, dryRun }) =>
      namespace === eu.namespace && method === 'PATCH' && !dryRun && told++ === 0
        ? { answer: { code: 500, body: { kind: 'Status', status: 'Failure', message: echo, code: 500 } } }
        : undefined,
    ),
    slack.inject(({ method, earlier }) =>
      method === 'chat.update' && earlier === 0 ? { status: 500, body: echo } : undefined,
    ),
  ])
  expect(told).toBeGreaterThan(1)
  expect(wrong).toEqual([])
  const written = { log, said, ledger, events: JSON.stringify(events) }
  for (const secret of [clusterToken.token, 'seeded-secret-of', 'xoxb-stage', 'xapp-stage'])
    for (const [where, text] of Object.entries(written)) expect([where, text.includes(secret)]).toEqual([where, false])
}, 30_000)

/** Every text of a type, and the bare texts of messages, in what Slack holds. */
function written(json: string, type: string): readonly string[] {
  const found: string[] = []
  JSON.parse(json, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null || !('text' in value) || typeof value.text !== 'string')
      return value
    if (!('type' in value) || value.type === type || value.type === 'message') found.push(value.text)
    return value
  })
  return found
}

const kubernetesConfig = (kubeconfig: Secret) =>
  ({ kubeconfig, inCluster: false, fieldManager: 'astern' }) as unknown as Parameters<typeof openCredentials>[0]

const pressed = {
  type: 'block_actions',
  trigger_id: '1.2.x',
  user: { id: userOf('mei'), team_id: 'T0STAGE000' },
  team: { id: 'T0STAGE000', domain: 'stage' },
  api_app_id: 'A0ASTERN00',
  token: 'x',
  container: { type: 'message', message_ts: '1.1', channel_id: team, is_ephemeral: false },
  channel: { id: team, name: 'payment' },
  response_url: 'http://127.0.0.1:1/x',
  actions: [
    {
      type: 'button',
      action_id: 'rollback.approve',
      block_id: 'b',
      action_ts: '1.2',
      value: '{"id":"R-1","h":"a","p":"b"}',
    },
  ],
}
const mentioned = {
  type: 'event_callback',
  team_id: 'T0STAGE000',
  api_app_id: 'A0ASTERN00',
  event_id: 'Ev1',
  event_time: 1,
  event: {
    type: 'app_mention',
    user: userOf('mei'),
    text: '<@U0ASTERN00> rollback checkout-svc',
    ts: '1.1',
    channel: team,
    event_ts: '1.1',
  },
}

/** The same with one part at any depth gone or of another kind. */
function mutated(whole: object): fc.Arbitrary<unknown> {
  const paths: (string | number)[][] = []
  const walk = (value: unknown, path: (string | number)[]) => {
    if (path.length > 0) paths.push(path)
    if (typeof value === 'object' && value !== null)
      for (const [key, one] of Object.entries(value)) walk(one, [...path, key])
  }
  walk(whole, [])
  const other = fc.oneof(
    fc.constant(undefined),
    text,
    fc.constantFrom(null, 0, -1, true, [], {}, [[]], { toString: 1 }),
    fc.jsonValue(),
  )
  return fc.tuple(fc.constantFrom(...paths), other, fc.nat()).map(([path, value, salt]) => {
    const copy = structuredClone(whole) as Record<string, unknown>
    if ('event_id' in copy) copy.event_id = `Ev${salt}`
    let at = copy
    for (const key of path.slice(0, -1)) at = at[key] as Record<string, unknown>
    const last = path.at(-1)
    if (last !== undefined) at[last] = value
    return copy
  })
}
