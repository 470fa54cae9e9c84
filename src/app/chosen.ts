import { languageIn } from '../config/config.ts'
import type { Candidate } from '../core/release/candidates.ts'
import type { Language } from '../text/language.ts'
import { plain, sayPlain, sayWording } from '../text/say.ts'
import { candidatesCard } from '../view/candidates.ts'
import type { Look } from '../view/look.ts'
import type { AnyRefusal } from '../view/refusal.ts'
import { refusalNote } from '../view/refusal.ts'
import type { Note } from '../view/view.ts'
import type { Input, Reply } from './command.ts'
import { asked, explain } from './explain.ts'
import { look } from './look.ts'
import { rollbackWords } from './rollback-words.ts'
import { findScope, laneOf, type Scope } from './scope.ts'

/** What a button about a look is bound to. */
export interface Reference {
  readonly service: string
  readonly environment: string | null
  readonly regions: readonly string[] | null
  readonly candidate: string | null
}

/** Reads a button's value back; null when it is not one of ours. Never trusted: it only names things. */
export function reference(value: string): Reference | null {
  try {
    const { s, e, r, c } = JSON.parse(value) as { s?: unknown; e?: unknown; r?: unknown; c?: unknown }
    if (typeof s !== 'string') return null
    return {
      service: s,
      environment: typeof e === 'string' ? e : null,
      regions: Array.isArray(r) ? r.filter((region): region is string => typeof region === 'string') : null,
      candidate: typeof c === 'string' ? c : null,
    }
  } catch {
    return null
  }
}

/** The scope that a reference names, if the configuration still has it. */
export function scopeOf(input: Input, of: Reference): Scope | AnyRefusal {
  const scope = findScope(input.world.config(), of.service, of.environment)
  if ('refused' in scope) return { refused: 'gone' }
  const { regions } = of
  if (!regions) return scope
  const targets = scope.targets.filter((target) => regions.includes(laneOf(scope, target)))
  return targets.length > 0 ? { ...scope, targets } : { refused: 'gone' }
}

/** The candidate that somebody named by version, or why it is none. */
export function candidateNamed(found: Look, version: string, language: Language): Candidate | AnyRefusal {
  const known = found.candidates
    .filter((candidate) => candidate.blockers.length === 0)
    .map((candidate) => candidate.version)
  const candidate = found.candidates.find(
    (one) => one.version === version || Object.values(one.releases).some((release) => release.version === version),
  )
  if (!candidate) return { refused: 'not-a-candidate', service: found.service, version, why: null, known }
  const blocker = candidate.blockers[0]
  if (!blocker) return candidate
  const why = plain(sayWording(language, blocker.wording))
  return { refused: 'not-a-candidate', service: found.service, version, why, known }
}

/** `/rollback` and `/versions` alike: what runs and what it could go back to. Only shows: no lock, no incident. */
export async function showCandidates(
  input: Input & { readonly text: string },
  usage: string,
  offer: boolean,
): Promise<Reply> {
  const { world, language, signal } = input
  const { text, explained } = asked(input.text)
  const words = rollbackWords(text)
  if (!words) return refused(input, { refused: 'usage', usage })
  if (!words.service) {
    const names = { list: [...world.config().services.keys()] }
    const lines = [[sayPlain(language, 'answer.services', { names })]]
    return { view: { kind: 'note', language, lines, buttons: [] }, outcome: 'shown' }
  }
  const scope = findScope(world.config(), words.service, words.place)
  if ('refused' in scope) return refused(input, scope)
  if (explained) return explain(input, scope)
  const found = await look(world, scope, signal)
  const named = words.to ? candidateNamed(found, words.to, language) : found.suggested
  if (named && 'refused' in named) return refused(input, named)
  const { place, account } = input.delivery
  const lives = place && world.desk.incidentIn(account.chat, place.channel)
  const room = lives?.rooms.some(({ own }) => own)
  const shown = room ? languageIn(scope.service, account.chat) : language
  const view = candidatesCard(found, shown, offer ? { chosen: named } : null)
  return { view, outcome: 'shown', ...(room && { toAll: true }) }
}

/** A refusal as a reply. */
export function refused(input: Input, no: AnyRefusal, id?: string, next?: Note['buttons']): Reply {
  const { account } = input.delivery
  return {
    view: refusalNote(no, input.language, { account, ...(id && { id }), ...(next && { next }) }),
    outcome: `refused:${no.refused}`,
  }
}
