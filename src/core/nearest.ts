/**
 * The candidates that somebody who typed `word` may have meant, nearest first, at most `max`: few typing errors away (a third of
 * the letters, at least one), or containing the word. Case does not count.
 */
export function nearest(word: string, candidates: Iterable<string>, max = 3): string[] {
  const wanted = word.toLowerCase()
  const allowed = Math.max(1, Math.floor(wanted.length / 3))
  return [...new Set(candidates)]
    .map((candidate) => ({ candidate, far: distance(wanted, candidate.toLowerCase()) }))
    .map(({ candidate, far }) => ({
      candidate,
      far: far > allowed && holds(candidate.toLowerCase(), wanted) ? allowed + 0.5 : far,
    }))
    .filter(({ far }) => far < allowed + 1)
    .sort((a, b) => a.far - b.far || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, max)
    .map(({ candidate }) => candidate)
}

const holds = (candidate: string, wanted: string): boolean => wanted.length >= 3 && candidate.includes(wanted)

/** Edits between two words, swapped neighbours counting as one (optimal string alignment). */
function distance(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1)
      row.push(least)
    }
    before = last
    last = row
  }
  return last[b.length] ?? 0
}
