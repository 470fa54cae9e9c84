import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Heard, Page, Pager } from '../../../src/ports/pager.ts'
import { until } from '../../kit/until.ts'

/** What the vendor has of one page. */
export interface Seen {
  readonly key: string
  readonly summary: string
  readonly state: 'ringing' | 'acknowledged' | 'resolved'
  /** How often somebody was woken for it. */
  readonly times: number
}

export type Trouble = 'busy' | 'down' | 'after' | 'cut' | 'late'

/** A pager on a vendor that knows tom, whose account there is `tomsAccount`. Its requests may take 300 ms. */
export interface PagerBench {
  open(): Pager
  /** The same with a key that the vendor does not know. */
  openWrong(): Pager
  seen(key: string): Seen | undefined
  meet(...troubles: readonly Trouble[]): void
  /** Whether the vendor can be asked about a page. */
  readonly recalls: boolean
  /** `unsafe`: the vendor drops no key that it knows, so that what may have gone out is not sent again. `keyed` where not given. */
  readonly repeat?: 'unsafe'
  readonly tomsAccount: string
  readonly eve: string
  /** Somebody answers; the vendor tells the pager that listens. */
  answer(key: string, by: string, act: 'acknowledged' | 'resolved'): void
  /** The last word of the vendor again, byte by byte; answers with the status it got. */
  again(): Promise<number>
  /** The last word again, changed by one byte, signed by somebody else, or not signed at all. */
  forged(how: 'body' | 'secret' | 'unsigned'): Promise<number>
  /** Everything the adapter logged. */
  log(): string
  readonly secrets: readonly string[]
  stop(): Promise<void>
}

const never = new AbortController().signal

/** What every pager does, whoever the vendor is. */
export function pagerContract(
  title: string,
  start: () => Promise<PagerBench>,
  can: { readonly hears: boolean } = { hears: true },
): void {
  describe(`pager contract: ${title}`, () => {
    let bench: PagerBench
    let pager: Pager
    let failures = 0
    const heard: Heard[] = []
    let count = 0
    const page = (more: Partial<Page> = {}): Page => ({
      key: `3f2a91bc/page/INC-${++count}/1/0/0/tom`,
      person: 'tom',
      service: 'checkout-svc',
      summary: '支付 5xx “12.4 %” <!channel>',
      urgency: 'high',
      link: 'https://astern.example/incidents/INC-1?t=1',
      at: '2026-03-02T09:00:00Z',
      ...more,
    })
    const fault = (work: Promise<unknown>) =>
      work.then(
        () => null,
        (cause: unknown) => cause,
      )

    beforeAll(async () => {
      bench = await start()
      pager = bench.open()
      pager.listen(async (word) => {
        if (failures-- > 0) throw new Error('the disk is full')
        failures = 0
        heard.push(word)
      })
    })
    afterAll(() => bench?.stop())

    it('wakes somebody, once for a key', async () => {
      const asked = page()
      expect(pager.reaches('tom', 'checkout-svc')).toBe(true)
      await pager.page(asked, never)
      await pager.page(asked, never)
      expect(bench.seen(asked.key)).toEqual({ key: asked.key, summary: asked.summary, state: 'ringing', times: 1 })
    })

    it('wakes again for another key', async () => {
      const [first, second] = [page(), page()]
      await pager.page(first, never)
      await pager.page(second, never)
      expect([bench.seen(first.key)?.times, bench.seen(second.key)?.times]).toEqual([1, 1])
    })

    it('gets by with very long words', async () => {
      const asked = page({ summary: '好'.repeat(5000) })
      await pager.page(asked, never)
      expect(bench.seen(asked.key)?.summary).toMatch(/^好{1024,5000}$/)
    })

    it('says that somebody has it, and that it is over, however often', async () => {
      const asked = page()
      const receipt = await pager.page(asked, never)
      const kept = JSON.parse(JSON.stringify(receipt)) as typeof receipt
      await pager.calm(kept, 'acknowledged', never)
      await pager.calm(kept, 'acknowledged', never)
      expect(bench.seen(asked.key)?.state).toBe(can.hears ? 'acknowledged' : 'resolved')
      await pager.calm(kept, 'resolved', never)
      await pager.calm(kept, 'resolved', never)
      expect(bench.seen(asked.key)?.state).toBe('resolved')
      expect(heard).toEqual([])
    })

    it('comes later when it is told to, and nothing went out', async () => {
      const asked = page()
      bench.meet('busy')
      expect(await fault(pager.page(asked, never))).toMatchObject({
        code: expect.stringMatching(/\.busy$/),
        retry: 'yes',
        retryAfterMs: expect.any(Number),
      })
      expect(bench.seen(asked.key)).toBeUndefined()
      await pager.page(asked, never)
      expect(bench.seen(asked.key)?.times).toBe(1)
    })

    for (const trouble of ['down', 'after', 'cut', 'late'] as const)
      it(`does not know whether it went out (${trouble}), and wakes nobody twice`, async () => {
        const asked = page()
        bench.meet(trouble)
        expect(await fault(pager.page(asked, never))).toMatchObject({ retry: 'check' })
        const went = trouble !== 'down'
        const recalled = await pager.recall(asked, never)
        if (bench.repeat === 'unsafe') {
          expect(recalled).toBe('unknown')
          expect(await fault(pager.page(asked, never))).toMatchObject({ code: 'pager.perhaps', retry: 'no' })
          // One that is late may come after all.
          if (trouble !== 'late') expect(bench.seen(asked.key)?.times).toBe(went ? 1 : undefined)
          return
        }
        if (!bench.recalls) expect(recalled).toBe('unknown')
        else if (went) expect(recalled).toMatchObject({ at: expect.any(String) })
        else expect(recalled).toBe('never')
        await pager.page(asked, never)
        expect(bench.seen(asked.key)?.times).toBe(1)
      })

    it('is refused for good with a wrong key, and tells no secret', async () => {
      const asked = page()
      const no = (await fault(bench.openWrong().page(asked, never))) as Error
      expect(no).toMatchObject({ retry: 'no' })
      expect(bench.seen(asked.key)).toBeUndefined()
      for (const secret of bench.secrets)
        expect(JSON.stringify([no, no.message, String(no.cause)])).not.toContain(secret)
    })

    it('heeds abort', async () => {
      await expect(pager.page(page(), AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop')
    })

    // Where the vendor tells nobody who answered there is nothing to hear.
    if (can.hears) {
      it('hears who answered', async () => {
        const asked = page()
        await pager.page(asked, never)
        bench.answer(asked.key, bench.tomsAccount, 'acknowledged')
        const word = await until('the answer comes', () => heard.find(({ key }) => key === asked.key))
        expect(word).toMatchObject({ act: 'acknowledged', by: { person: 'tom', account: bench.tomsAccount } })
        expect(Temporal.Instant.from(word.at).epochMilliseconds).toBeGreaterThan(Date.now() - 60_000)
      })

      it('hears somebody whom nobody knows', async () => {
        const asked = page()
        await pager.page(asked, never)
        bench.answer(asked.key, bench.eve, 'resolved')
        const word = await until('the answer comes', () => heard.find(({ key }) => key === asked.key))
        expect(word).toMatchObject({ act: 'resolved', by: { person: null, account: bench.eve } })
      })

      it('hears the same word under the same id, or not at all', async () => {
        const last = heard.at(-1)
        const before = heard.length
        expect([202, 409]).toContain(await bench.again())
        for (const word of heard.slice(before)) expect(word).toMatchObject({ id: last?.id, key: last?.key })
      })

      it('takes nothing that is forged', async () => {
        const before = heard.length
        for (const how of ['body', 'secret', 'unsigned'] as const)
          expect([how, await bench.forged(how)]).toEqual([how, 401])
        expect(heard).toHaveLength(before)
        for (const secret of bench.secrets) expect(bench.log()).not.toContain(secret)
      })

      it('does not say that it took what was not written down', async () => {
        const asked = page()
        await pager.page(asked, never)
        failures = 1
        bench.answer(asked.key, bench.tomsAccount, 'acknowledged')
        await until('it comes again', () => heard.find(({ key }) => key === asked.key))
        expect(failures).toBe(0)
      })
    }

    it('answers its doctor, and wakes nobody by that', async () => {
      const findings = await pager.doctor(never)
      expect(findings.filter(({ state }) => state === 'missing')).toEqual([])
      expect(findings.some(({ state }) => state === 'works')).toBe(true)
      expect(await bench.openWrong().doctor(never)).toContainEqual(expect.objectContaining({ state: 'missing' }))
    })
  })
}
