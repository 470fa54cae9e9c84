const upper = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const mixed = `${upper}abcdefghijklmnopqrstuvwxyz`
const hex = '0123456789abcdef'

/** Seeded source of ids that look like Slack's; the same seed gives the same ids. */
export class Ids {
  private state: number

  constructor(seed: number) {
    this.state = seed >>> 0 || 1
  }

  /** A number in [0, 1) (mulberry32). */
  random(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let t = this.state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }

  /** `C0…`, `V0…`, `F0…`: one letter or more, then ten characters. */
  id(prefix: string): string {
    return `${prefix}0${this.pick(upper, 10 - prefix.length)}`
  }

  /** A short id such as Slack gives to blocks and actions without one. */
  short(): string {
    return this.pick(mixed, 5)
  }

  token(length: number): string {
    return this.pick(mixed, length)
  }

  hex(length: number): string {
    return this.pick(hex, length)
  }

  private pick(alphabet: string, length: number): string {
    let out = ''
    for (let i = 0; i < length; i++) out += alphabet[Math.floor(this.random() * alphabet.length)]
    return out
  }
}
