import type { Rule } from '../policy/verdict.ts'

/** The rule behind a refusal, by the machine word that a delivery's outcome records. What is not here was no question of rights. */
export const ruleOfRefusal: Readonly<Record<string, Rule>> = {
  'unknown-person': 'known-people',
  standing: 'members-only',
  'may-not-propose': 'propose',
  'needs-a-person': 'human',
  frozen: 'freeze',
  'self-approval': 'four-eyes',
  'not-an-approver': 'approve',
  'already-approved': 'once-each',
  'second-kind': 'second-kind',
  'not-at-once': 'act-at-once',
  'no-glass': 'break-glass',
  'own-review': 'review',
  'not-a-reviewer': 'review',
  expired: 'in-time',
  'may-not-freeze': 'freeze',
}
