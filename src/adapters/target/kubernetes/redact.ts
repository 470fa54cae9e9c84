const linesKept = 12
const charactersKept = 300

/**
 * Raw lines of a vendor, bounded, and with every known secret struck out: a program that prints its environment when it
 * crashes must not print it into a chat. Secrets that come from a Secret are not known here.
 */
export function redacted(lines: readonly string[], secrets: readonly string[]): string[] {
  const longestFirst = [...new Set(secrets)].sort((a, b) => b.length - a.length)
  return lines
    .flatMap((line) => line.split('\n'))
    .filter((line) => line !== '')
    .slice(0, linesKept)
    .map((line) =>
      longestFirst.reduce((text, secret) => text.replaceAll(secret, '‹hidden›'), line).slice(0, charactersKept),
    )
}
