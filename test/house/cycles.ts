import type { Import } from './imports.ts'

/** Every knot of files that import each other, each sorted; empty when there is none (Tarjan 1972). */
export function cycles(imports: readonly Import[]): readonly (readonly string[])[] {
  const edges = new Map<string, string[]>()
  for (const { from, to } of imports) if (to?.endsWith('.ts')) edges.set(from, [...(edges.get(from) ?? []), to])
  const index = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const knots: string[][] = []
  const visit = (file: string): number => {
    const own = index.size
    index.set(file, own)
    low.set(file, own)
    stack.push(file)
    for (const next of edges.get(file) ?? []) {
      const reached = index.has(next) ? (stack.includes(next) ? index.get(next) : undefined) : visit(next)
      if (reached !== undefined) low.set(file, Math.min(low.get(file) ?? own, reached))
    }
    if (low.get(file) === own) {
      const knot = stack.splice(stack.indexOf(file))
      if (knot.length > 1 || edges.get(file)?.includes(file)) knots.push(knot.sort())
    }
    return low.get(file) ?? own
  }
  for (const file of edges.keys()) if (!index.has(file)) visit(file)
  return knots
}
