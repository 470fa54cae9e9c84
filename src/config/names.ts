import { z } from 'zod'
import { nearest } from '../core/nearest.ts'

/** What people type in chat and what stands in the ids of targets: no spaces, no slashes. */
export const name = () =>
  z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, {
    error: 'a name has only letters, digits, dots, hyphens and underscores, and begins with a letter or digit',
  })

/** A name of something that stands elsewhere in the configuration. */
export const referenceTo = (what: string, known: readonly string[]) =>
  z.string().check((context) => {
    if (known.includes(context.value)) return
    const suggestion = nearest(context.value, known, 1)[0]
    context.issues.push({
      code: 'custom',
      input: context.value,
      message: `there is no ${what} ${JSON.stringify(context.value)}${known.length === 0 ? '; none is configured' : ''}`,
      params: { suggestion },
    })
  })

/** Names that a configuration defines and may refer to. */
export interface KnownNames {
  readonly people: readonly string[]
  readonly teams: readonly string[]
  readonly services: readonly string[]
  readonly schedules: readonly string[]
  readonly escalations: readonly string[]
  readonly connections: readonly string[]
  readonly monitors: readonly string[]
  /** Chats that have a part under `chat`. */
  readonly chats: readonly string[]
}

/** Words that stand for people in a policy, so that nobody can be called so. */
export const owners = 'owners'
export const anyone = 'anyone'
export const commander = 'commander'
export const onCall = 'on-call'
export const nobody = 'nobody'
export const policyWords = [owners, anyone, commander, onCall, nobody]

/** Who a policy can name: people, teams, and the words for whoever it is at the moment. */
export const rolesOf = (known: KnownNames): readonly string[] => [
  ...known.people,
  ...known.teams,
  owners,
  commander,
  onCall,
  ...known.services.map((service) => `${onCall}:${service}`),
]
