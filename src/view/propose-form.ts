import type { PersonId } from '../core/actor.ts'
import type { Policy } from '../core/policy/policy.ts'
import type { Candidate } from '../core/release/candidates.ts'
import type { PlannedLine } from '../core/rollback/plan.ts'
import type { Language } from '../text/language.ts'
import type { Text } from '../text/span.ts'
import { candidateLabel, lookValue } from './candidates.ts'
import type { Look } from './look.ts'
import { peopleText } from './people.ts'
import { shortPreview } from './preview.ts'
import type { Block, Form } from './view.ts'
import { voice } from './words.ts'

export interface ProposeForm {
  readonly look: Look
  readonly chosen: Candidate
  /** Preselected regions; all that can change when it names more than one. */
  readonly regions: readonly string[]
  /** What would change per region, when it could be worked out in time. */
  readonly preview: readonly { readonly region: string; readonly lines: readonly PlannedLine[] }[] | null
  readonly etaMs: number | null
  readonly approvers: readonly PersonId[]
  readonly tier: string
  readonly approvals: number
  readonly roles: Policy['roles']
  /** She is on call for the service, and the policy lets her act at once. */
  readonly atOnce: boolean
}

/** The dialog that asks for the reason, and says what will happen and who has to agree. */
export function proposeForm(form: ProposeForm, language: Language): Form {
  const v = voice(language)
  const { look, chosen, preview } = form
  const open = look.regions.map((region) => region.region).filter((region) => !chosen.alreadyIn.includes(region))
  const pickable = look.candidates.filter((candidate) => candidate.blockers.length === 0)
  const blocks: Block[] = [
    { kind: 'text', text: [{ kind: 'bold', text: `${look.service} · ${look.environment}` }] },
    ...(preview
      ? shortPreview(v, preview, 4).map((line): Block => ({ kind: 'text', text: [line] }))
      : [{ kind: 'muted' as const, text: v.say('form.what-changes-later') }]),
    {
      kind: 'muted',
      text: form.etaMs === null ? v.say('form.eta-unknown') : v.say('form.eta', { took: { ms: form.etaMs } }),
    },
    {
      kind: 'muted',
      text:
        form.approvals === 0
          ? v.say('form.nobody', { tier: form.tier })
          : v.say('form.who', { people: peopleText(v, form.approvers, form.roles) }),
    },
    ...(form.atOnce ? [{ kind: 'muted' as const, text: v.say('form.at-once') }] : []),
  ]
  return {
    kind: 'form',
    language,
    form: 'rollback.propose',
    value: lookValue(look, null),
    title: v.plain('form.title'),
    submit: v.plain(form.approvals === 0 ? 'form.submit-no-approval' : 'form.submit'),
    cancel: v.plain('form.cancel'),
    blocks,
    inputs: [
      {
        kind: 'choice',
        id: 'candidate',
        label: v.plain('form.version'),
        options: pickable.map((candidate) => ({ value: candidate.key, label: candidateLabel(v, candidate) })),
        selected: chosen.key,
      },
      {
        kind: 'choice',
        id: 'regions',
        label: v.plain('form.regions'),
        options: [
          ...(open.length > 1 ? [{ value: '*', label: v.plain('form.all-regions', { regions: { list: open } }) }] : []),
          ...open.map((region) => ({ value: region, label: v.plain('form.only-region', { region }) })),
        ],
        selected: form.regions.length > 1 ? '*' : (form.regions[0] ?? open[0] ?? '*'),
      },
      {
        kind: 'text',
        id: 'reason',
        label: v.plain('form.reason'),
        placeholder: v.plain('form.reason-hint'),
        lines: 'one',
        maxLength: 200,
      },
    ],
  }
}

const reasonTexts = {
  reject: { title: 'form.reject-title', submit: 'form.reject-submit', label: 'form.reject-reason' },
  undo: { title: 'form.undo-title', submit: 'form.submit', label: 'form.reason' },
  glass: { title: 'form.glass-title', submit: 'form.glass-submit', label: 'form.glass-reason' },
  override: { title: 'form.override-title', submit: 'form.override-submit', label: 'form.override-reason' },
  review: { title: 'form.review-title', submit: 'button.review', label: 'form.review-note' },
  close: { title: 'form.close-title', submit: 'button.close-incident', label: 'form.close-note' },
} as const

/** A dialog with one line to fill in, under what it is about: why something is rejected, undone, broken or closed. */
export function reasonForm(
  language: Language,
  of: {
    readonly form: string
    readonly value: string
    readonly id: string
    readonly kind: keyof typeof reasonTexts
    readonly about?: readonly Text[]
  },
): Form {
  const v = voice(language)
  const { id, kind, form, value } = of
  const texts = reasonTexts[kind]
  return {
    kind: 'form',
    language,
    form,
    value,
    title: v.plain(texts.title, { id }),
    submit: v.plain(texts.submit, { id }),
    cancel: v.plain('form.cancel'),
    blocks: (of.about ?? []).map((text): Block => ({ kind: 'text', text })),
    inputs: [{ kind: 'text', id: 'reason', label: v.plain(texts.label), lines: 'one', maxLength: 200 }],
  }
}
