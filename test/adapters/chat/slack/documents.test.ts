import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { escaped, probesOf } from '../../../../src/adapters/chat/slack/render/markdown.ts'
import type { Room } from '../../../../src/ports/chat.ts'
import type { Text } from '../../../../src/text/span.ts'
import type { Document } from '../../../../src/view/view.ts'
import { type Bot, openBot, setup, startSlack, team, type Workspace } from '../../../kit/slack/workspace.ts'

let workspace: Workspace
let bot: Bot
const never = new AbortController().signal
const room: Room = { kind: 'channel', channel: team }

const open = async (plan: 'free' | 'paid' = 'paid', scopes?: readonly string[]) => {
  const base = setup()
  workspace = await startSlack({
    ...base,
    team: { ...base.team, plan },
    app: { ...base.app, ...(scopes ? { scopes } : {}) },
  })
  bot = await openBot(workspace)
}

beforeEach(() => open())
afterEach(async () => {
  await bot.stop()
  await workspace.close()
})

const again = async (...how: Parameters<typeof open>) => {
  await bot.stop()
  await workspace.close()
  await open(...how)
}

const draft = (timeline: readonly Text[], impact: Text = ['29 minutes, about 340 orders']): Document => ({
  kind: 'document',
  language: 'en',
  title: 'Post-mortem INC-7',
  sections: [
    { id: 'impact', heading: 'Impact', by: 'astern', lines: [impact] },
    { id: 'timeline', heading: 'Timeline', by: 'astern', lines: timeline },
    { id: 'lucky', heading: 'Where we were lucky', by: 'people', lines: [['(for you to write)']] },
  ],
})
const first: Text[] = [['03:12 first 5xx'], ['03:14 Mei asked to go back']]

const canvas = () => {
  const [only] = workspace.canvases()
  if (!only) throw new TypeError('there is no canvas')
  return only
}
const written = () => canvas().sections.map((section) => section.markdown)

/** A person changes one paragraph of the canvas. */
const edit = (from: string, to: string) => {
  const section = canvas().sections.find((one) => one.markdown === from)
  if (!section) throw new TypeError(`nobody wrote ${from}`)
  Object.assign(section, { markdown: to })
}

describe('canvas', () => {
  test('stands in the tab of the channel, with a message that leads to it and is found by key', async () => {
    const ref = await bot.connection.chat.send(room, draft(first), 'post-mortem:INC-7', never)
    expect(written()).toEqual([
      '## Impact',
      '29 minutes, about 340 orders',
      '## Timeline',
      '03:12 first 5xx',
      '03:14 Mei asked to go back',
      '## Where we were lucky',
      '(for you to write)',
    ])
    expect(workspace.channel(team).canvasId).toBe(canvas().id)
    expect(JSON.stringify(workspace.message(team, ref.message)?.blocks)).toContain(canvas().id)
    const found = await bot.connection.chat.find(room, 'post-mortem:INC-7', never)
    expect(found).toMatchObject({ message: ref.message, data: { doc: 'canvas', canvas: canvas().id } })
  })

  test('beside a thread it is one of its own, open to the channel', async () => {
    const root = await bot.connection.chat.send(
      room,
      { kind: 'note', language: 'en', lines: [['x']], buttons: [] },
      'k',
      never,
    )
    await bot.connection.chat.send({ ...room, thread: root.message }, draft(first), 'pm', never)
    expect(workspace.channel(team).canvasId).toBeUndefined()
    expect(canvas().access).toEqual([{ level: 'write', users: [], channels: [team] }])
  })

  test('a refresh brings new lines to their place, takes old ones away, and leaves what people wrote', async () => {
    const ref = await bot.connection.chat.send(room, draft(first), 'pm', never)
    edit('(for you to write)', 'The second region was not released yet.')
    edit('03:12 first 5xx', '03:12 first 5xx, and Ana saw it on the phone')
    canvas().sections.splice(3, 0, { id: 'by-hand', markdown: 'Lin: do not forget the CDN' })
    const next = await bot.connection.chat.update(
      ref,
      draft([['03:11 release v1.8.0'], ...first, ['03:15 Tom approved']], ['31 minutes, about 360 orders']),
      never,
    )
    expect(written()).toEqual([
      '## Impact',
      '31 minutes, about 360 orders',
      '## Timeline',
      '03:11 release v1.8.0',
      'Lin: do not forget the CDN',
      '03:12 first 5xx, and Ana saw it on the phone',
      '03:14 Mei asked to go back',
      '03:15 Tom approved',
      '## Where we were lucky',
      'The second region was not released yet.',
    ])
    const calls = workspace.calls().length
    await bot.connection.chat.update(
      next,
      draft([['03:11 release v1.8.0'], ...first, ['03:15 Tom approved']], ['31 minutes, about 360 orders']),
      never,
    )
    expect(workspace.calls()).toHaveLength(calls)
  })

  test('a line of ours that people rewrote is theirs; the new one comes below the heading', async () => {
    const ref = await bot.connection.chat.send(room, draft(first), 'pm', never)
    edit('29 minutes, about 340 orders', 'Nobody lost money, see finance')
    await bot.connection.chat.update(ref, draft(first, ['31 minutes, about 360 orders']), never)
    expect(written().slice(0, 3)).toEqual([
      '## Impact',
      '31 minutes, about 360 orders',
      'Nobody lost money, see finance',
    ])
  })

  test('a refresh that was cut off is finished by the next one, nothing stands twice', async () => {
    const ref = await bot.connection.chat.send(room, draft(first), 'pm', never)
    const later = draft([...first, ['03:15 Tom approved']], ['31 minutes'])
    let edits = 0
    const heal = workspace.inject(({ method }) => {
      if (method !== 'canvases.edit') return undefined
      edits += 1
      return edits === 2 ? { reset: 'after' } : undefined
    })
    await expect(bot.connection.chat.update(ref, later, never)).rejects.toMatchObject({ retry: 'check' })
    heal()
    await bot.connection.chat.update(ref, later, never)
    expect(written().filter((line) => line === '31 minutes' || line === '03:15 Tom approved')).toEqual([
      '31 minutes',
      '03:15 Tom approved',
    ])
    expect(written()).not.toContain('29 minutes, about 340 orders')
  })

  test('found again after a crash, a refresh adds what is missing and nothing twice', async () => {
    await bot.connection.chat.send(room, draft(first), 'pm', never)
    const found = await bot.connection.chat.find(room, 'pm', never)
    if (!found) throw new TypeError('not found')
    await bot.connection.chat.update(found, draft([...first, ['03:15 Tom approved']]), never)
    expect(written().filter((line) => line.startsWith('03:'))).toEqual([
      '03:12 first 5xx',
      '03:14 Mei asked to go back',
      '03:15 Tom approved',
    ])
  })

  test('a crash between canvas and message: the same canvas is taken again', async () => {
    const heal = workspace.inject(({ method }) => (method === 'chat.postMessage' ? { reset: 'before' } : undefined))
    await expect(bot.connection.chat.send(room, draft(first), 'pm', never)).rejects.toMatchObject({ retry: 'check' })
    heal()
    expect(await bot.connection.chat.find(room, 'pm', never)).toBeNull()
    await bot.connection.chat.send(room, draft(first), 'pm', never)
    expect(workspace.canvases()).toHaveLength(1)
  })

  test('a tab that is somebody else’s is left alone', async () => {
    await bot.connection.chat.send(room, draft(first), 'pm', never)
    const before = written()
    const other: Document = {
      ...draft(first),
      sections: [{ id: 'a', heading: 'Something else', by: 'astern', lines: [['x']] }],
    }
    await bot.connection.chat.send(room, other, 'other', never)
    expect(workspace.canvases()).toHaveLength(2)
    expect(written()).toEqual(before)
  })

  test('hostile words stay words', async () => {
    const hostile = '# [click](https://evil.example) ![](@U0TOM00001) **x** <b> | `y`'
    await bot.connection.chat.send(room, draft([[hostile]]), 'pm', never)
    const line = written()[3] ?? ''
    expect(line).toBe('\\# \\[click\\](https://evil.example) !\\[\\](@U0TOM00001) \\*\\*x\\*\\* \\<b\\> \\| \\`y\\`')
  })
})

describe('file', () => {
  test.each([
    ['a free workspace, in a thread', 'free', undefined, true],
    ['no scope for canvases', 'paid', ['chat:write', 'files:write', 'channels:history', 'channels:read'], false],
  ] as const)('%s: a Markdown file in the thread of the message', async (_, plan, scopes, threaded) => {
    await again(plan, scopes)
    const root = await bot.connection.chat.send(
      room,
      { kind: 'note', language: 'en', lines: [['x']], buttons: [] },
      'k',
      never,
    )
    const place: Room = threaded ? { ...room, thread: root.message } : room
    const ref = await bot.connection.chat.send(place, draft(first), 'pm', never)
    const [file] = workspace.files()
    expect(file?.name).toBe('post-mortem-inc-7.md')
    expect(file?.bytes.toString()).toContain('# Post-mortem INC-7\n\n## Impact\n\n29 minutes')
    const shared = workspace.messages(team).find((message) => message.files.length > 0)
    expect(shared?.threadTs).toBe(threaded ? root.message : ref.message)
    const same = await bot.connection.chat.update(ref, draft(first), never)
    expect(workspace.files()).toHaveLength(1)
    await bot.connection.chat.update(same, draft([...first, ['03:15 Tom approved']]), never)
    expect(workspace.files()).toHaveLength(2)
  })
})

test('a line is looked for by its pieces without markup', () => {
  expect(probesOf('03:14 **Mei** asked, see [graph](https://g.example/a_b) and `v1`')).toEqual([
    'asked, see',
    '03:14',
    'graph',
  ])
  expect(escaped('checkout_svc is *down* since ~5 min')).toBe('checkout_svc is \\*down\\* since ~5 min')
})
