import { eachDot, widthOf } from './letters.ts'

export type Colour = readonly [red: number, green: number, blue: number]

/** Something to draw on, in units that are `scale` pixels wide, so that small pictures stay sharp on a phone. */
export class Paper {
  readonly width: number
  readonly height: number
  readonly rgb: Uint8Array
  readonly #scale: number
  readonly #wide: number
  readonly #high: number

  constructor(width: number, height: number, scale: number, colour: Colour) {
    this.width = width
    this.height = height
    this.#scale = scale
    this.#wide = width * scale
    this.#high = height * scale
    this.rgb = new Uint8Array(this.#wide * this.#high * 3)
    this.fill(0, 0, width, height, colour)
  }

  get pixels(): { readonly width: number; readonly height: number } {
    return { width: this.#wide, height: this.#high }
  }

  fill(left: number, top: number, right: number, bottom: number, colour: Colour): void {
    const scale = this.#scale
    for (let y = Math.round(top * scale); y < Math.round(bottom * scale); y += 1)
      for (let x = Math.round(left * scale); x < Math.round(right * scale); x += 1) this.#blend(x, y, colour, 1)
  }

  /** A stroke with soft edges and round ends. `dash`: that much drawn, that much left out. */
  line(x1: number, y1: number, x2: number, y2: number, of: { colour: Colour; width: number; dash?: number }): void {
    const length = Math.hypot(x2 - x1, y2 - y1)
    const dash = of.dash ?? Math.max(1, length)
    for (let at = 0; at === 0 || at < length; at += dash * 2) {
      const [from, to] = length === 0 ? [0, 0] : [at / length, Math.min(length, at + dash) / length]
      this.#stroke(x1 + (x2 - x1) * from, y1 + (y2 - y1) * from, x1 + (x2 - x1) * to, y1 + (y2 - y1) * to, of)
    }
  }

  /** Its dots are `size` units wide. `align` says where `x` is. Draws nothing where a character is not in the font. */
  text(text: string, x: number, y: number, of: { colour: Colour; size: number; align?: 'left' | 'middle' | 'right' }) {
    const { colour, size, align = 'left' } = of
    const share = { left: 0, middle: 0.5, right: 1 }[align]
    const left = x - widthOf(text) * size * share
    eachDot(text, (dotX, dotY) => {
      const [atX, atY] = [left + dotX * size, y + dotY * size]
      this.fill(atX, atY, atX + size, atY + size, colour)
    })
  }

  #stroke(x1: number, y1: number, x2: number, y2: number, { colour, width }: { colour: Colour; width: number }): void {
    const scale = this.#scale
    const [ax, ay, bx, by, reach] = [x1 * scale, y1 * scale, x2 * scale, y2 * scale, (width * scale) / 2]
    const [dx, dy] = [bx - ax, by - ay]
    const square = dx * dx + dy * dy
    for (let y = Math.floor(Math.min(ay, by) - reach - 1); y <= Math.max(ay, by) + reach + 1; y += 1)
      for (let x = Math.floor(Math.min(ax, bx) - reach - 1); x <= Math.max(ax, bx) + reach + 1; x += 1) {
        const along = square === 0 ? 0 : ((x + 0.5 - ax) * dx + (y + 0.5 - ay) * dy) / square
        const at = Math.min(1, Math.max(0, along))
        const away = Math.hypot(x + 0.5 - ax - at * dx, y + 0.5 - ay - at * dy)
        this.#blend(x, y, colour, Math.min(1, Math.max(0, reach + 0.5 - away)))
      }
  }

  #blend(x: number, y: number, colour: Colour, share: number): void {
    if (share <= 0 || x < 0 || y < 0 || x >= this.#wide || y >= this.#high) return
    const at = (y * this.#wide + x) * 3
    for (const [channel, value] of colour.entries()) {
      const old = this.rgb[at + channel] ?? 0
      this.rgb[at + channel] = Math.round(old + (value - old) * share)
    }
  }
}
