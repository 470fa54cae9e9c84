import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { consoleLink, opensPage } from '../../src/core/console-link.ts'

const key = 'k'.repeat(32)
const kOf = (link: string) => new URL(link, 'http://x').searchParams.get('k')

describe('a console link', () => {
  it('carries the HMAC of its path alone, before the fragment', () => {
    const k = createHmac('sha256', key).update('astern console link 1\n/incidents/INC-7').digest('base64url')
    expect(consoleLink('/incidents/INC-7', key)).toBe(`/incidents/INC-7?k=${k}`)
    expect(consoleLink('/incidents/INC-7#e123', key)).toBe(`/incidents/INC-7?k=${k}#e123`)
  })

  it('opens its own page with its own key, and nothing else does', () => {
    const k = kOf(consoleLink('/incidents/INC-7', key))
    expect(opensPage('/incidents/INC-7', k, key)).toBe(true)
    expect(opensPage('/incidents/INC-7', k, Buffer.from(key))).toBe(true)
    expect(opensPage('/incidents/INC-8', k, key)).toBe(false)
    expect(opensPage('/events/7', k, key)).toBe(false)
    expect(opensPage('/incidents/INC-7', k, 'l'.repeat(32))).toBe(false)
    expect(opensPage('/incidents/INC-7', `${k}=`, key)).toBe(false)
    expect(opensPage('/incidents/INC-7', (k ?? '').slice(1), key)).toBe(false)
    expect(opensPage('/incidents/INC-7', '', key)).toBe(false)
    expect(opensPage('/incidents/INC-7', null, key)).toBe(false)
  })

  it('is not made with a key that could be guessed', () => {
    expect(() => consoleLink('/incidents/INC-7', 'short')).toThrow(TypeError)
  })
})
