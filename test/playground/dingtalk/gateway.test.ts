import { once } from 'node:events'
import { createRequire } from 'node:module'
import { describe, expect, test, vi } from 'vitest'
import type * as wsTypes from 'ws'
import { api, Caller, callable, cardBody, group, started, stream, ticketFor } from './kit.ts'

const { WebSocket } = createRequire(import.meta.url)('ws') as typeof wsTypes
const bot = '/v1.0/im/bot/messages/get'
const card = '/v1.0/card/instances/callback'

/** The status with which an upgrade is refused, or 101. */
async function upgrade(url: string): Promise<number> {
  const socket = new WebSocket(url)
  const refused = once(socket, 'unexpected-response').then(([, response]) => response.statusCode as number)
  const status = await Promise.race([refused, once(socket, 'open').then(() => 101)])
  socket.on('error', () => undefined)
  socket.terminate()
  return status
}

describe('tickets', () => {
  test('open one connection each', async () => {
    const workspace = await started()
    const url = await ticketFor(workspace)
    expect(await upgrade(url)).toBe(101)
    expect(await upgrade(url)).toBe(401)
    expect(await upgrade(`${workspace.url.replace('http', 'ws')}/connect?ticket=made-up`)).toBe(401)
  })

  test('are too old after 90 seconds', async () => {
    let now = 1_700_000_000_000
    const workspace = await started({ now: () => now })
    const [early, late] = [await ticketFor(workspace), await ticketFor(workspace)]
    now += 90_000
    expect(await upgrade(early)).toBe(101)
    now += 1
    expect(await upgrade(late)).toBe(401)
  })

  test.each([
    ['a wrong secret', { clientSecret: 'wrong' }, 401, 'authFailed'],
    ['no subscriptions', { subscriptions: undefined }, 400, 'Missingsubscriptions'],
    ['an empty list', { subscriptions: [] }, 400, 'Missingsubscriptions'],
    ['an event by name', { subscriptions: [{ type: 'EVENT', topic: 'user_add_org' }] }, 400, 'invalidSubscriptions'],
  ])('are refused for %s', async (_what, change, status, code) => {
    const { caller } = await callable()
    const body = {
      clientId: 'dingclient',
      clientSecret: 'shhh',
      subscriptions: [{ type: 'EVENT', topic: '*' }],
      ...change,
    }
    expect(await caller.call(api.open, body)).toMatchObject({ status, body: { code } })
  })
})

describe('connections', () => {
  test('are pinged, and cut when they did not echo the ping before', async () => {
    const workspace = await started()
    const alive = await stream(workspace)
    const deaf = await stream(workspace, { pings: 'ignore' })
    workspace.ping()
    const ping = await alive.next('ping')
    expect(ping).toMatchObject({ type: 'SYSTEM', data: { opaque: expect.stringMatching(/^[0-9a-f-]{36}$/) } })
    await deaf.next('ping')
    await vi.waitFor(async () => {
      alive.socket.ping()
      await once(alive.socket, 'pong')
    })
    workspace.ping()
    await deaf.closed
    await alive.next('ping')
    expect(workspace.connections).toBe(1)
  })

  test('get a goodbye, then silence, then the end', async () => {
    const workspace = await started({ disconnectGraceMs: 80 })
    const leaving = await stream(workspace)
    const startedAt = performance.now()
    workspace.endConnections('disconnect', 'connection is expired')
    expect(await leaving.next('disconnect')).toMatchObject({
      type: 'SYSTEM',
      data: { reason: 'connection is expired' },
    })
    expect(workspace.as('mei').say(group, '@Astern 在吗')).toMatchObject({ isTaken: false })
    const other = await stream(workspace)
    expect(workspace.as('mei').say(group, '@Astern 在吗')).toMatchObject({ isTaken: true })
    await other.next(bot)
    await leaving.closed
    expect(performance.now() - startedAt).toBeGreaterThan(75)
    expect(leaving.got.map(({ topic }) => topic)).toEqual(['disconnect'])
  })

  test('take the pushes at random', async () => {
    const workspace = await started()
    const streams = [await stream(workspace), await stream(workspace), await stream(workspace)]
    for (let times = 0; times < 60; times++) workspace.as('mei').say(group, `@Astern ${times}`)
    await vi.waitFor(() => expect(streams.flatMap(({ got }) => got)).toHaveLength(60))
    for (const { got } of streams) expect(got.length).toBeGreaterThan(8)
  })

  test('get what they subscribed to, and nothing else', async () => {
    const workspace = await started()
    const socket = new WebSocket(await ticketFor(workspace, [{ type: 'CALLBACK', topic: card }]))
    await once(socket, 'open')
    expect(workspace.as('mei').say(group, '@Astern 在吗')).toMatchObject({ ok: true, isTaken: false })
    socket.terminate()
  })

  test('can fall silent without an end', async () => {
    const workspace = await started({ callbackTimeoutMs: 40 })
    const { caller } = { caller: new Caller(workspace) }
    const mute = await stream(workspace)
    await caller.call(api.create, cardBody())
    workspace.endConnections('mute')
    expect(workspace.connections).toBe(1)
    expect(await workspace.as('mei').press('card-1', 'approve')).toMatchObject({ ok: false, isTaken: false })
    expect(mute.socket.readyState).toBe(mute.socket.OPEN)
  })
})

describe('pushes', () => {
  test('of robot messages are lost when nobody listens', async () => {
    const workspace = await started()
    expect(workspace.as('mei').say(group, '@Astern 回滚')).toMatchObject({ ok: true, isTaken: false })
    const late = await stream(workspace)
    workspace.as('mei').say(group, '@Astern 第二条')
    expect(await late.next(bot)).toMatchObject({ data: { text: { content: ' 第二条' } } })
    expect(late.got).toHaveLength(1)
    expect(workspace.pushes().map(({ isSent }) => isSent)).toEqual([false, true])
  })

  test('can arrive twice, word for word', async () => {
    const workspace = await started()
    const { next } = await stream(workspace)
    workspace.disturb({ duplicateMessages: 1 })
    workspace.as('mei').say(group, '@Astern 回滚')
    expect(await next(bot)).toEqual(await next(bot))
  })

  test('can arrive in another order', async () => {
    const workspace = await started()
    const { next, got } = await stream(workspace)
    workspace.disturb({ reverseNext: 2 })
    workspace.as('mei').say(group, '@Astern 第一条')
    expect(got).toHaveLength(0)
    workspace.as('mei').say(group, '@Astern 第二条')
    for (const content of [' 第二条', ' 第一条']) expect(await next(bot)).toMatchObject({ data: { text: { content } } })
  })

  test('of events come again until SUCCESS', async () => {
    const workspace = await started({ eventRetryMs: 60 })
    const { next, reply } = await stream(workspace)
    const event = workspace.publish('user_leave_org', { userId: ['x'] })
    const first = await next('*')
    expect(first).toMatchObject({
      type: 'EVENT',
      headers: { eventType: 'user_leave_org', eventCorpId: 'dingcorp', eventId: event.eventId },
    })
    reply(first, { status: 'LATER' })
    const second = await next('*')
    expect(second.headers.eventId).toBe(event.eventId)
    const third = await next('*')
    reply(third, { status: 'SUCCESS' })
    await vi.waitFor(() => expect(event.isTaken).toBe(true))
    const other = workspace.publish('user_add_org', { userId: ['y'] })
    await vi.waitFor(() => expect(other.pushes).toBe(3))
    expect(event.pushes).toBe(3)
  })
})
