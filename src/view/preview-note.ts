import type { Rollback } from '../core/rollback/state.ts'
import { changeSteps } from '../core/rollback/state.ts'
import type { Language } from '../text/language.ts'
import { sayWording } from '../text/say.ts'
import { previewLines } from './preview.ts'
import type { Block, Card } from './view.ts'
import { bold, voice } from './words.ts'

/** Everything that an approver signs: each region's lines and warnings, whole. */
export function previewCard(rollback: Rollback, language: Language): Card {
  const v = voice(language)
  const title = v.plain('answer.preview-title', {
    id: rollback.id,
    preview: rollback.preview.slice(0, 4),
    hash: rollback.hash.slice(0, 7),
  })
  const blocks = changeSteps(rollback.plan).flatMap((step): Block[] => [
    {
      kind: 'text',
      text: bold(v.plain('answer.preview-region', { region: step.id, from: step.from.version, to: step.to.version })),
    },
    { kind: 'raw', lines: previewLines(v, step.preview, 60) },
    ...step.warnings.map(
      (warning): Block => ({ kind: 'muted', text: ['⚠ ', ...sayWording(language, warning.wording)] }),
    ),
  ])
  return { kind: 'card', language, title: bold(title), blocks, buttons: [], more: [], plain: title }
}
