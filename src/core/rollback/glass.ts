import { astern, type PersonId, personOrNull } from '../actor.ts'
import type { Policy } from '../policy/policy.ts'
import { verdict } from '../policy/verdict.ts'
import { type Consent, type Decision, factsAbout, notNow, type Proposal, propose, waitingFor } from './decide.ts'
import { refusalOf } from './refusal.ts'
import { type Rollback, rollbackFrom } from './state.ts'

/** Who is told when somebody breaks the glass: whoever asked, those whose approval is passed over, the commander. */
export const concernedBy = (state: Rollback, policy: Policy): readonly PersonId[] => [
  ...new Set(
    [personOrNull(state.requester), ...waitingFor(state, policy), policy.commander].filter((person) => person !== null),
  ),
]

/** Runs it without the approval it needs. `via` the host there is no standing: no chat is asked. */
export function breakGlass(
  state: Rollback,
  consent: Consent & { readonly via: 'chat' | 'host'; readonly review: string },
  reason: string,
  now: string,
): Decision {
  // At the host it is always said, also where nobody else would have had to agree.
  const no = notNow('break-glass', state, consent, now, consent.via === 'host' ? 'approved' : 'awaiting-approval')
  if (no) return no
  if (reason.trim() === '') return { refused: 'no-reason' }
  const { person, standing, via, review, policy } = consent
  const { hash, preview } = state
  const data = { person, reason: reason.trim(), hash, preview, via, review }
  return [
    {
      type: 'rollback.glass-broken',
      v: 1,
      data: {
        ...data,
        ...(via === 'chat' && { standing }),
        concerned: concernedBy(state, policy).filter((one) => one !== person),
      },
    },
  ]
}

/** A proposal that is run at once without the approval it needs: at the host, where chat may be down. */
export function proposeAndBreakGlass(
  proposal: Proposal,
  glass: { readonly reason: string; readonly review: string },
  now: string,
): Decision {
  const proposed = propose(proposal, now)
  if ('refused' in proposed) return proposed
  const recorded = { position: 0, stream: '', version: 1, at: now, actor: astern, config: '', hash: '' }
  const state = rollbackFrom(proposed.map((event) => ({ ...recorded, event })))
  if (!state) return proposed
  const { requester: person, standing, policy } = proposal
  const { hash, preview } = state
  const consent = { person, standing, policy, hash, preview, via: 'host', review: glass.review } as const
  const broken = breakGlass(state, consent, glass.reason, now)
  return 'refused' in broken ? broken : [...proposed, ...broken]
}

/** Somebody else closes the review of a broken glass. */
export function review(state: Rollback, consent: Omit<Consent, 'hash' | 'preview'>, note: string): Decision {
  const { glass } = state
  const facts = factsAbout(state, consent, state.proposedAt)
  const said = verdict('review', facts)
  if (!said.allowed && said.rule === 'members-only') return refusalOf(said, facts)
  if (!glass || glass.reviewed) return { refused: 'no-review', by: glass?.reviewed?.person ?? null }
  if (!said.allowed) return refusalOf(said, facts)
  if (note.trim() === '') return { refused: 'no-reason' }
  return [{ type: 'rollback.reviewed', v: 1, data: { person: consent.person, note: note.trim() } }]
}
