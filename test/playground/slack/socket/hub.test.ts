import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { Workspace } from '../../../../src/playground/slack/index.ts'
import { appToken, bot, call, general, later, mei, socketApp, until, workspace } from '../kit.ts'

interface Envelope {
  readonly type: string
  readonly reason?: string
  readonly envelope_id?: string
  readonly retry_attempt?: number
  readonly retry_reason?: string
  readonly accepts_response_payload?: boolean
  readonly num_connections?: number
  readonly payload?: { readonly event_id?: string; readonly event?: { readonly text?: string }; readonly text?: string }
}

interface Raw {
  readonly socket: WebSocket
  readonly got: Envelope[]
  readonly closed: Promise<unknown>
}

async function address(slack: Workspace): Promise<string> {
  return (await call(slack, 'apps.connections.open', {}, appToken)).url as string
}

/** A bare socket that acknowledges only what it is told to. */
async function raw(
  slack: Workspace,
  answer: (envelope: Envelope) => object | undefined = () => undefined,
): Promise<Raw> {
  const socket = new WebSocket(await address(slack))
  const got: Envelope[] = []
  const closed = once(socket, 'close')
  later(async () => socket.terminate())
  socket.on('message', (data) => {
    const envelope = JSON.parse(String(data)) as Envelope
    got.push(envelope)
    const payload = envelope.envelope_id ? answer(envelope) : undefined
    if (payload) socket.send(JSON.stringify({ envelope_id: envelope.envelope_id, payload }))
  })
  await once(socket, 'open')
  await until(() => got.length > 0)
  return { socket, got, closed }
}

const events = (one: Raw): Envelope[] => one.got.filter((envelope) => envelope.type === 'events_api')

describe('Socket Mode', () => {
  it('says hello and gives each ticket one connection', async () => {
    const slack = await workspace()
    const url = await address(slack)
    expect(url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/link\/\?ticket=/)
    const first = new WebSocket(url)
    const [hello] = (await once(first, 'message')) as [Buffer]
    expect(JSON.parse(String(hello))).toMatchObject({
      type: 'hello',
      num_connections: 1,
      connection_info: { app_id: 'A0APP00001' },
      debug_info: { approximate_connection_time: 18_060 },
    })
    const second = new WebSocket(url)
    const [error] = (await once(second, 'error')) as [Error]
    expect(error.message).toContain('403')
    first.terminate()
  })

  it('sends each payload to one connection, and to all of them over time', async () => {
    const slack = await workspace()
    const sockets = [await raw(slack, () => ({})), await raw(slack, () => ({}))]
    for (let i = 0; i < 20; i++) await slack.as(mei).say(general, `${i}`)
    await until(() => sockets.flatMap(events).length >= 20)
    const texts = sockets.flatMap(events).map((envelope) => envelope.payload?.event?.text)
    expect(new Set(texts).size).toBe(20)
    expect(texts).toHaveLength(20)
    expect(sockets.every((one) => events(one).length > 0)).toBe(true)
  })

  it('delivers an event again that was not acknowledged, and says why', async () => {
    const slack = await workspace({ ackTimeoutMs: 200, eventRetryMs: [0, 20, 20] })
    const one = await raw(slack, (envelope) => (envelope.retry_attempt === 2 ? {} : undefined))
    await slack.as(mei).say(general, 'x')
    await until(() => slack.eventLog()[0]?.receipts.length === 3)
    expect(events(one).map((envelope) => [envelope.retry_attempt, envelope.retry_reason])).toEqual([
      [0, ''],
      [1, 'timeout'],
      [2, 'timeout'],
    ])
    expect(new Set(events(one).map((envelope) => envelope.payload?.event_id)).size).toBe(1)
    expect(new Set(events(one).map((envelope) => envelope.envelope_id)).size).toBe(3)
    expect(slack.eventLog()[0]?.receipts.map((receipt) => receipt.acked)).toEqual([false, false, true])
  })

  it('tells an answer in the acknowledgement, and the lack of one', async () => {
    const slack = await workspace({ ackTimeoutMs: 200 })
    expect(await slack.as(mei).command(general, '/rollback x')).toMatchObject({
      acked: false,
      error: 'dispatch_failed',
    })
    await raw(slack, ({ payload }) => (payload?.text === 'x' ? { text: 'hi' } : undefined))
    expect(await slack.as(mei).command(general, '/rollback x')).toMatchObject({
      acked: true,
      ephemeral: [{ text: 'hi' }],
    })
    expect(await slack.as(mei).command(general, '/rollback y')).toMatchObject({
      acked: false,
      error: 'operation_timeout',
    })
  })

  it('refuses the eleventh connection', async () => {
    const slack = await workspace()
    for (let i = 0; i < 10; i++) await raw(slack)
    const eleventh = await raw(slack)
    expect(eleventh.got).toMatchObject([{ type: 'disconnect', reason: 'too_many_websockets' }])
    await eleventh.closed
    expect(slack.sockets).toBe(10)
  })

  it.each(['warning', 'refresh_requested', 'link_disabled'] as const)('asks the app to leave: %s', async (reason) => {
    const slack = await workspace()
    const one = await raw(slack)
    slack.cutSockets(reason)
    await until(() => one.got.some((envelope) => envelope.type === 'disconnect' && envelope.reason === reason))
    if (reason === 'link_disabled') await one.closed
    else expect(one.socket.readyState).toBe(WebSocket.OPEN)
  })

  it('repeats and reorders on demand', async () => {
    const slack = await workspace()
    const one = await raw(slack, () => ({}))
    slack.disturb({ duplicateNext: 1 })
    await slack.as(mei).say(general, 'twice')
    await until(() => events(one).length === 2)
    expect(new Set(events(one).map((envelope) => envelope.payload?.event_id)).size).toBe(1)
    slack.disturb({ reverseNext: 2 })
    await slack.as(mei).say(general, 'first')
    await slack.as(mei).say(general, 'second')
    await until(() => events(one).length === 4)
    expect(
      events(one)
        .slice(2)
        .map((envelope) => envelope.payload?.event?.text),
    ).toEqual(['second', 'first'])
    await slack.redeliver(slack.eventLog()[0]?.eventId ?? '')
    expect(events(one).at(-1)).toMatchObject({ retry_attempt: 1, payload: { event: { text: 'twice' } } })
  })

  it('sends app_rate_limited, which has no inner event', async () => {
    const slack = await workspace()
    const one = await raw(slack, () => ({}))
    expect(await slack.appRateLimited()).toMatchObject({ acked: true })
    expect(events(one)[0]?.payload).toMatchObject({ type: 'app_rate_limited', minute_rate_limited: expect.any(Number) })
    expect(events(one)[0]?.payload).not.toHaveProperty('event')
  })

  it('pings its sockets', async () => {
    const slack = await workspace({ socketPingMs: 20 })
    const { socket } = await raw(slack)
    await once(socket, 'ping')
    expect(socket.readyState).toBe(WebSocket.OPEN)
  })

  it.each(['refresh_requested', 'cut'] as const)('sees a Bolt app come back after %s', async (how) => {
    const slack = await workspace({ eventRetryMs: [50, 300, 300, 300, 300] })
    const heard: string[] = []
    await socketApp(slack, (app) => {
      app.event('app_mention', async ({ event }) => {
        heard.push(event.text)
      })
    })
    slack.cutSockets(how)
    await until(() => slack.sockets === 0)
    await slack.as(mei).say(general, `<@${bot}> are you there`)
    await until(() => heard.length > 0, 8000)
    expect(heard).toEqual([`<@${bot}> are you there`])
    expect(slack.calls('apps.connections.open')).toHaveLength(2)
  })
})
