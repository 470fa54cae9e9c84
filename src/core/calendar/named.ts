import type { PersonId } from '../actor.ts'

/** How a calendar writes people → who they are. Made by `knownAs`, so that small and capital letters do not matter. */
export type KnownAs = ReadonlyMap<string, PersonId>

const key = (name: string): string => name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase()

/**
 * What a calendar may call people: what the configuration of the calendar says, else a person's key or her whole name. A name that
 * two people have is nobody's.
 */
export function knownAs(
  mapped: Readonly<Record<string, PersonId>>,
  people: Iterable<{ readonly id: PersonId; readonly name: string }>,
): KnownAs {
  const owners = new Map<string, Set<PersonId>>()
  for (const { id, name } of people)
    for (const word of [id, name]) owners.set(key(word), (owners.get(key(word)) ?? new Set()).add(id))
  const alone = [...owners].flatMap(([word, ids]) => (ids.size === 1 ? [[word, [...ids][0] ?? ''] as const] : []))
  return new Map([...alone, ...Object.entries(mapped).map(([name, id]) => [key(name), id] as const)])
}

/** Between several people in one title. */
const between = /\s*(?:[,;&+/、，；]|\s(?:and|und|y|et|和|与)\s)\s*/u

/**
 * Who is meant. `named`: one entry per person with every way she is written, the surest first. Nobody is guessed: who is not known in
 * any way is told as `unknown`, by her surest name; a title with several names counts only where each of them is known.
 */
export function peopleNamed(
  named: readonly (readonly string[])[],
  known: KnownAs,
): { readonly people: readonly PersonId[]; readonly unknown: readonly string[] } {
  const people = new Set<PersonId>()
  const unknown = new Set<string>()
  for (const ways of named) {
    const found = ways.map((way) => whole(way, known)).find((ids) => ids.length > 0)
    if (found) for (const id of found) people.add(id)
    else if (ways[0] !== undefined) unknown.add(ways[0])
  }
  return { people: [...people], unknown: [...unknown] }
}

function whole(way: string, known: KnownAs): readonly PersonId[] {
  const one = known.get(key(way))
  if (one !== undefined) return [one]
  const parts = way.split(between).filter((part) => part !== '')
  const ids = parts.flatMap((part) => known.get(key(part.replace(/^@/, ''))) ?? [])
  return parts.length > 1 && ids.length === parts.length ? ids : []
}
