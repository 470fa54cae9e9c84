import { randomUUID } from 'node:crypto'

// What must be found, each on a line of its own. setTimeout in a comment is nothing, nor is 'fetch' in a string.
export const found = [
  () => setTimeout(() => 'fetch', 1),
  () => globalThis.setInterval,
  () => fetch('http://127.0.0.1'),
  () => Date.now(),
  () => new Date(),
  () => Math.random(),
  () => performance.now(),
  () => Temporal.Now.instant(),
  () => AbortSignal.timeout(1),
  () => crypto.getRandomValues(new Uint8Array(1)),
  () => process.env.HOME,
  () => process.argv,
  () => randomUUID(),
]

interface Platform {
  fetch(url: string): void
  now(): number
}

// What is none of it.
export function fine(fetch: (url: string) => void, platform: Platform, setTimeout: () => void) {
  fetch('setTimeout')
  platform.fetch('Date.now()')
  setTimeout()
  return [platform.now(), new Date(0), Date.parse('2026-03-02'), Math.max(1, 2), process.platform, AbortSignal.abort()]
}
