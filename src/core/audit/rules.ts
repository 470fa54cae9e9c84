import type { Rule } from '../policy/verdict.ts'

/**
 * Beside those of policies: who may change who is on call, how long people rest between shifts, and that somebody was put there anyway;
 * who may read an audit; who may plan drills.
 */
export type OwnRule = 'schedule' | 'rest' | 'rest-overridden' | 'audit' | 'drill' | 'automatic'

/** The rule behind a refusal, by the machine word that a delivery's outcome records. What is not here was no question of rights. */
export const ruleOfRefusal: Readonly<Record<string, Rule | OwnRule>> = {
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
  'not-of-schedule': 'schedule',
  'only-shadow': 'schedule',
  'swap-not-yours': 'schedule',
  'too-little-rest': 'rest',
  'may-not-audit': 'audit',
  'may-not-drill': 'drill',
  'may-not-stop': 'automatic',
  'automatic-acted': 'automatic',
}
