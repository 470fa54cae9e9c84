import type { PersonId } from '../actor.ts'
import { countsOf, type Given, missing, type Needs, nothing, plainApproval } from './needs.ts'
import type { Policy, Standing } from './policy.ts'

/** What people can want to do with a rollback. */
export type Deed = 'propose' | 'approve' | 'reject' | 'abort' | 'act-at-once' | 'break-glass' | 'review'
export const deeds = ['propose', 'approve', 'reject', 'abort', 'act-at-once', 'break-glass', 'review'] as const

/** Every rule there is. Closed: the view has words for each. */
export type Rule =
  /** The account is in the configuration. */
  | 'known-people'
  /** The chat says that she is a full, active member of the organisation, and it is no shared channel. */
  | 'members-only'
  /** Who may start, who approves, who has the right to act at once, who may break the glass: as the policy lists them. */
  | 'propose'
  | 'approve'
  | 'act-at-once'
  | 'break-glass'
  /** Nobody approves what she asked for herself. */
  | 'four-eyes'
  /** A plan with such steps needs the consent of others as well. */
  | 'second-kind'
  | 'once-each'
  /** No consent is missing. */
  | 'enough'
  /** Whoever asked may take it back or stop it; so may whoever broke the glass for it. */
  | 'own-request'
  /** While a freeze stands nothing is released; unless an incident is open, or somebody overrides it with a reason. */
  | 'freeze'
  | 'freeze-overridden'
  | 'open-incident'
  /** Nothing runs without a person. */
  | 'human'
  /** A proposal waits only so long. */
  | 'in-time'
  /** Somebody else reviews a broken glass. */
  | 'review'

/** What can be done instead, by whoever asked. */
export type Way =
  | 'be-configured'
  | 'internal-channel'
  | 'try-again'
  | 'ask-again'
  | 'ask-them'
  | 'act-at-once'
  | 'break-glass'
  | 'open-incident'
  | 'override-freeze'

export interface Instead {
  /** Who may do it; empty where nobody may. */
  readonly people: readonly PersonId[]
  readonly ways: readonly Way[]
}

export type Verdict =
  | { readonly allowed: true; readonly rule: Rule }
  | { readonly allowed: false; readonly rule: Rule; readonly instead: Instead }

export interface Facts {
  /** As it stands at this moment. */
  readonly policy: Policy
  /** Null: the account is nobody's. */
  readonly person: PersonId | null
  readonly standing: Standing
  /** Astern itself wants it, for example because a check fails. */
  readonly automatic?: boolean
  /** Null while nothing is asked for. */
  readonly requester: PersonId | null
  /** What the plan needs before it may run. */
  readonly needs: Needs
  /** The consent there is. */
  readonly given: readonly Given[]
  /** Whether a freeze stands where the plan would change something. */
  readonly frozen: boolean
  /** Why it is to be done in spite of a freeze. */
  readonly override: string | null
  readonly inIncident: boolean
  readonly inTime: boolean
  readonly glassBroken: PersonId | null
}

/** Allowed or refused, by which rule, and what would be needed instead. */
export function verdict(deed: Deed, facts: Facts): Verdict {
  const { person, policy, standing } = facts
  if (facts.automatic) return automatic(deed, facts)
  const may = whoMay(deed, facts)
  const no = (rule: Rule, ...ways: Way[]): Verdict => ({
    allowed: false,
    rule,
    instead: { people: may.filter((one) => one !== person), ways: [...ways, ...ownWays(deed, facts)] },
  })
  if (person === null) return no('known-people', 'be-configured')
  if (standing !== 'member') return no('members-only', ...standingWays(standing))
  const timed = deed !== 'propose' && deed !== 'abort' && deed !== 'review'
  if (timed && !facts.inTime) return no('in-time', 'ask-again')
  switch (deed) {
    case 'propose': {
      if (!mayPropose(policy, person)) return no('propose', 'ask-them')
      if (facts.frozen && !facts.inIncident) {
        const mayOverride = answerFor(policy).includes(person) || policy.breakGlass.includes(person)
        if (!mayOverride) return no('freeze', 'open-incident')
        if (facts.override === null) return no('freeze', 'open-incident', 'override-freeze')
      }
      const rule = !facts.frozen ? 'propose' : facts.inIncident ? 'open-incident' : 'freeze-overridden'
      return { allowed: true, rule }
    }
    case 'approve':
      return approval(facts, person, no)
    case 'reject':
    case 'abort': {
      if (person === facts.requester || person === facts.glassBroken) return { allowed: true, rule: 'own-request' }
      return may.includes(person) ? { allowed: true, rule: 'approve' } : no('approve', 'ask-them')
    }
    case 'act-at-once':
    case 'break-glass':
      return may.includes(person) ? { allowed: true, rule: deed } : no(deed)
    case 'review':
      return may.includes(person) ? { allowed: true, rule: 'review' } : no('review', 'ask-them')
  }
}

function approval(facts: Facts, person: PersonId, no: (rule: Rule, ...ways: Way[]) => Verdict): Verdict {
  const { policy, given } = facts
  const counts = countsOf(policy, person).filter((kind) => kind === plainApproval || facts.needs.kinds.includes(kind))
  if (policy.fourEyes && person === facts.requester) return no('four-eyes', 'ask-them')
  if (counts.length === 0) return no('approve', 'ask-them')
  if (given.some((one) => one.person === person)) return no('once-each', 'ask-them')
  const left = missing(facts.needs, given)
  if (nothing(left)) return no('enough')
  if (!helps(facts, person)) return no('second-kind', 'ask-them')
  return { allowed: true, rule: left.approvals > 0 && counts.includes(plainApproval) ? 'approve' : 'second-kind' }
}

/** Whether her consent would leave less missing. */
function helps({ policy, needs, given }: Pick<Facts, 'policy' | 'needs' | 'given'>, person: PersonId): boolean {
  const before = missing(needs, given)
  const after = missing(needs, [...given, { person, counts: countsOf(policy, person) }])
  return after.approvals < before.approvals || after.kinds.length < before.kinds.length
}

/** Astern may ask for something; that alone never runs anything where a human is wanted. It consents to nothing. */
function automatic(deed: Deed, facts: Facts): Verdict {
  const { policy, frozen, inIncident } = facts
  const no = (rule: Rule): Verdict => ({
    allowed: false,
    rule,
    instead: { people: whoMay(deed, facts), ways: ['ask-them'] },
  })
  if (deed !== 'propose') return no('human')
  if (policy.human && nothing(facts.needs)) return no('human')
  if (frozen && !inIncident) return no('freeze')
  return { allowed: true, rule: 'human' }
}

/** Who could do it at this moment. */
export function whoMay(
  deed: Deed,
  facts: Pick<Facts, 'policy' | 'requester' | 'needs' | 'given' | 'glassBroken'>,
): readonly PersonId[] {
  const { policy, requester, needs, given, glassBroken } = facts
  switch (deed) {
    case 'propose':
      return policy.propose === 'anyone' ? policy.owners : policy.propose
    case 'approve':
      return approversOf(policy, requester, needs.kinds).filter(
        (person) => !given.some((one) => one.person === person) && helps(facts, person),
      )
    case 'reject':
    case 'abort': {
      const own = deed === 'abort' ? [requester, glassBroken] : [requester]
      return once([...approversOf(policy, null, needs.kinds), ...own.filter((person) => person !== null)])
    }
    case 'act-at-once':
      return policy.emergency
    case 'break-glass':
      return policy.breakGlass
    case 'review':
      return answerFor(policy).filter((person) => person !== glassBroken)
  }
}

/** Who may approve what `requester` asked for, where the plan needs these kinds of consent beside the plain one. */
const approversOf = (
  policy: Pick<Policy, 'approve' | 'also' | 'fourEyes'>,
  requester: PersonId | null,
  kinds: readonly string[],
): readonly PersonId[] =>
  once([...policy.approve, ...kinds.flatMap((kind) => policy.also[kind] ?? [])]).filter(
    (person) => !policy.fourEyes || person !== requester,
  )

/** Who answers for the service: they may override a freeze, and close the review of a glass that somebody else broke. */
export const answerFor = ({ owners, commander, approve }: Policy): readonly PersonId[] =>
  once([...(commander === null ? [] : [commander]), ...owners, ...approve])

/** Whoever may run it alone may also ask for it. */
export const mayPropose = ({ propose, emergency, breakGlass }: Policy, person: PersonId): boolean =>
  propose === 'anyone' || [propose, emergency, breakGlass].some((people) => people.includes(person))

const once = (people: readonly PersonId[]): readonly PersonId[] => [...new Set(people)]

/** Ways on that the policy leaves to whoever asked herself. */
function ownWays(deed: Deed, { person, standing, policy, inTime }: Facts): Way[] {
  if (deed !== 'approve' || person === null || standing !== 'member' || !inTime) return []
  const ways: Way[] = []
  if (policy.emergency.includes(person)) ways.push('act-at-once')
  if (policy.breakGlass.includes(person)) ways.push('break-glass')
  return ways
}

function standingWays(standing: Standing): Way[] {
  if (standing === 'other-organisation') return ['internal-channel']
  if (standing === 'could-not-ask') return ['try-again']
  return ['ask-them']
}
