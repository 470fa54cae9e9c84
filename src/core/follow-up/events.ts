import type { PersonId } from '../actor.ts'

type Fact<Type extends string, Data> = { readonly type: Type; readonly v: 1; readonly data: Data }

/** Stream `follow-up/<id>`: something a person owes. */
export type FollowUpEvent =
  | Fact<
      'follow-up.opened',
      {
        readonly id: string
        readonly what: 'post-mortem'
        readonly incident: string
        readonly owner: PersonId
        readonly dueAt: string
      }
    >
  | Fact<'follow-up.done', { readonly id: string; readonly person: PersonId }>
