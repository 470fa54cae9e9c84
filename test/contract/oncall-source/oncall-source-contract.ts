import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Fault } from '../../../src/core/fault.ts'
import type { OnCallSource } from '../../../src/ports/oncall-source.ts'
import { plain, sayWording } from '../../../src/text/say.ts'

/** A source with the server it reads from. */
export interface SourceBench {
  /** Has shifts shown from now on; with `broken` also one that nobody can understand. */
  show(shifts: readonly BenchShift[], broken?: boolean): void
  /** The server fails in this way until something is shown again. */
  fail(how: 'down' | 'busy' | 'late' | 'half' | 'forbidden' | 'gone' | 'something-else'): void
  open(): OnCallSource
  /** Words that no error may hold. */
  readonly secrets: readonly string[]
  stop(): Promise<void>
}

export interface BenchShift {
  readonly person: string
  readonly start: string
  readonly end: string
}

const never = new AbortController().signal
const at = (instant: string) => Temporal.Instant.from(instant)
const window = { from: at('2026-03-02T00:00Z'), to: at('2026-03-09T00:00Z') }
const mei = { person: 'Mei Lin', start: '2026-03-02T09:00:00Z', end: '2026-03-03T09:00:00Z' }
const tom = { person: 'Tom Ode', start: '2026-03-03T09:00:00Z', end: '2026-03-04T09:00:00Z' }

/** What every source of who is on call does. */
export function onCallSourceContract(title: string, start: () => Promise<SourceBench>): void {
  describe(`oncall-source contract: ${title}`, () => {
    let bench: SourceBench
    beforeEach(async () => {
      bench = await start()
    })
    afterEach(() => bench.stop())

    const shiftsOf = async (source: OnCallSource) =>
      (await source.read(window, never)).spans.map(({ named, start: from, end }) => ({
        person: named.flat().find((name) => [mei.person, tom.person].includes(name)),
        start: from,
        end,
      }))

    it('gives what touches the window, by start, with every way a person is written', async () => {
      const before = { ...mei, start: '2026-02-01T09:00:00Z', end: '2026-03-02T00:00:00Z' }
      const over = { ...tom, start: '2026-03-08T23:00:00Z', end: '2026-03-20T00:00:00Z' }
      bench.show([over, tom, mei, before])
      expect(await shiftsOf(bench.open())).toEqual([mei, tom, over])
    })

    it('gives what stands there now, however often it was asked before', async () => {
      const source = bench.open()
      bench.show([mei])
      expect(await shiftsOf(source)).toEqual([mei])
      expect(await shiftsOf(source)).toEqual([mei])
      bench.show([mei, tom])
      expect(await shiftsOf(source)).toEqual([mei, tom])
      bench.show([])
      expect(await shiftsOf(source)).toEqual([])
    })

    it('leaves a broken entry out, and says so', async () => {
      bench.show([mei, tom], true)
      const source = bench.open()
      expect(await shiftsOf(source)).toEqual([mei, tom])
      const { notices } = await source.read(window, never)
      expect(notices.length).toBeGreaterThan(0)
      for (const { code, wording } of notices) {
        expect(code).toMatch(/^calendar\./)
        for (const language of ['en', 'zh-CN'] as const) expect(plain(sayWording(language, wording))).not.toBe('')
      }
    })

    it.each([
      ['down', 'yes'],
      ['busy', 'yes'],
      ['late', 'yes'],
      ['half', 'yes'],
      ['forbidden', 'no'],
      ['gone', 'no'],
      ['something-else', 'no'],
    ] as const)('%s: a fault to be tried again: %s; never a part, never nothing instead', async (how, retry) => {
      const source = bench.open()
      bench.show([mei, tom])
      await shiftsOf(source)
      bench.fail(how)
      const fault: unknown = await source.read(window, never).catch((cause: unknown) => cause)
      expect(fault).toBeInstanceOf(Fault)
      if (!(fault instanceof Fault)) return
      expect(fault.retry).toBe(retry)
      expect(fault.code).toMatch(/^calendar\./)
      const told = ['en', 'zh-CN'].map((language) => plain(sayWording(language as 'en', fault.hint)))
      const all = `${told} ${fault.stack} ${JSON.stringify(fault)} ${JSON.stringify(fault.cause)}`
      for (const secret of bench.secrets) expect(all).not.toContain(secret)
      if (how !== 'down') {
        bench.show([tom])
        expect(await shiftsOf(source)).toEqual([tom])
      }
    })

    it('stops when it is told to', async () => {
      bench.show([mei])
      const source = bench.open()
      bench.fail('late')
      const stop = new AbortController()
      const reading = source.read(window, stop.signal)
      stop.abort(new Error('told to'))
      await expect(reading).rejects.toThrow('told to')
    })
  })
}
