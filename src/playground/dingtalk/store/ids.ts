import { seededNumbers } from '../../chance.ts'

const hex = '0123456789abcdef'
const mixed = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Seeded source of ids that look like DingTalk's; the same seed gives the same ids. */
export class Ids {
  /** A number in [0, 1). */
  readonly random: () => number

  constructor(seed: number) {
    this.random = seededNumbers(seed)
  }

  token(length: number): string {
    return this.pick(mixed, length)
  }

  hex(length: number): string {
    return this.pick(hex, length)
  }

  /** `8-4-4-4-12`, as tickets and request ids are written. */
  uuid(): string {
    return [8, 4, 4, 4, 12].map((length) => this.hex(length)).join('-')
  }

  /** As the gateway names pushes: `213d841d_972_1898bb26334_70a7`. */
  pushId(): string {
    return [8, 3, 11, 4].map((length) => this.hex(length)).join('_')
  }

  private pick(alphabet: string, length: number): string {
    let out = ''
    for (let i = 0; i < length; i++) out += alphabet[Math.floor(this.random() * alphabet.length)]
    return out
  }
}
