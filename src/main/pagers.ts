import type { Config } from '../config/config.ts'
import type { PersonId } from '../core/actor.ts'
import { Fault } from '../core/fault.ts'
import type { PagerGiven, Platform } from '../ports/adapter.ts'
import type { Finding } from '../ports/effector.ts'
import type { Pager } from '../ports/pager.ts'
import { wording } from '../text/say.ts'

/** Opens every pager of a configuration; whom it reaches is asked of the configuration of the moment. */
export function openPagers(
  first: Config,
  current: () => Config,
  given: { readonly platform: Platform } & Pick<PagerGiven, 'route' | 'ring' | 'values'>,
): ReadonlyMap<string, Pager> {
  const { platform, ...own } = given
  const open = (name: string): Pager | null => {
    const configured = first.pagers.get(name)
    if (!configured) return null
    return configured.adapter.open(configured.config, {
      ...platform,
      ...own,
      name,
      contacts: () =>
        new Map(
          [...current().people.values()].flatMap(({ id, pager }): [PersonId, unknown][] =>
            pager.has(name) ? [[id, pager.get(name)]] : [],
          ),
        ),
      knows: (person) => current().people.has(person),
    })
  }
  return new Map([...first.pagers.keys()].flatMap((name) => [[name, open(name)] as const]).filter(isOpen))
}

const isOpen = (entry: readonly [string, Pager | null]): entry is readonly [string, Pager] => entry[1] !== null

/** What works and what is missing, by pager; and who could not be woken although it may come to that. */
export async function examinePagers(
  config: Config,
  given: { readonly platform: Platform } & Pick<PagerGiven, 'ring'>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly Finding[] | Fault>> {
  const pagers = openPagers(config, () => config, { ...given, route: () => undefined })
  const found = new Map<string, readonly Finding[] | Fault>()
  for (const [name, pager] of pagers) {
    const findings = await pager.doctor(signal).catch((cause: unknown) => {
      if (cause instanceof Fault) return cause
      throw cause
    })
    found.set(`pager ${name}`, findings)
  }
  const lost = unreached(config, [...pagers.values()])
  if (pagers.size > 0 && lost.length > 0) {
    const words = wording('paging.nobody-reaches', { people: { list: lost } })
    found.set('paging', [{ code: 'paging.nobody-reaches', state: 'missing', wording: words }])
  }
  return found
}

/** Everybody whom an escalation names, or who stands behind a word of it, and whom no pager reaches. */
function unreached(config: Config, pagers: readonly Pager[]): readonly PersonId[] {
  const lost = new Set<PersonId>()
  for (const { name, team, paging } of config.services.values()) {
    const roles = paging.levels.flatMap(({ page }) => page)
    const named = roles.flatMap((role) => config.teams.get(role)?.members ?? (config.people.has(role) ? [role] : []))
    for (const person of [...team.members, ...(team.commander ? [team.commander] : []), ...named])
      if (!pagers.some((pager) => pager.reaches(person, name))) lost.add(person)
  }
  return [...lost]
}
