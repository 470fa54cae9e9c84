import { describe, expect, test } from 'vitest'
import { drawForm } from '../../../../src/adapters/chat/slack/render/form.ts'
import { drawHome } from '../../../../src/adapters/chat/slack/render/home.ts'
import { Ink } from '../../../../src/adapters/chat/slack/render/ink.ts'
import { drawMessage } from '../../../../src/adapters/chat/slack/render/message.ts'
import { checkBlocks, type Surface } from '../../../../src/playground/slack/index.ts'
import type { Span } from '../../../../src/text/span.ts'
import type { Card, Note } from '../../../../src/view/view.ts'
import { candidates, home, live, liveChinese, reason, refusal, timeline } from './cards.ts'
import { expectGolden, sketch } from './golden.ts'

const names = {
  user: (person: string) => (person === 'tom' ? 'U0TOM00001' : null),
  name: (person: string) => ({ mei: 'Mei', tom: 'Tom', ana: 'Ana' })[person] ?? person,
  slash: (command: string) => (command === 'help' ? '/astern-help' : `/${command}`),
}
const ink = (how: { plans?: boolean; chars?: number } = {}) => new Ink({ names, language: 'en', plans: true, ...how })
const draw = (view: Card | Note, how: { plans?: boolean; chars?: number } = {}) => drawMessage(view, ink(how))
const problems = (blocks: unknown, surface: Surface = 'message') => checkBlocks(blocks, surface)
const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`

describe('golden', () => {
  const messages: readonly (readonly [string, Card | Note, boolean])[] = [
    ['candidates', candidates, true],
    ['live', live, true],
    ['live-without-plan', live, false],
    ['live-zh', liveChinese, true],
    ['timeline', timeline, true],
    ['refusal', refusal, true],
  ]
  test.each(messages)('%s', (name, view, plans) => {
    const message = draw(view, { plans })
    expect(problems(message.blocks)).toEqual([])
    expectGolden(`${name}.json`, json(message))
    expectGolden(`${name}.txt`, sketch(message.blocks))
  })

  test('form', () => {
    const view = drawForm(reason, { channel: 'C0TEAM0001', thread: '1.2' }, ink())
    expect(problems(view.blocks, 'modal')).toEqual([])
    expectGolden('form.json', json(view))
    expectGolden('form.txt', sketch(view.blocks))
  })

  test('home', () => {
    const view = drawHome(home, ink())
    expect(problems(view.blocks, 'home')).toEqual([])
    expectGolden('home.json', json(view))
    expectGolden('home.txt', sketch(view.blocks))
  })
})

describe('what others wrote', () => {
  const note = (line: readonly Span[]): Note => ({
    kind: 'note',
    language: 'en',
    lines: [line],
    buttons: [],
  })
  const hostile = '<!channel> <@U0TOM00001> <https://evil.example|the console> & *bold* `code` ~no~ _it_'

  test('is never markup in a line: rich text has none', () => {
    const { blocks } = draw(note([hostile]))
    expect(blocks).toEqual([
      { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: hostile }] }] },
    ])
  })

  test('is escaped in small print, also inside links, code and names', () => {
    const card: Card = {
      ...candidates,
      blocks: [
        {
          kind: 'muted',
          text: [
            hostile,
            { kind: 'bold', text: hostile },
            { kind: 'code', text: hostile },
            { kind: 'link', url: 'https://ok.example/?a=1|2&b=<c>', text: hostile },
            { kind: 'person', person: '<!here>', mention: true },
          ],
        },
      ],
    }
    const text = JSON.stringify(draw(card).blocks.filter((block) => block.type === 'context'))
    expect(text).not.toMatch(/<!channel|<!here|<@|<https:\/\/evil/)
    expect(text).toContain('"verbatim":true')
    expect(text.match(/<[^>]*>/g)).toEqual([
      expect.stringMatching(/^<https:\/\/ok\.example\/\?a=1%7C2&amp;b=&lt;c&gt;\|/),
    ])
  })

  test('cannot ping from the notification text either', () => {
    expect(draw(note(['R-42 <!channel> & <@U0TOM00001>'])).text).toBe('R-42 &lt;!channel&gt; &amp; &lt;@U0TOM00001&gt;')
  })

  test('keeps names copyable in small print, breaks marks only at the edges of words', () => {
    const card: Card = {
      ...candidates,
      blocks: [{ kind: 'muted', text: ['checkout_svc *x* ', { kind: 'bold', text: 'y' }] }],
    }
    const [context] = draw(card).blocks.filter((block) => block.type === 'context')
    expect(JSON.stringify(context)).toContain('checkout_svc \u200b*\u200bx\u200b*\u200b *y*')
  })

  test('loses control characters and marks that turn the reading direction', () => {
    expect(JSON.stringify(draw(note(['a\u202eb\u0000c\u001b[31md'])).blocks)).toContain('"abc[31md"')
  })

  test('a link that is none of the web is words', () => {
    const { blocks } = draw(note([{ kind: 'link', url: 'javascript:alert(1)', text: 'preview' }]))
    expect(JSON.stringify(blocks)).not.toContain('javascript')
  })
})

describe('limits', () => {
  const long = (length: number) => '测试word '.repeat(length)
  const huge: Card = {
    kind: 'card',
    language: 'en',
    title: [long(100)],
    blocks: [
      { kind: 'muted', text: [long(2000)] },
      { kind: 'muted', text: [{ kind: 'bold', text: long(2000) }, long(2000)] },
      {
        kind: 'tasks',
        title: [long(100)],
        tasks: Array.from({ length: 60 }, (_, index) => ({
          id: `${index}`,
          title: [long(200)],
          state: 'pending',
          detail: [long(50)],
        })),
      },
      { kind: 'raw', lines: Array.from({ length: 500 }, () => long(50)) },
      ...Array.from({ length: 120 }, () => ({ kind: 'muted' as const, text: [long(30)] })),
      { kind: 'list', items: Array.from({ length: 300 }, () => [long(20)]) },
    ],
    buttons: Array.from({ length: 30 }, (_, index) => ({
      action: `act-${index % 3}`,
      value: `R-42 ${index}`,
      label: long(50),
      confirm: { title: long(50), text: long(200), yes: long(20), no: long(20) },
    })),
    more: Array.from({ length: 13 }, (_, index) => ({ action: 'more-thing', value: `${index}`, label: long(30) })),
  }

  test.each([true, false])('a card of any size is one that Slack takes (plan blocks: %s)', (plans) => {
    const { text, blocks } = draw(huge, { plans })
    expect(problems(blocks)).toEqual([])
    expect(blocks.length).toBeLessThanOrEqual(50)
    expect(JSON.stringify(blocks.filter((block) => block.type !== 'actions')).length).toBeLessThan(40_000)
    expect(text.length).toBeLessThan(4000)
    expect(JSON.stringify(blocks)).toContain('…')
  })

  test('a form and a home of any size as well', () => {
    const form = drawForm(
      { ...reason, title: long(9), submit: long(9), cancel: long(9), blocks: huge.blocks },
      null,
      ink(),
    )
    expect(problems(form.blocks, 'modal')).toEqual([])
    expect([form.title.text, form.submit?.text, form.close?.text].every((one) => (one ?? '').length <= 24)).toBe(true)
    const sections = Array.from({ length: 80 }, () => ({
      heading: [long(5)],
      blocks: [],
      buttons: huge.buttons.slice(0, 2),
    }))
    expect(problems(drawHome({ ...home, sections }, ink()).blocks, 'home')).toEqual([])
  })

  test('a cut never splits a character', () => {
    const { blocks } = draw({ ...live, blocks: [{ kind: 'raw', lines: ['🔥'.repeat(3000)] }] })
    expect(JSON.stringify(blocks)).not.toMatch(/\\ud83d(?!\\udd25)/i)
    expect(JSON.stringify(blocks).isWellFormed()).toBe(true)
  })

  test('what a button is bound to is never cut: too long is a mistake of the caller', () => {
    const button = { action: 'a', value: 'x'.repeat(2001), label: 'l' }
    expect(() => draw({ ...live, buttons: [button] })).toThrow(TypeError)
  })

  test('an entry of More that does not fit an option becomes a button of its own', () => {
    const entry = { action: 'abort', value: 'x'.repeat(100), label: 'Abort' }
    const actions = draw({ ...refusalCard, more: [entry] }).blocks.find((block) => block.type === 'actions')
    expect(JSON.stringify(actions)).toContain('"type":"button"')
    expect(JSON.stringify(actions)).not.toContain('overflow')
  })
})

const refusalCard: Card = { kind: 'card', language: 'en', title: ['t'], blocks: [], buttons: [], more: [] }
