import type { PersonId } from '../actor.ts'
import type { FreezeScope } from './freeze.ts'

type Fact<Type extends string, Data> = { readonly type: Type; readonly v: 1; readonly data: Data }

/** Somebody released in spite of a freeze. Stands in the incident's stream, so that its timeline tells it. */
export type FreezeOverridden = Fact<
  'freeze.overridden',
  {
    readonly freezes: readonly string[]
    readonly rollback: string
    readonly service: string
    readonly person: PersonId
    readonly reason: string
  }
>

/** Streams `freeze/<id>`. */
export type FreezeEvent =
  | Fact<
      'freeze.set',
      {
        /** `F-1`. */
        readonly id: string
        readonly scope: FreezeScope
        /** Instants, half-open. */
        readonly from: string
        readonly to: string
        readonly reason: string
        readonly person: PersonId
      }
    >
  | Fact<
      'freeze.lifted',
      { readonly id: string; readonly scope: FreezeScope; readonly person: PersonId; readonly reason: string }
    >
  | FreezeOverridden
