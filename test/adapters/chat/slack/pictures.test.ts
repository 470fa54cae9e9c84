import { inflateSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Room } from '../../../../src/ports/chat.ts'
import type { Card, Plot } from '../../../../src/view/view.ts'
import { type Bot, openBot, setup, startSlack, team, type Workspace } from '../../../kit/slack/workspace.ts'

let workspace: Workspace
let bot: Bot
const never = new AbortController().signal
const room: Room = { kind: 'channel', channel: team }

beforeEach(async () => {
  workspace = await startSlack(setup())
  bot = await openBot(workspace)
})
afterEach(async () => {
  await bot.stop()
  await workspace.close()
})

const plot: Plot = {
  unit: 'percent',
  limit: 0.05,
  broken: 'above',
  baseline: 0.001,
  lines: [{ name: 'eu-1', fromMs: 0, stepMs: 1000, values: [0, 0.4, null, 0.1, 0] }],
  marks: [{ kind: 'change', atMs: 3000, label: 'set back' }],
}
const card = (title: string): Card => ({
  kind: 'card',
  language: 'en',
  title: [title],
  blocks: [{ kind: 'plot', plot, alt: '5xx fell from 40 % to nothing' }],
  buttons: [],
  more: [],
})

const calls = (method: string) => workspace.calls().filter((call) => call.method === method).length
const images = () =>
  workspace
    .messages(team)
    .flatMap(({ blocks }) => (blocks ?? []) as { type: string; slack_file?: { id: string }; alt_text?: string }[])
    .filter(({ type }) => type === 'image')

test('a plot is uploaded once, shown in the card with its words, and stays through updates', async () => {
  const ref = await bot.connection.chat.send(room, card('first'), 'k', never)
  await bot.connection.chat.update(ref, card('second'), never)
  expect(images()).toEqual([
    expect.objectContaining({ alt_text: '5xx fell from 40 % to nothing', slack_file: { id: expect.any(String) } }),
  ])
  expect(calls('files.completeUploadExternal')).toBe(1)
  expect(calls('chat.postMessage')).toBe(1)
  const bytes = workspace.files().find(({ id }) => id === images()[0]?.slack_file?.id)?.bytes
  expect(bytes?.subarray(1, 4).toString()).toBe('PNG')
  expect(bytes?.readUInt32BE(16)).toBe(1280)
  const start = bytes?.indexOf('IDAT') ?? 0
  const length = bytes?.readUInt32BE(start - 4) ?? 0
  expect(inflateSync(bytes?.subarray(start + 4, start + 4 + length) ?? Buffer.alloc(0)).length).toBe(
    480 * (1280 * 3 + 1),
  )
})

test('Slack may need a moment before it shows a new file', async () => {
  let refusals = 2
  workspace.inject(({ method }) =>
    method === 'chat.postMessage' && refusals-- > 0 ? { error: 'invalid_blocks' } : undefined,
  )
  await bot.connection.chat.send(room, card('first'), 'k', never)
  expect(images()).toHaveLength(1)
})

test('a card never waits for a picture: not without the right to upload, nor where Slack refuses it', async () => {
  const heal = workspace.inject(({ method }) => (method.startsWith('files.') ? { error: 'missing_scope' } : undefined))
  await bot.connection.chat.send(room, card('first'), 'k1', never)
  heal()
  expect([images(), workspace.messages(team).length]).toEqual([[], 1])
  workspace.inject(({ method, args }) =>
    method === 'chat.postMessage' && JSON.stringify(args).includes('slack_file')
      ? { error: 'invalid_blocks' }
      : undefined,
  )
  await bot.connection.chat.send(room, card('second'), 'k2', never)
  expect([images(), workspace.messages(team).length]).toEqual([[], 2])
}, 15_000)
