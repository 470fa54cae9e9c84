import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { problemText } from '../../src/config/problem.ts'
import { loadText, secrets } from './load.ts'

const folder = new URL('bad/', import.meta.url)
const marker = '# What is wrong:\n'

/** One file per mistake; each tells at its end, in comments, every problem it must be told. `UPDATE=1` rewrites them. */
describe('a bad configuration', () => {
  for (const name of readdirSync(folder).sort()) {
    it(name, async () => {
      const file = new URL(name, folder)
      const text = readFileSync(file, 'utf8')
      const [before = ''] = text.split(marker)
      const loaded = await loadText(text)
      const told = loaded.ok
        ? []
        : loaded.problems.map((problem) => `# ${problemText(problem).replace('astern.yaml:', '')}\n`)
      const whole = `${before}${marker}${told.join('')}`
      if (process.env.UPDATE) writeFileSync(file, whole)
      expect(loaded.ok).toBe(false)
      expect(text).toBe(whole)
      for (const value of Object.values(secrets)) if (value) expect(told.join('')).not.toContain(value)
    })
  }
})
