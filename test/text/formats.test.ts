import { expect, it } from 'vitest'
import { markdown } from '../../src/adapters/chat/dingtalk/render/markdown.ts'
import { duration } from '../../src/text/format.ts'
import type { Language } from '../../src/text/language.ts'
import { plain, say } from '../../src/text/say.ts'
import { directoryIn } from '../kit/dingtalk/workspace.ts'

const dayMs = 86_400_000

it.each([
  [0, '0 sec', '0 秒'],
  [41_000, '41 sec', '41 秒'],
  [221_000, '3 min, 41 sec', '3 分钟 41 秒'],
  [6 * dayMs + 4 * 3_600_000 + 59_000, '6 days, 4 hr', '6 天 4 小时'],
] as const)('%d ms lasts as people of each language write it', (ms, en, zh) => {
  expect([duration('en', ms), duration('zh-CN', ms)]).toEqual([en, zh])
})

it.each([
  [1, '1 check passed', '1 项检查通过'],
  [2, '2 checks passed', '2 项检查通过'],
  [1200, '1,200 checks passed', '1,200 项检查通过'],
] as const)('%d of something: a plural where the language has one', (count, en, zh) => {
  const said = (language: Language) => plain(say(language, 'moment.checks-passed', { step: '', count }))
  expect(said('en')).toContain(en)
  expect(said('zh-CN')).toContain(zh)
})

it('several of something are joined as the language joins them', () => {
  const said = (language: Language) => plain(say(language, 'refusal.nearest', { names: { list: ['a', 'b', 'c'] } }))
  expect([said('en'), said('zh-CN')]).toEqual(['Did you mean a, b, and c?', '是不是 a、b和c？'])
})

it.each([
  ['en', 'Asia/Shanghai', 'Mar 2, 05:30:00 PM', '17:30:00'],
  ['zh-CN', 'Asia/Shanghai', '3月2日', '17:30:00'],
  ['zh-CN', 'America/New_York', '3月2日', '04:30:00'],
  ['zh-CN', 'Asia/Kolkata', '3月2日', '15:00:00'],
] as const)('in %s an instant is written in the zone of %s', (language, timeZone, _, clock) => {
  const ink = { directory: directoryIn(language), language, tenant: 'ding', timeZone, mentioned: new Map() }
  const at = '2026-03-02T09:30:00Z'
  expect(markdown([{ kind: 'time', at, show: 'time' }], ink)).toBe(clock)
  const whole = markdown([{ kind: 'time', at, show: 'datetime' }], ink)
  expect(whole).toContain(clock)
  expect(whole).toContain(language === 'en' ? 'Mar 2' : '3月2日')
})
