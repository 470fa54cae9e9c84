import { chainHash } from '../chain.ts'
import { type AuditFinding, found } from './finding.ts'
import type { ReadRow } from './row.ts'

/** Every broken link is tried with every other one: enough for a few swapped rows, and quick. */
const mostBroken = 24

interface Broken {
  readonly row: ReadRow
  readonly before: readonly string[]
}

/** Tells swapped events from changed ones: an event that fits, whole, at the position of another broken link was moved. */
export class Misplaced {
  readonly #broken: Broken[] = []

  note(row: ReadRow, before: readonly string[]): void {
    if (this.#broken.length < mostBroken) this.#broken.push({ row, before })
  }

  /** The findings, with broken links renamed to what they are; an intact event behind a moved one is no finding. */
  resolve(findings: readonly AuditFinding[]): AuditFinding[] {
    const hashes = [...new Set(this.#broken.flatMap(({ row, before }) => [row.hash, ...before]))]
    const positions = this.#broken.map(({ row }) => row.envelope.position)
    const home = new Map<number, number>()
    for (const { row } of this.#broken) {
      const fits = positions.find((position) =>
        hashes.some((before) => chainHash(before, { ...row.envelope, position }) === row.hash),
      )
      if (fits !== undefined) home.set(row.envelope.position, fits)
    }
    const moved = [...home].some(([position, fits]) => position !== fits)
    if (!moved) return [...findings]
    return findings.flatMap((finding) => {
      const fits = finding.kind === 'chain-broken' ? home.get(finding.position ?? 0) : undefined
      if (finding.position === null || fits === undefined) return [finding]
      return fits === finding.position ? [] : [found.reordered(finding.position, fits)]
    })
  }
}
