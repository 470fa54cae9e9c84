/** Asks again and again until there is an answer; fails with what was waited for. */
export async function until<T>(what: string, ask: () => T | undefined | false | null, withinMs = 10_000): Promise<T> {
  const deadline = performance.now() + withinMs
  for (;;) {
    const answer = ask()
    if (answer) return answer
    if (performance.now() > deadline) throw new Error(`waited ${withinMs} ms in vain until ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
}
