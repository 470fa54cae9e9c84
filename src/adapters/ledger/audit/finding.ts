import type { Wording } from '../../../core/wording.ts'
import type { Head } from '../../../ports/ledger.ts'
import { wording } from '../../../text/say.ts'

export type FindingKind =
  /** The event's content or envelope is not what was recorded. */
  | 'altered'
  | 'missing'
  /** The event stands where another one stood. */
  | 'reordered'
  /** The event does not follow from the one before it: one of the two was changed. */
  | 'chain-broken'
  | 'erased-unannounced'
  | 'bad-signature'
  /** A checkpoint or a witness knows another hash: the chain was made anew up to there. */
  | 'rebuilt'
  | 'cut-tail'
  /** The database cannot give the event any more. */
  | 'unreadable'
  /** The database's own check found damage that is not in an event, for example in an index. */
  | 'damaged'

export interface AuditFinding {
  readonly kind: FindingKind
  /** Null where no single event can be named. */
  readonly position: number | null
  /** The last of several events in a row. */
  readonly through?: number
  readonly words: Wording
}

export interface AuditReport {
  /** How many events were looked at. */
  readonly events: number
  readonly head: Head
  /** Erased and announced. */
  readonly erased: number
  readonly findings: readonly AuditFinding[]
  /** Findings beyond those that are listed. */
  readonly more: number
  readonly checkpoints: { readonly total: number; readonly verified: number; readonly unchecked: number }
  readonly witnesses: { readonly given: number; readonly matched: number }
}

/** A position as people copy it: no thousands separator. */
const written = (position: number): string => String(position)

export const found = {
  altered: (position: number): AuditFinding => ({
    kind: 'altered',
    position,
    words: wording('ledger.audit-altered', { position: written(position) }),
  }),
  missing: (position: number, through: number): AuditFinding => ({
    kind: 'missing',
    position,
    through,
    words:
      position === through
        ? wording('ledger.audit-missing', { position: written(position) })
        : wording('ledger.audit-missing-many', { position: written(position), through: written(through) }),
  }),
  reordered: (position: number, from: number | null): AuditFinding => ({
    kind: 'reordered',
    position,
    words:
      from === null
        ? wording('ledger.audit-out-of-order', { position: written(position) })
        : wording('ledger.audit-reordered', { position: written(position), from: written(from) }),
  }),
  broken: (position: number): AuditFinding => ({
    kind: 'chain-broken',
    position,
    words: wording('ledger.audit-chain-broken', { position: written(position), before: written(position - 1) }),
  }),
  unannounced: (position: number): AuditFinding => ({
    kind: 'erased-unannounced',
    position,
    words: wording('ledger.audit-erased-unannounced', { position: written(position) }),
  }),
  badSignature: (position: number): AuditFinding => ({
    kind: 'bad-signature',
    position,
    words: wording('ledger.audit-bad-signature', { position: written(position) }),
  }),
  otherKey: (position: number): AuditFinding => ({
    kind: 'bad-signature',
    position,
    words: wording('ledger.audit-other-key', { position: written(position) }),
  }),
  rebuiltSinceCheckpoint: (position: number, checkpoint: number): AuditFinding => ({
    kind: 'rebuilt',
    position,
    words: wording('ledger.audit-rebuilt-checkpoint', {
      position: written(position),
      checkpoint: written(checkpoint),
    }),
  }),
  rebuiltSinceWitness: (position: number): AuditFinding => ({
    kind: 'rebuilt',
    position,
    words: wording('ledger.audit-rebuilt-witness', { position: written(position) }),
  }),
  cutTail: (position: number, through: number): AuditFinding => ({
    kind: 'cut-tail',
    position,
    through,
    words: wording('ledger.audit-cut-tail', { position: written(position), through: written(through) }),
  }),
  unreadable: (position: number): AuditFinding => ({
    kind: 'unreadable',
    position,
    words: wording('ledger.audit-unreadable', { position: written(position) }),
  }),
  damaged: (what: string): AuditFinding => ({
    kind: 'damaged',
    position: null,
    words: wording('ledger.audit-damaged', { what }),
  }),
} as const
