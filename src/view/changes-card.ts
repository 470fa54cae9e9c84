import type { Notice } from '../core/release/release.ts'
import type { Plan } from '../core/rollback/plan.ts'
import { changeSteps, type Rollback } from '../core/rollback/state.ts'
import type { Language } from '../text/language.ts'
import { plain, sayPlain, sayWording } from '../text/say.ts'
import { previewLines } from './preview.ts'
import type { Block, Card } from './view.ts'
import { bold, voice } from './words.ts'

/** Everything that an approver signs: each region's lines and warnings, whole. */
export function previewCard(rollback: Rollback, language: Language): Card {
  const title = sayPlain(language, 'answer.preview-title', {
    id: rollback.id,
    preview: rollback.preview.slice(0, 4),
    hash: rollback.hash.slice(0, 7),
  })
  return changesCard(title, rollback.plan, [], language)
}

/** What a plan would change, line by line, and what stands in its way. */
export function changesCard(
  title: string,
  plan: Plan,
  blockers: readonly (Notice & { readonly region: string })[],
  language: Language,
): Card {
  const v = voice(language)
  const blocks = changeSteps(plan).flatMap((step): Block[] => [
    {
      kind: 'text',
      text: bold(v.plain('answer.preview-region', { region: step.id, from: step.from.version, to: step.to.version })),
    },
    { kind: 'raw', lines: previewLines(v, step.preview, 60) },
    ...step.warnings.map(
      (warning): Block => ({ kind: 'muted', text: ['⚠ ', ...sayWording(language, warning.wording)] }),
    ),
  ])
  const inTheWay = blockers.map((blocker): Block => {
    const why = plain(sayWording(language, blocker.wording))
    return { kind: 'text', text: v.say('refusal.blocked-line', { region: blocker.region, why }) }
  })
  return {
    kind: 'card',
    language,
    title: bold(title),
    blocks: [...inTheWay, ...blocks],
    buttons: [],
    more: [],
  }
}
