import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Json } from '../../../src/core/canonical.ts'
import { Fault } from '../../../src/core/fault.ts'
import type { Change, Target } from '../../../src/ports/effector.ts'
import { expectNoSecret, settle } from './kit/bench.ts'

/** A target on which a bad release runs, after a good one, which is the newest of its history. */
export interface TargetSubject {
  readonly target: Target
  /** What would be replaced, as the vendor has it now, and as it was in the good release. */
  state(): Promise<Json>
  readonly good: Json
  /** How often the vendor recorded an effect of ours. */
  effects(): Promise<number>
  /** Much happens to the target that has nothing to do with its release. */
  noise(): Promise<void>
  /** The smallest change of what would be replaced. */
  move(): Promise<void>
  /** What befalls our writes until the returned end. */
  spoil(how: 'cut-before' | 'cut-after' | 'hang' | { status: number; headers?: Record<string, string> }): () => void
  /** The vendor cannot be reached, or can again. */
  down(): void
  up(): void
  /** The same target after a restart of the bot. */
  restarted(): Promise<Target>
  readonly secrets: readonly string[]
  logged(): string
  close(): Promise<void>
}

/** Whether a write answered so may be repeated: `check` where it may have happened. */
const statuses = [
  [400, 'no'],
  [401, 'no'],
  [403, 'no'],
  [404, 'no'],
  [409, 'yes'],
  [410, 'yes'],
  [422, 'no'],
  [429, 'yes'],
  [500, 'check'],
  [502, 'check'],
  [503, 'check'],
  [504, 'check'],
] as const

const soon = () => AbortSignal.timeout(30_000)

/** What every target promises that says `repeat: 'guarded'`. */
export function targetContract(name: string, open: () => Promise<TargetSubject>): void {
  describe(`the target on ${name}`, () => {
    let subject: TargetSubject
    let target: Target
    let change: Change
    beforeEach(async () => {
      subject = await open()
      target = subject.target
      change = await planned(target)
    })
    afterEach(async () => {
      expectNoSecret(subject.logged(), subject.secrets)
      await subject.close()
    })

    const faultOf = async (doing: Promise<unknown>): Promise<Fault> => {
      const error: unknown = await doing.then(
        () => expect.unreachable('it should have failed'),
        (reason: unknown) => reason,
      )
      if (!(error instanceof Fault)) throw error
      expectNoSecret(error, subject.secrets)
      return error
    }

    it('tells what runs and what ran, with one identity for both', async () => {
      const snapshot = await target.read(soon())
      expect(snapshot.release.id).toBe(snapshot.etag)
      expect(snapshot.stale).toBe(false)
      const [good] = await target.history(5, soon())
      expect(good?.id).not.toBe(snapshot.etag)
      expectNoSecret([snapshot, good], subject.secrets)
    })

    it('plans without effect', async () => {
      const before = await subject.state()
      expect(change).toMatchObject({ blockers: [], alreadyThere: false, etag: (await target.read(soon())).etag })
      expect(change.preview.length).toBeGreaterThan(0)
      expect(await subject.state()).toEqual(before)
      expect(await subject.effects()).toBe(0)
    })

    it('makes changes that survive a restart and hold no secret', async () => {
      expect(JSON.parse(JSON.stringify(change))).toEqual(change)
      expectNoSecret(change, subject.secrets)
      const restarted = await subject.restarted()
      await restarted.apply(JSON.parse(JSON.stringify(change)), 'key-1', soon())
      expect(await subject.state()).toEqual(subject.good)
    })

    it('restores exactly what was, and says when it is there', async () => {
      const receipt = await target.apply(change, 'key-1', soon())
      expect(await subject.state()).toEqual(subject.good)
      const standing = await settle(target, change, receipt)
      expect(standing).toMatchObject({ state: 'settled', at: 'to' })
      expectNoSecret([receipt, standing], subject.secrets)
    })

    it('has one effect for one key, however often it is applied', async () => {
      await Promise.all([target.apply(change, 'key-1', soon()), target.apply(change, 'key-1', soon())])
      await (await subject.restarted()).apply(change, 'key-1', soon())
      expect(await subject.effects()).toBe(1)
    })

    it('never flips back: pressed again, it is already there', async () => {
      const receipt = await target.apply(change, 'key-1', soon())
      await settle(target, change, receipt)
      expect((await faultOf(target.apply(change, 'key-2', soon()))).code).toBe('target.moved')
      const wanted = (await target.read(soon())).release
      const again = await target.plan(wanted, soon())
      expect(again).toMatchObject({ alreadyThere: true, preview: [] })
      await target.apply(again, 'key-3', soon())
      expect(await subject.state()).toEqual(subject.good)
      expect(await subject.effects()).toBe(1)
    })

    it('is not voided by noise', async () => {
      await subject.noise()
      expect((await target.read(soon())).etag).toBe(change.etag)
      await target.apply(change, 'key-1', soon())
      expect(await subject.state()).toEqual(subject.good)
    })

    it('refuses when what it would replace has moved', async () => {
      await subject.move()
      const moved = await subject.state()
      const fault = await faultOf(target.apply(change, 'key-1', soon()))
      expect(fault).toMatchObject({ code: 'target.moved', retry: 'no' })
      expect(await subject.state()).toEqual(moved)
      expect(await subject.effects()).toBe(0)
    })

    it('recalls nothing before it is applied, and the effect after', async () => {
      expect(await target.recall(change, 'key-1', soon())).toBe('never')
      await target.apply(change, 'key-1', soon())
      const receipt = await (await subject.restarted()).recall(change, 'key-1', soon())
      if (typeof receipt === 'string') return expect.unreachable(`recalled ${receipt}`)
      expect(await settle(target, change, receipt)).toMatchObject({ state: 'settled', at: 'to' })
    })

    it('recalls the truth after a connection that was cut before or after the effect', async () => {
      let end = subject.spoil('cut-before')
      await faultOf(target.apply(change, 'key-1', soon()))
      end()
      expect(await target.recall(change, 'key-1', soon())).toBe('never')
      end = subject.spoil('cut-after')
      expect((await faultOf(target.apply(change, 'key-1', soon()))).retry).toBe('check')
      end()
      expect(await target.recall(change, 'key-1', soon())).toHaveProperty('data')
      await target.apply(change, 'key-1', soon())
      expect(await subject.effects()).toBe(1)
    })

    it('recalls its effect also after somebody else wrote', async () => {
      await target.apply(change, 'key-1', soon())
      await subject.move()
      const receipt = await target.recall(change, 'key-1', soon())
      if (typeof receipt === 'string') return expect.unreachable(`recalled ${receipt}`)
      expect(await settle(target, change, receipt)).toMatchObject({ state: 'failed', at: 'elsewhere' })
    })

    it('says of each status of the vendor whether to repeat', async () => {
      for (const [status, retry] of statuses) {
        const end = subject.spoil({ status, headers: { 'retry-after': '7' } })
        const fault = await faultOf(target.apply(change, 'key-1', soon()))
        end()
        expect([status, fault.retry]).toEqual([status, retry])
        expect(fault.hint.key).toMatch(/./)
        if (status === 429) expect(fault.retryAfterMs).toBe(7000)
      }
      expect(await subject.effects()).toBe(0)
    })

    it('honours abort, also in the middle', async () => {
      const reason = new Error('enough')
      const stopped = AbortSignal.abort(reason)
      await expect(target.read(stopped)).rejects.toBe(reason)
      await expect(target.plan({ ...(await target.read(soon())).release }, stopped)).rejects.toBe(reason)
      await expect(target.apply(change, 'key-1', stopped)).rejects.toBe(reason)
      subject.spoil('hang')
      const midway = new AbortController()
      const applying = target.apply(change, 'key-1', midway.signal)
      setTimeout(() => midway.abort(reason), 200)
      await expect(applying).rejects.toBe(reason)
      expect(await subject.effects()).toBe(0)
    })

    it('says at once when the vendor is down, shows what it knew as stale, and comes back by itself', async () => {
      subject.down()
      expect(await faultOf(target.plan((await target.read(soon())).release, soon()))).toMatchObject({ retry: 'yes' })
      expect((await faultOf(target.apply(change, 'key-1', soon()))).retry).toBe('yes')
      await expect.poll(async () => (await target.read(soon())).stale, { timeout: 10_000 }).toBe(true)
      subject.up()
      await expect.poll(async () => (await target.read(soon())).stale, { timeout: 20_000 }).toBe(false)
      await target.apply(change, 'key-1', soon())
      expect(await subject.effects()).toBe(1)
    })
  })
}

async function planned(target: Target): Promise<Change> {
  const [good] = await target.history(5, soon())
  if (!good) throw new Error('the history is empty')
  return target.plan(good, soon())
}
