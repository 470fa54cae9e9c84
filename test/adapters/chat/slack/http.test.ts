import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RouteResponse } from '../../../../src/ports/adapter.ts'
import { ManualClock } from '../../../kit/manual-clock.ts'
import {
  type Bot,
  mei,
  openBot,
  setup,
  signingSecret,
  startSlack,
  team,
  tenant,
  type Workspace,
} from '../../../kit/slack/workspace.ts'

let workspace: Workspace
let bot: Bot
let clock: ManualClock

beforeEach(async () => {
  workspace = await startSlack(setup())
  clock = new ManualClock('2026-03-02T03:00:00Z')
  bot = await openBot(workspace, { mode: 'http', clock })
  await bot.listen()
})
afterEach(async () => {
  await bot.stop()
  await workspace.close()
})

const nowS = () => Math.floor(clock.now().epochMilliseconds / 1000)
const form = 'application/x-www-form-urlencoded'

interface Sent {
  readonly atS?: number
  readonly secret?: string
  readonly type?: string
  readonly headers?: Readonly<Record<string, string | undefined>>
  /** What is signed, where it is not the body. */
  readonly signed?: string
}

const post = async (body: string, how: Sent = {}): Promise<RouteResponse> => {
  const handler = bot.routes.get('/slack/events')
  if (!handler) throw new TypeError('no route')
  const at = String(how.atS ?? nowS())
  const mac = createHmac('sha256', how.secret ?? signingSecret)
    .update(`v0:${at}:${how.signed ?? body}`)
    .digest('hex')
  const headers = {
    'content-type': how.type ?? 'application/json',
    'x-slack-request-timestamp': at,
    'x-slack-signature': `v0=${mac}`,
    ...how.headers,
  }
  return handler({ headers, body: new TextEncoder().encode(body), signal: new AbortController().signal })
}

const command = (trigger: string) =>
  new URLSearchParams({
    command: '/rollback',
    text: 'checkout-svc',
    user_id: mei.user,
    user_name: 'root',
    team_id: tenant,
    channel_id: team,
    trigger_id: trigger,
    response_url: 'http://127.0.0.1:9/none',
  }).toString()

const event = (id: string) =>
  JSON.stringify({
    type: 'event_callback',
    team_id: tenant,
    event_id: id,
    authorizations: [{ team_id: tenant, enterprise_id: null }],
    event: { type: 'app_mention', user: mei.user, text: '<@U0BOT00001> help', channel: team, ts: '1.1' },
  })

describe('what Slack signed', () => {
  test('a command is taken and answered with 200', async () => {
    expect((await post(command('t1'), { type: form })).status).toBe(200)
    expect(bot.received[0]?.deed).toEqual({ kind: 'command', name: 'rollback', text: 'checkout-svc', via: 'slash' })
    expect(JSON.stringify(bot.received)).not.toContain('root')
  })

  test.each([
    ['an event that is text', JSON.stringify({ type: 'event_callback', event_id: 'E1', team_id: tenant, event: 'x' })],
    [
      'an action that is text',
      JSON.stringify({ type: 'block_actions', actions: ['x'], user: {}, team: { id: tenant } }),
    ],
  ])('what nobody can read is refused, not put off: %s', async (_, body) => {
    const answer = body.includes('block_actions')
      ? await post(new URLSearchParams({ payload: body }).toString(), { type: form })
      : await post(body)
    expect(answer.status).toBe(400)
    expect(bot.received).toEqual([])
  })

  test('a mention at a time that is none is not ours to answer, and is not asked for again', async () => {
    expect((await post(event('E9').replace('"ts":"1.1"', '"ts":"soon"'))).status).toBe(200)
    expect(bot.received).toEqual([])
  })

  test('the address check is answered with its challenge', async () => {
    const answer = await post(JSON.stringify({ type: 'url_verification', challenge: 'abc' }))
    expect([answer.status, answer.body]).toEqual([200, '{"challenge":"abc"}'])
  })

  test('what could not be made durable is not answered with 200, and the very same request may come again', async () => {
    bot.receive = async () => {
      throw new Error('disk full')
    }
    expect((await post(event('E1'))).status).toBe(503)
    bot.receive = async (delivery) => void bot.received.push(delivery)
    expect((await post(event('E1'))).status).toBe(200)
    expect(bot.received).toHaveLength(1)
  })

  test('not durable after 2.8 s: 503, so that Slack sends it again', async () => {
    let release = () => {}
    bot.receive = () =>
      new Promise((resolve) => {
        release = resolve
      })
    const answer = post(event('E2'))
    await clock.asleep(1)
    await clock.advance(2800)
    expect((await answer).status).toBe(503)
    release()
  })

  test('app_rate_limited and unknown kinds do no harm', async () => {
    expect((await post(JSON.stringify({ type: 'app_rate_limited', team_id: tenant }))).status).toBe(200)
    expect((await post(JSON.stringify({ type: 'something_new' }))).status).toBe(404)
    expect((await post('[')).status).toBe(400)
  })
})

describe('what Slack did not sign', () => {
  test.each<[string, Sent]>([
    ['another secret', { secret: 'wrong' }],
    ['another body', { signed: 'other' }],
    ['too old', { atS: 1772420400 - 301 }],
    ['from the future', { atS: 1772420400 + 301 }],
    ['a year ahead', { atS: 1772420400 + 31_536_000 }],
    ['no signature', { headers: { 'x-slack-signature': undefined } }],
    ['no timestamp', { headers: { 'x-slack-request-timestamp': undefined } }],
    ['a signature of another length', { headers: { 'x-slack-signature': 'v0=00' } }],
    ['a timestamp that is none', { headers: { 'x-slack-request-timestamp': 'NaN' } }],
  ])('%s: 401, and nothing is taken', async (_, how) => {
    expect(nowS()).toBe(1772420400)
    expect((await post(command('t2'), { type: form, ...how })).status).toBe(401)
    expect(bot.received).toEqual([])
  })

  test('at the edge of the window to both sides: taken', async () => {
    expect((await post(command('t3'), { type: form, atS: nowS() - 300 })).status).toBe(200)
    expect((await post(command('t4'), { type: form, atS: nowS() + 300 })).status).toBe(200)
  })

  test('a replay within the window: 401', async () => {
    const atS = nowS()
    expect((await post(command('t5'), { type: form, atS })).status).toBe(200)
    await clock.advance(200_000)
    expect((await post(command('t5'), { type: form, atS })).status).toBe(401)
    expect(bot.received).toHaveLength(1)
  })

  test('ssl_check needs no signature, and does nothing else', async () => {
    const unsigned = { type: form, headers: { 'x-slack-signature': undefined } }
    expect((await post('ssl_check=1&token=x', unsigned)).status).toBe(200)
    expect((await post(`ssl_check=1&${command('t6')}`, unsigned)).status).toBe(200)
    expect(bot.received).toEqual([])
  })

  test('more than a megabyte is not even looked at', async () => {
    expect((await post('x'.repeat(1_000_001))).status).toBe(413)
  })
})

test('Slack’s published example is reproduced', async () => {
  // https://docs.slack.dev/authentication/verifying-requests-from-slack
  const secret = '8f742231b10e8888abcd99yyyzzz85a5'
  const body =
    'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c'
  const { Signatures } = await import('../../../../src/adapters/chat/slack/signature.ts')
  const then = new ManualClock(Temporal.Instant.fromEpochMilliseconds(1531420618_000).toString())
  const headers = {
    'x-slack-request-timestamp': '1531420618',
    'x-slack-signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
  }
  expect(new Signatures(secret, then).check(headers, new TextEncoder().encode(body)).ok).toBe(true)
})

test('before it listens and after it stopped: 503, nothing is lost unseen', async () => {
  const early = await openBot(workspace, { mode: 'http', clock })
  const handler = early.routes.get('/slack/events')
  const body = new TextEncoder().encode(event('E9'))
  const at = String(nowS())
  const mac = createHmac('sha256', signingSecret).update(`v0:${at}:`).update(body).digest('hex')
  const headers = {
    'content-type': 'application/json',
    'x-slack-request-timestamp': at,
    'x-slack-signature': `v0=${mac}`,
  }
  const signal = new AbortController().signal
  expect((await handler?.({ headers, body, signal }))?.status).toBe(503)
  await early.listen()
  expect((await handler?.({ headers, body, signal }))?.status).toBe(200)
  await early.stop()
  expect((await post(event('E10'))).status).toBe(200)
  expect((await handler?.({ headers: { ...headers }, body, signal }))?.status).not.toBe(200)
})
