import { Refusal } from './wire.ts'

const livesMs = 3000

/** The short-lived right to open a modal for somebody who has just done something. */
export class Triggers {
  private readonly known = new Map<string, { user: string; expiresAt: number; used: boolean }>()
  private readonly now: () => number
  private readonly random: (length: number) => string
  private count = 0

  constructor(now: () => number, random: (length: number) => string) {
    this.now = now
    this.random = random
  }

  issue(user: string): string {
    const id = `${Math.floor(this.now())}.${++this.count}.${this.random(32)}`
    this.known.set(id, { user, expiresAt: this.now() + livesMs, used: false })
    return id
  }

  /** Spends a trigger; returns whose it is. Refuses with `invalid_trigger_id`, `exchanged_…` or `expired_…`. */
  exchange(id: string): string {
    const trigger = this.known.get(id)
    if (!trigger) throw new Refusal('invalid_trigger_id')
    if (trigger.used) throw new Refusal('exchanged_trigger_id')
    if (this.now() > trigger.expiresAt) throw new Refusal('expired_trigger_id')
    trigger.used = true
    return trigger.user
  }
}
