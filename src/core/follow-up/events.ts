import type { PersonId } from '../actor.ts'

type Fact<Type extends string, Data> = { readonly type: Type; readonly v: 1; readonly data: Data }

/** Stream `follow-up/<id>`: something a person owes. */
export type FollowUpEvent =
  | Fact<
      'follow-up.opened',
      {
        readonly id: string
        /** `review`: of a glass that was broken. */
        readonly what: 'post-mortem' | 'review'
        readonly incident: string
        readonly owner: PersonId
        readonly dueAt: string
        readonly rollback?: string
        /** Whose doing is reviewed: she is not the one to close it. */
        readonly of?: PersonId
      }
    >
  | Fact<'follow-up.done', { readonly id: string; readonly person: PersonId }>
