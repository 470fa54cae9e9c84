import type { Dependencies } from './suspect.ts'

/** What asks over more services than this is not blamed on the last of them. */
export const farthest = 3

/** What a service depends on, with the shortest distance; circles do no harm. `asks` answers what one service asks directly. */
export function dependenciesOf(service: string, asks: (service: string) => readonly string[]): Dependencies {
  const found = new Map<string, number>()
  let edge: readonly string[] = [service]
  for (let distance = 1; distance <= farthest && edge.length > 0; distance++) {
    const next: string[] = []
    for (const asked of edge.flatMap(asks)) {
      if (asked === service || found.has(asked)) continue
      found.set(asked, distance)
      next.push(asked)
    }
    edge = next
  }
  return found
}
