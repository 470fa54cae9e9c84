import type { Config } from '../config/config.ts'
import type { FreezeScope } from '../core/freeze/freeze.ts'
import type { FreezeRefusal } from '../core/freeze/refusal.ts'
import { nearest } from '../core/nearest.ts'

/**
 * What the names of a freeze mean: `all`, services, environments or regions, all of one kind; `place` as after `/rollback … in`:
 * an environment, a region, or both with a slash.
 */
export function freezeScope(
  config: Config,
  names: readonly string[],
  place: string | null,
): FreezeScope | Extract<FreezeRefusal, { refused: 'freeze-what' }> | { readonly refused: 'usage' } {
  const environments = new Set([...config.services.values()].flatMap((service) => service.environments))
  const environmentNames = new Set([...environments].map(({ name }) => name))
  const regionNames = new Set([...environments].flatMap(({ regions }) => regions.map(({ name }) => name)))
  const kinds = { services: config.services, environments: environmentNames, regions: regionNames } as const
  const kindOf = (name: string) =>
    (['services', 'environments', 'regions'] as const).find((kind) => kinds[kind].has(name))
  const unknown = (word: string, known: Iterable<string>) =>
    ({ refused: 'freeze-what', word, nearest: nearest(word, known, 3) }) as const
  const found: { services: string[]; environments: string[]; regions: string[] } = {
    services: [],
    environments: [],
    regions: [],
  }
  const everything = names.length === 1 && names[0]?.toLowerCase() === 'all'
  if (!everything) {
    const wrong = names.find((name) => kindOf(name) === undefined)
    if (wrong !== undefined)
      return unknown(wrong, [...config.services.keys(), ...environmentNames, ...regionNames, 'all'])
    const [kind, ...others] = new Set(names.map(kindOf))
    if (!kind || others.length > 0) return { refused: 'usage' }
    found[kind] = [...new Set(names)]
  }
  for (const part of place === null ? [] : place.split('/')) {
    const kind = environmentNames.has(part) ? 'environments' : regionNames.has(part) ? 'regions' : null
    if (!kind) return unknown(part, [...environmentNames, ...regionNames])
    if (found[kind].length > 0) return { refused: 'usage' }
    found[kind] = [part]
  }
  return found
}
