import { describe, expect, test } from 'vitest'
import { drawCard } from '../../../../src/adapters/chat/dingtalk/render/card.ts'
import { drawForm } from '../../../../src/adapters/chat/dingtalk/render/form.ts'
import { type Ink, markdown, tame } from '../../../../src/adapters/chat/dingtalk/render/markdown.ts'
import { bytesOf, cutBytes, pour, valueBytes } from '../../../../src/adapters/chat/dingtalk/render/params.ts'
import type { Card } from '../../../../src/view/view.ts'
import { card, form, note } from '../../../contract/chat/views.ts'
import { directoryIn, team, tenant } from '../../../kit/dingtalk/workspace.ts'

const inkIn = (language: 'en' | 'zh-CN'): Ink => ({
  directory: directoryIn(language),
  language,
  tenant,
  timeZone: 'Asia/Shanghai',
  mentioned: new Map(),
})
const zh = inkIn('zh-CN')

describe('no value is longer than DingTalk takes', () => {
  const long = '订单服务在所有区域的错误率持续高于阈值，'.repeat(30)
  const big: Card = {
    ...card('R-42'),
    language: 'zh-CN',
    title: [long],
    blocks: Array.from({ length: 40 }, (_, index) => ({ kind: 'text', text: [`${index} ${long.slice(0, 200)}`] })),
    buttons: [
      { action: 'approve', value: 'R-42', label: long, confirm: { title: long, text: long, yes: long, no: long } },
    ],
  }
  test('whatever a card holds; and it says that it was cut', () => {
    const drawn = drawCard(big, team, zh)
    for (const value of Object.values(drawn)) expect(bytesOf(value)).toBeLessThanOrEqual(1024)
    expect(drawn.t8).toContain('内容过长已截断')
    expect(Object.values(drawn).join('')).not.toContain('\ufffd')
  })

  test('a value of a button is never cut: too long is a mistake of the caller', () => {
    expect(() => drawCard({ ...big, buttons: [{ action: 'a', value: long, label: 'x' }] }, team, zh)).toThrow(TypeError)
  })

  test('cutting leaves whole characters', () => {
    expect(cutBytes('回滚回滚', 10)).toBe('回滚…')
    expect(cutBytes('🔥🔥🔥', 9)).toBe('🔥…')
    expect(cutBytes('short', 10)).toBe('short')
  })

  test('lines are spread over the parameters in order, and none is lost unsaid', () => {
    const lines = Array.from({ length: 100 }, (_, index) => `line ${index} ${'x'.repeat(50)}`)
    const parts = pour(lines, 3, 'REST')
    expect(parts).toHaveLength(3)
    for (const part of parts) expect(bytesOf(part)).toBeLessThanOrEqual(valueBytes)
    const shown = parts.join('\n\n').split('\n\n')
    expect(shown.at(-1)).toBe('REST')
    expect(shown.slice(0, -2)).toEqual(lines.slice(0, shown.length - 2))
    expect(pour(lines.slice(0, 5), 3, 'REST').join()).not.toContain('REST')
  })
})

test('what stops a rollback never takes the place of the button that consented to it', () => {
  const button = (action: string, tone: 'primary' | 'danger') => ({ action, value: 'R-42', label: action, tone })
  const waiting = drawCard(
    { ...card('R-42'), buttons: [button('rollback.approve', 'primary'), button('rollback.reject', 'danger')] },
    team,
    zh,
  )
  const running = drawCard({ ...card('R-42'), buttons: [button('rollback.abort', 'danger')] }, team, zh)
  expect([waiting.b1_action, waiting.b2_action]).toEqual(['rollback.approve', 'rollback.reject'])
  expect([running.b1_action, running.b2_action]).toEqual(['', 'rollback.abort'])
})

describe('what others wrote stays words', () => {
  test.each([
    ['[open](https://evil.example)', '［open］(https://evil.example)'],
    ['![](@mei01)', '!［］(@mei01)'],
    ['<font color=red>', '＜font color=red＞'],
    ['checkout_svc and 2*3*4', 'checkout_svc and 2*3*4'],
    ['line\nbreak', 'line break'],
    ['\u202egnp.exe', 'gnp.exe'],
  ])('%s', (given, wanted) => expect(tame(given)).toBe(wanted))

  test('marks that would begin a heading, list or quote are broken', () => {
    expect(markdown(['# not a heading'], zh)).not.toMatch(/^#/)
    expect(markdown(['> no quote'], zh)).not.toMatch(/^>/)
    expect(markdown(['**shout**'], zh)).not.toContain('**shout**')
  })

  test('only addresses of the web are links', () => {
    expect(markdown([{ kind: 'link', url: 'dingtalk://x', text: 'go' }], zh)).toBe('go')
    expect(markdown([{ kind: 'link', url: 'https://a.example/b(c)', text: 'go' }], zh)).toBe(
      '[go](https://a.example/b%28c%29)',
    )
  })
})

describe('a card', () => {
  test('has two buttons, the others under more; what it does not use is empty, so that an update clears it', () => {
    const button = (index: number) => ({ action: `a${index}`, value: String(index), label: `${index}` })
    const drawn = drawCard({ ...card('R'), buttons: [0, 1, 2].map(button), more: [button(3)] }, team, zh)
    expect([drawn.b1_action, drawn.b2_action, drawn.m1_action, drawn.m2_action]).toEqual(['a0', 'a1', 'a2', 'a3'])
    expect(drawn.more).toBe('更多')
    const bare = drawCard(note('nothing to press'), team, zh)
    expect(Object.keys(bare)).toEqual(Object.keys(drawn))
    expect([bare.title, bare.b1_action, bare.m2_label, bare.more]).toEqual(['', '', '', ''])
  })

  test('has a new revision when anything on it changed, and only then', () => {
    expect(drawCard(card('R-42'), team, zh).rev).toBe(drawCard(card('R-42'), team, zh).rev)
    expect(drawCard(card('R-42'), team, zh).rev).not.toBe(drawCard(card('R-43'), team, zh).rev)
  })

  test('writes times in the zone of the organisation, in the words of the conversation', () => {
    const at = [{ kind: 'time', at: '2026-03-02T19:14:02Z', show: 'datetime' }] as const
    expect(markdown(at, zh)).toBe('3月3日 03:14:02')
    expect(markdown(at, inkIn('en'))).toBe('Mar 3, 03:14:02')
  })

  test('has its steps as lines', () => {
    expect(drawCard(card('R-42'), team, zh).t1).toBe('**Plan**\n\n◐ eu-1 — 2 of 3')
  })
})

test('a form is what the form component takes', () => {
  const drawn = drawForm(form, 'd1', zh)
  expect(JSON.parse(drawn.form ?? '')).toEqual({
    fields: [
      {
        name: 'version',
        label: 'Version',
        type: 'SELECT',
        required: true,
        options: [
          { value: 'v1.7.3', text: 'v1.7.3' },
          { value: 'v1.7.2', text: 'v1.7.2' },
        ],
        defaultValue: { index: 0, value: 'v1.7.3' },
      },
      { name: 'reason', label: 'Reason', type: 'TEXT', required: true },
    ],
  })
  expect([drawn.form_name, drawn.form_value, drawn.form_id, drawn.form_submit]).toEqual([
    'propose',
    'checkout-svc',
    'd1',
    'Ask',
  ])
})
