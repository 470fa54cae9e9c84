import type { Account } from '../core/actor.ts'
import type { DrillRefusal } from '../core/drill/refusal.ts'
import type { FreezeRefusal } from '../core/freeze/refusal.ts'
import type { IncidentRefusal } from '../core/incident/decide.ts'
import type { OnCallRefusal } from '../core/oncall/refusal.ts'
import type { Refusal } from '../core/rollback/refusal.ts'
import type { Language } from '../text/language.ts'
import { plain, sayWording } from '../text/say.ts'
import type { Text } from '../text/span.ts'
import { drillRefusal, isDrillRefusal } from './drill-refusal.ts'
import { freezeRefusal, isFreezeRefusal } from './freeze-refusal.ts'
import { isOnCallWords, type OnCallWordsRefusal, onCallRefusal } from './on-call-refusal.ts'
import { peopleText } from './people.ts'
import type { Button, Note } from './view.ts'
import { type Voice, voice } from './words.ts'

/** Every expected "no" that a command can meet. */
export type AnyRefusal =
  | Refusal
  | IncidentRefusal
  | FreezeRefusal
  | DrillRefusal
  | OnCallRefusal
  | OnCallWordsRefusal
  | { readonly refused: 'unknown-service'; readonly word: string; readonly nearest: readonly string[] }
  | { readonly refused: 'unknown-place'; readonly word: string; readonly known: readonly string[] }
  | {
      readonly refused: 'not-a-candidate'
      readonly service: string
      readonly version: string
      readonly why: string | null
      readonly known: readonly string[]
    }
  | { readonly refused: 'audit-what'; readonly word: string; readonly nearest: readonly string[] }
  | { readonly refused: 'may-not-audit'; readonly may: readonly string[] }
  | { readonly refused: 'unknown-rollback'; readonly id: string }
  | { readonly refused: 'nothing-owed'; readonly id: string }
  | { readonly refused: 'usage'; readonly usage: string }
  | { readonly refused: 'unknown-command'; readonly name: string; readonly nearest: readonly string[] }
  | { readonly refused: 'stale-button' }
  | { readonly refused: 'gone' }

/** What was refused, why, and what can be done now. `account` is who asked; `next` are ways on, as buttons. */
export function refusalNote(
  refusal: AnyRefusal,
  language: Language,
  of: { readonly account: Account; readonly id?: string; readonly next?: readonly Button[] },
): Note {
  const v = voice(language)
  const lines = refusalLines(v, refusal, of.account, of.id ?? '')
  return { kind: 'note', language, lines, buttons: of.next ?? [] }
}

function refusalLines(v: Voice, no: AnyRefusal, account: Account, id: string): Text[] {
  if (isDrillRefusal(no)) return drillRefusal(v, no)
  if (isFreezeRefusal(no)) return freezeRefusal(v, no)
  if (isOnCallWords(no)) return onCallRefusal(v, no)
  switch (no.refused) {
    case 'unknown-service': {
      const nearest =
        no.nearest.length > 0
          ? v.plain('refusal.nearest', { names: { list: no.nearest } })
          : v.plain('refusal.nearest-none')
      return [v.say('refusal.unknown-service', { word: no.word, nearest })]
    }
    case 'unknown-place':
      return [v.say('refusal.unknown-place', { word: no.word, known: { list: no.known } })]
    case 'not-a-candidate': {
      const { service, version, why } = no
      if (no.known.length === 0) return [v.say('refusal.no-candidates', { version, service })]
      const known = { list: no.known }
      return [
        why
          ? v.say('refusal.candidate-blocked', { version, service, why, known })
          : v.say('refusal.not-a-candidate', { version, service, known }),
      ]
    }
    case 'unknown-person':
      return [v.say('refusal.unknown-person', { account: `${account.chat} ${account.tenant} ${account.user}` })]
    case 'standing':
      return no.standing === 'member'
        ? []
        : [v.say(`refusal.standing-${no.standing}`, { people: people(v, no.approvers) })]
    case 'may-not-propose':
      return [v.say('refusal.may-not-propose', { people: peopleText(v, no.may, no.roles) })]
    case 'needs-a-person':
      return [v.say('refusal.needs-a-person', { people: people(v, no.may) })]
    case 'locked':
      return [v.say('refusal.locked', { person: { person: no.by }, rollback: no.rollback, target: no.target })]
    case 'blocked':
      return [
        v.say('refusal.blocked'),
        ...no.blockers.map((blocker) =>
          v.say('refusal.blocked-line', {
            region: blocker.region,
            why: plain(sayWording(v.language, blocker.wording)),
          }),
        ),
        v.say('refusal.blocked-next'),
      ]
    case 'nothing-to-do':
      return [v.say('refusal.nothing-to-do', { version: no.version })]
    case 'not-an-approver':
      return [v.say('refusal.not-an-approver', { people: peopleText(v, no.approvers, no.roles) })]
    case 'self-approval':
      return [
        v.say('refusal.self-approval', { tier: no.tier, people: peopleText(v, no.approvers, no.roles) }),
        ...no.ways.map((way) => v.say(`refusal.way-${way}`)),
      ]
    case 'second-kind': {
      const kinds = no.kinds.length > 0 ? { list: no.kinds } : v.plain('refusal.plain-kind')
      return [v.say('refusal.second-kind', { kinds, people: peopleText(v, no.approvers, no.roles) })]
    }
    case 'not-at-once':
    case 'no-glass': {
      const { tier, may, roles } = no
      return [
        may.length === 0
          ? v.say(`refusal.${no.refused}-nobody`, { tier })
          : v.say(`refusal.${no.refused}`, { tier, people: peopleText(v, may, roles) }),
      ]
    }
    case 'own-review':
    case 'not-a-reviewer':
      return [v.say(`refusal.${no.refused}`, { people: peopleText(v, no.may, no.roles) })]
    case 'no-review':
      return [
        no.by ? v.say('refusal.no-review-by', { id, person: { person: no.by } }) : v.say('refusal.no-review', { id }),
      ]
    case 'expired':
      return [v.say('refusal.expired', { at: { at: no.at } })]
    case 'not-waiting': {
      const state = v.plain(`outcome.${no.outcome ?? 'running'}`)
      return [
        no.by
          ? v.say('refusal.not-waiting-by', { id, state, person: { person: no.by } })
          : v.say('refusal.not-waiting', { id, state }),
      ]
    }
    case 'not-running':
      return [v.say('refusal.not-running', { id, state: v.plain(`outcome.${no.outcome ?? 'running'}`) })]
    case 'drill-alerts':
      return [v.say('refusal.drill-alerts', { drill: no.drill, service: no.service })]
    case 'already-aborting':
      return [v.say('refusal.already-aborting', { person: { person: no.by } })]
    case 'may-not-stop':
      return [v.say('refusal.may-not-stop', { people: peopleText(v, no.may, no.roles) })]
    case 'automatic-acted':
      return [v.say('refusal.automatic-acted', { rollback: no.rollback })]
    case 'incident-unknown': {
      const open = no.open.length > 0 ? no.open.join(', ') : v.plain('refusal.incident-none-open')
      return [v.say('refusal.incident-unknown', { id: no.id, open })]
    }
    case 'no-incident-here': {
      const open = no.open.length > 0 ? no.open.join(', ') : v.plain('refusal.incident-none-open')
      return [v.say('refusal.no-incident-here', { open })]
    }
    case 'incident-closed':
      if (no.into !== undefined) return [v.say('refusal.incident-joined', { id: no.id, into: no.into })]
      if (no.by === null) return [v.say('refusal.incident-drill-over', { id: no.id })]
      return [v.say('refusal.incident-closed', { id: no.id, person: { person: no.by } })]
    case 'incident-busy':
      return [v.say('refusal.incident-busy', { id: no.id, rollback: no.rollback })]
    case 'incident-open':
      return [v.say('refusal.incident-open', { id: no.id, service: no.service })]
    case 'nothing-owed':
      return [v.say('refusal.nothing-owed', { id: no.id })]
    case 'audit-what': {
      const nearest = no.nearest.length > 0 ? v.plain('refusal.nearest', { names: { list: no.nearest } }) : ''
      return [v.say('refusal.audit-what', { word: no.word, nearest })]
    }
    case 'may-not-audit':
      return [v.say('refusal.may-not-audit', { people: people(v, no.may) })]
    case 'unknown-rollback':
      return [v.say('refusal.unknown-rollback', { id: no.id })]
    case 'usage':
      return [v.say('refusal.usage', { usage: no.usage })]
    case 'unknown-command': {
      const nearest = no.nearest.length > 0 ? v.plain('refusal.nearest', { names: { list: no.nearest } }) : ''
      return [v.say('refusal.unknown-command', { name: no.name, nearest })]
    }
    case 'no-reason':
    case 'nobody-approves':
    case 'already-approved':
    case 'plan-differs':
    case 'stale-button':
    case 'gone':
      return [v.say(`refusal.${no.refused}`)]
  }
}

const people = (v: Voice, who: readonly string[]) => (who.length > 0 ? { anyOf: who } : v.plain('refusal.somebody'))
