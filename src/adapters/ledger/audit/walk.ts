import type { KeyObject } from 'node:crypto'
import { z } from 'zod'
import type { Head } from '../../../ports/ledger.ts'
import { chainHash, genesis, payloadDigest } from '../chain.ts'
import { checkpointHolds, keyName } from '../checkpoint.ts'
import { type AuditFinding, type AuditReport, found } from './finding.ts'
import { Misplaced } from './misplaced.ts'
import { type AuditRow, type ReadRow, readRow } from './row.ts'

/** So that a file that is damaged all over does not fill the memory. */
const mostFindings = 1000

const Checkpointed = z.object({
  data: z.object({ position: z.number(), hash: z.string(), signature: z.string(), key: z.string() }),
})
const ErasedEvent = z.object({ data: z.object({ position: z.number() }) })

export interface AuditQuestion {
  /** Public keys checkpoints may be signed with; none: signatures are not checked. */
  readonly publicKeys: readonly KeyObject[]
  /** Positions with the hashes that others saw. */
  readonly witnesses: readonly Head[]
  /** The stored hash at a position, or null. */
  hashAt(position: number): string | null
}

/** Walks the chain one event at a time, in the order of the positions, and keeps no more than its findings. */
export class ChainWalk {
  readonly #ask: AuditQuestion
  readonly #keys: ReadonlyMap<string, KeyObject>
  readonly #findings: AuditFinding[] = []
  readonly #misplaced = new Misplaced()
  /** Erased events whose announcement has not come yet. */
  readonly #erased = new Set<number>()
  #more = 0
  #events = 0
  #announced = 0
  #matched = 0
  #checkpoints = { total: 0, verified: 0, unchecked: 0 }
  #head: Head = { position: 0, hash: genesis }
  /** What the next event may build on: the stored hash, else the one it should have been; none after a gap. */
  #before: readonly string[] = [genesis]

  constructor(ask: AuditQuestion) {
    this.#ask = ask
    this.#keys = new Map(ask.publicKeys.map((key) => [keyName(key), key]))
  }

  /** The position that must come next. */
  get next(): number {
    return this.#head.position + 1
  }

  take(raw: AuditRow): void {
    this.#events += 1
    const { position } = raw
    if (position < this.next) this.#find(found.reordered(position, null))
    if (position > this.next) this.#find(found.missing(this.next, position - 1))
    if (position !== this.next) this.#before = []
    const row = readRow(raw)
    if (row === null) {
      this.#find(found.altered(position))
      this.#advance(position, '', [])
      return
    }
    this.#checkLink(row, this.#checkPayload(row))
    const matching = this.#ask.witnesses.filter((witness) => witness.position === position)
    for (const witness of matching) {
      if (witness.hash === row.hash) this.#matched += 1
      else this.#find(found.rebuiltSinceWitness(position))
    }
  }

  unreadable(position: number): void {
    this.#events += 1
    this.#find(found.unreadable(position))
    this.#advance(position, '', [])
  }

  damaged(what: string): void {
    this.#find(found.damaged(what))
  }

  /** `end`: the last position the database still knows of. */
  finish(end: number): AuditReport {
    for (const position of this.#erased) this.#find(found.unannounced(position))
    if (end >= this.next) this.#find(found.missing(this.next, end))
    const cut = Math.max(this.next, end + 1)
    for (const witness of this.#ask.witnesses) {
      if (witness.position >= cut) this.#find(found.cutTail(cut, witness.position))
    }
    const findings = this.#misplaced.resolve(this.#findings).sort((a, b) => (a.position ?? 0) - (b.position ?? 0))
    return {
      events: this.#events,
      head: this.#head,
      erased: this.#announced,
      findings,
      more: this.#more,
      checkpoints: this.#checkpoints,
      witnesses: { given: this.#ask.witnesses.length, matched: this.#matched },
    }
  }

  /** Whether the payload is as recorded, or rightly gone. */
  #checkPayload(row: ReadRow): boolean {
    const { position, type, digest } = row.envelope
    if (row.sealed === null) {
      if (!type.startsWith('ledger.')) this.#erased.add(position)
      else this.#find(found.altered(position))
      return !type.startsWith('ledger.')
    }
    if (payloadDigest(row.sealed.salt, row.sealed.payload) !== digest) {
      this.#find(found.altered(position))
      return false
    }
    if (type === 'ledger.checkpointed') this.#checkCheckpoint(position, row.sealed.payload)
    if (type === 'ledger.erased') {
      const erased = ErasedEvent.safeParse(JSON.parse(row.sealed.payload)).data
      if (erased && this.#erased.delete(erased.data.position)) this.#announced += 1
    }
    return true
  }

  #checkLink(row: ReadRow, payloadHolds: boolean): void {
    const { position } = row.envelope
    const wanted = this.#before.map((before) => chainHash(before, row.envelope))
    const linked = wanted.length === 0 || wanted.includes(row.hash)
    if (!linked && payloadHolds) {
      this.#find(found.broken(position))
      this.#misplaced.note(row, this.#before)
    }
    // Behind a broken link the next event may still build on the hash that should stand here.
    this.#advance(position, row.hash, linked ? [row.hash] : [row.hash, ...wanted.slice(0, 1)])
  }

  #checkCheckpoint(at: number, payload: string): void {
    this.#checkpoints.total += 1
    const parsed = Checkpointed.safeParse(JSON.parse(payload))
    if (!parsed.success) {
      this.#find(found.badSignature(at))
      return
    }
    const checkpoint = parsed.data.data
    const signed = checkpoint.position < at ? this.#ask.hashAt(checkpoint.position) : ''
    // Where the event is gone altogether, that is the finding.
    if (signed !== null && signed !== checkpoint.hash) {
      this.#find(found.rebuiltSinceCheckpoint(checkpoint.position, at))
    }
    if (this.#keys.size === 0) {
      this.#checkpoints.unchecked += 1
      return
    }
    const key = this.#keys.get(checkpoint.key)
    if (!key) this.#find(found.otherKey(at))
    else if (!checkpointHolds(checkpoint, key)) this.#find(found.badSignature(at))
    else this.#checkpoints.verified += 1
  }

  #advance(position: number, hash: string, before: readonly string[]): void {
    this.#head = { position, hash }
    this.#before = before
  }

  #find(finding: AuditFinding): void {
    if (this.#findings.length < mostFindings) this.#findings.push(finding)
    else this.#more += 1
  }
}
