import { describe, expect, it } from 'vitest'
import { saidOf } from '../../src/core/audit/said.ts'
import { type Automatic, automaticStops } from '../../src/core/incident/automatic.ts'
import { languages } from '../../src/text/language.ts'
import { plain } from '../../src/text/say.ts'
import { type AutomaticCard, automaticCard, whyText } from '../../src/view/automatic.ts'
import { voice } from '../../src/view/words.ts'
import { policy, proposed } from '../core/rollback/kit.ts'

const at = (time: string) => `2026-11-23T${time}Z`
const automatic: Automatic = {
  service: 'cart-svc',
  environment: 'production',
  regions: ['eu-1'],
  from: 'v1.8.0',
  to: 'v1.7.3',
  candidate: 'abc',
  why: [{ key: 'suspect.before', values: { lead: { ms: 41_000 }, regions: { list: ['eu-1'] } } }],
  line: 'policies.low.automatic',
  afterMs: 60_000,
  dueAt: at('03:12:40'),
  suspicion: 4,
  position: 9,
  at: at('03:11:40'),
  stopped: null,
  rollback: null,
}
const card = (more: Partial<Automatic> = {}, of: Partial<AutomaticCard> = {}, language: 'en' | 'zh-CN' = 'en') => {
  const { title, blocks, buttons } = automaticCard(
    { incident: 'INC-7', automatic: { ...automatic, ...more }, people: ['tom'], closed: false, anew: false, ...of },
    language,
  )
  const lines = blocks.flatMap((block) => (block.kind === 'text' || block.kind === 'muted' ? [plain(block.text)] : []))
  return { title: plain(title), lines, actions: buttons.map(({ action }) => action) }
}

describe('the announcement', () => {
  it('says what, where, when, why, by which line, and how to stop it; who is on call is called', () => {
    expect(card()).toEqual({
      title: '⏱ cart-svc in eu-1 goes back to v1.7.3 by itself at 2026-11-23T03:12:40Z unless somebody stops it',
      lines: [
        'tom: nobody has to agree to this. It waits 1 min, by policies.low.automatic.',
        'cart-svc v1.8.0 is suspected · shipped 41 sec before the first alert in eu-1',
        'Looked at once more before it begins. Whoever rolls back now takes over, as usual.',
      ],
      actions: ['rollback.stop-automatic', 'rollback.choose'],
    })
    expect(card({}, {}, 'zh-CN').title).toBe(
      '⏱ cart-svc（eu-1）将于 2026-11-23T03:12:40Z 自动回滚到 v1.7.3，期间可随时终止',
    )
  })

  it('leads to the rollback once it began', () => {
    expect(card({ rollback: 'R-42' })).toMatchObject({
      title: '▶ cart-svc goes back to v1.7.3 by itself: see R-42. It can be aborted there.',
      actions: [],
    })
  })

  it('that ended says by whom or why, and what to do by hand; none that was told anew, taken over or closed', () => {
    const stopped = { person: 'tom', why: 'hand', at: at('03:12:10') } as const
    expect(card({ stopped })).toEqual({
      title: '⏹ cart-svc does not go back by itself · 2026-11-23T03:12:10Z',
      lines: [
        'tom stopped it',
        'Astern tries nothing more by itself in this incident: look at what can be gone back to, and roll back by hand.',
      ],
      actions: ['rollback.look'],
    })
    const late = { person: null, why: 'late', at: at('03:12:10') } as const
    expect(card({ stopped: late }, { anew: true })).toMatchObject({ actions: [] })
    expect(card({ stopped: late }, { anew: true }).lines.at(-1)).toContain('announced anew')
    expect(card({ stopped: { ...stopped, why: 'human-proposed' } })).toMatchObject({
      lines: ['tom rolls back by hand'],
      actions: [],
    })
    expect(card({}, { closed: true }).actions).toEqual([])
  })

  it('has words for every reason, in both languages', () => {
    for (const language of languages)
      for (const why of automaticStops)
        expect(plain(whyText(voice(language), { why, person: null })).length).toBeGreaterThan(4)
  })
})

it('an audit shows that no person consented, and by which line', () => {
  const line = 'policies.low.automatic'
  const allowed = policy({ tier: 'low', human: false, automatic: { afterMs: 60_000, line } })
  const said = saidOf(proposed({ requester: 'astern', policy: allowed, automatic: { line, due: 9 } }))
  expect(said).toMatchObject({ rule: 'automatic', roles: [line], what: { key: 'audit.rollback-automatic' } })
})
