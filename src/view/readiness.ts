import type { Answer, Finding, Readiness } from '../core/readiness/facts.ts'
import type { Language } from '../text/language.ts'
import { plain, sayWording } from '../text/say.ts'
import type { Text } from '../text/span.ts'
import type { Document } from './view.ts'
import { type Voice, voice } from './words.ts'

export interface ReadinessOf {
  /** Worst first. */
  readonly services: readonly Readiness[]
  readonly now: string
  /** Digest of the configuration. */
  readonly config: string
}

const glyphs: Readonly<Record<Answer, string>> = { missing: '✕', doubtful: '⚠', unknown: '?', ready: '✓' }

/** Lines of a message before it is too long to be read. */
const mostLines = 25

/** The report: `short` for a chat, one line a service; else everything. */
export function readinessDocument(of: ReadinessOf, language: Language, short: boolean): Document {
  const v = voice(language)
  const { services, now, config } = of
  const shown = short ? services.slice(0, mostLines) : services
  const lines = [
    ...shown.map((one) => overview(v, one)),
    ...(services.length === 0 ? [v.say('readiness.none')] : []),
    ...(shown.length < services.length ? [v.say('readiness.more', { count: services.length - shown.length })] : []),
    ...(short && services.length > 0 ? [v.say('readiness.hint')] : []),
  ]
  return {
    kind: 'document',
    language,
    title: v.plain('readiness.title'),
    sections: [
      section('all', v.plain('readiness.all'), lines),
      ...(short ? [] : services.map((one) => serviceSection(v, one))),
      section('made', v.plain('readiness.made'), [madeOf(v, now, config)]),
    ],
  }
}

/** One service, with what to do. */
export function serviceReadiness(one: Readiness, of: Omit<ReadinessOf, 'services'>, language: Language): Document {
  const v = voice(language)
  return {
    kind: 'document',
    language,
    title: v.plain('readiness.title-one', { service: one.service }),
    sections: [serviceSection(v, one), section('made', v.plain('readiness.made'), [madeOf(v, of.now, of.config)])],
  }
}

/** For programs: the same, worst first, with its words in one language. */
export function readinessJson({ services, now, config }: ReadinessOf, language: Language): object {
  const text = (wording: Finding['why']) => plain(sayWording(language, wording))
  return {
    at: now,
    config,
    services: services.map(({ service, tier, findings }) => ({
      service,
      tier,
      ready: worstOf(findings) === null,
      findings: findings.map(({ question, answer, why, next }) => ({
        question,
        answer,
        why: text(why),
        next: next && text(next),
      })),
    })),
  }
}

const section = (id: string, heading: string, lines: readonly Text[]) => ({
  id,
  heading,
  by: 'astern' as const,
  lines,
})

const madeOf = (v: Voice, now: string, config: string): Text =>
  v.say('readiness.made-of', { at: { at: now, show: 'datetime' }, config: config.slice(0, 12) })

const serviceSection = (v: Voice, { service, tier, findings }: Readiness) =>
  section(
    `service-${service}`,
    v.plain('readiness.service', { service, tier }),
    findings.map((finding) => line(v, finding)),
  )

function line(v: Voice, { question, answer, why, next }: Finding): Text {
  const values = {
    glyph: glyphs[answer],
    question: v.plain(`readiness.question-${question}`),
    why: sayWording(v.language, why),
  }
  return next
    ? v.say('readiness.finding-next', { ...values, next: sayWording(v.language, next) })
    : v.say('readiness.finding', values)
}

/** What is worst, where it is worth a word. */
const worstOf = (findings: readonly Finding[]): Finding | null =>
  findings.find(({ answer }) => answer !== 'ready') ?? null

function overview(v: Voice, { service, tier, findings }: Readiness): Text {
  const worst = worstOf(findings)
  const count = (answer: Answer) => findings.filter((finding) => finding.answer === answer).length
  const state = worst
    ? v.say('readiness.state-missing', {
        missing: count('missing'),
        doubtful: count('doubtful'),
        unknown: count('unknown'),
        worst: v.plain(`readiness.question-${worst.question}`),
      })
    : v.say('readiness.state-ready')
  return v.say('readiness.line', { glyph: glyphs[worst?.answer ?? 'ready'], service, tier, state })
}
