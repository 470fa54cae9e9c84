import type { PersonId } from '../core/actor.ts'
import type { FreezeScope } from '../core/freeze/freeze.ts'
import type { FreezeRule } from '../core/freeze/rule.ts'
import type { Secret } from '../ports/secret.ts'
import { pointOf, type WrittenFreezes } from './shape/freezes.ts'
import type { WrittenGate } from './shape/gate.ts'

/** A freeze that stands in the configuration. */
export interface ConfiguredFreeze {
  readonly id: string
  readonly scope: FreezeScope
  readonly reason: string
  /** A window of its own, or every entry of a calendar. */
  readonly when: { readonly rule: FreezeRule } | { readonly calendar: string }
}

export interface Freezes {
  /** Who may set and lift every freeze: whom the configuration names, and the teams' commanders. */
  readonly may: readonly PersonId[]
  readonly windows: readonly ConfiguredFreeze[]
}

/** A token of the release gate, by its name. */
export interface GateToken {
  readonly name: string
  readonly token: Secret
  /** Null: every service. */
  readonly services: readonly string[] | null
}

type Teams = ReadonlyMap<
  string,
  { readonly members: readonly PersonId[]; readonly commander?: PersonId | null | undefined }
>

export function freezesOf(written: WrittenFreezes, teams: Teams): Freezes {
  const named = written.may.flatMap((one) => teams.get(one)?.members ?? [one])
  const commanders = [...teams.values()].flatMap(({ commander }) => (commander ? [commander] : []))
  return {
    may: [...new Set([...commanders, ...named])],
    windows: Object.entries(written.windows).map(([id, window]): ConfiguredFreeze => {
      const { services, environments, regions, reason } = window
      return { id, scope: { services, environments, regions }, reason, when: whenOf(window) }
    }),
  }
}

function whenOf({ calendar, ...window }: WrittenFreezes['windows'][string]): ConfiguredFreeze['when'] {
  if (calendar !== undefined) return { calendar }
  const { timeZone } = window
  const every: FreezeRule['every'] = window.every ?? 'once'
  const [from, to] = [pointOf(window.from ?? '', every), pointOf(window.to ?? '', every)]
  if (!from || !to || timeZone === undefined) throw new TypeError('only what was found valid is resolved')
  return { rule: { timeZone, every, from, to } }
}

export const gateTokens = (written: WrittenGate): readonly GateToken[] =>
  Object.entries(written.tokens).map(([name, { token, services }]) => ({ name, token, services: services ?? null }))
