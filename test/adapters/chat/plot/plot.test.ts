import { inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { drawPlot } from '../../../../src/adapters/chat/plot/draw.ts'
import { widthOf } from '../../../../src/adapters/chat/plot/letters.ts'
import { encodePng } from '../../../../src/adapters/chat/plot/png.ts'
import { ticksOf } from '../../../../src/adapters/chat/plot/scale.ts'
import type { Plot } from '../../../../src/view/view.ts'

/** Reads what `encodePng` writes: 8 bits a channel, no filter. */
function pixelsOf(png: Uint8Array) {
  const bytes = Buffer.from(png)
  const width = bytes.readUInt32BE(16)
  const height = bytes.readUInt32BE(20)
  const at = bytes.indexOf('IDAT')
  const raw = inflateSync(bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at - 4)))
  const pixel = (x: number, y: number) => [...raw.subarray(y * (width * 3 + 1) + 1 + x * 3).subarray(0, 3)]
  const has = (colour: readonly number[], where: (x: number, y: number) => boolean = () => true) => {
    let count = 0
    for (let y = 0; y < height; y += 1)
      for (let x = 0; x < width; x += 1)
        if (where(x, y) && pixel(x, y).every((value, channel) => value === colour[channel])) count += 1
    return count
  }
  return { width, height, pixel, has }
}

const [blue, orange, red, green] = [
  [18, 100, 163],
  [200, 96, 12],
  [201, 42, 42],
  [0, 122, 90],
]
const plot: Plot = {
  unit: 'percent',
  limit: 0.05,
  broken: 'above',
  baseline: 0.001,
  lines: [{ name: 'eu-1', fromMs: 0, stepMs: 10_000, values: [0, 0.4, 0.4, null, null, 0, 0] }],
  marks: [{ kind: 'change', atMs: 40_000, label: 'set back' }],
}

describe('a plot', () => {
  it('is a PNG of few bytes, the same for the same numbers', () => {
    const png = drawPlot(plot)
    const { width, height, pixel } = pixelsOf(png)
    expect([width, height, pixel(0, 0)]).toEqual([1280, 480, [255, 255, 255]])
    expect(png.length).toBeLessThan(60_000)
    expect(Buffer.from(drawPlot(plot)).equals(png)).toBe(true)
  })

  it('keeps the words of two marks apart that are seconds apart', () => {
    const near = { ...plot, limit: 0.3, baseline: null }
    const { has } = pixelsOf(
      drawPlot({ ...near, marks: [...near.marks, { kind: 'release', atMs: 39_000, label: 'v1.8.0' }] }),
    )
    // Beside the lines themselves: rows of letters are 17 units high, two pixels each, from 37.
    const beside = (top: number) => (x: number, y: number) => y >= 2 * top && y < 2 * (top + 14) && x < 2 * 425
    expect(has([140, 140, 140], beside(37))).toBeGreaterThan(50)
    expect(has(green ?? [], beside(37))).toBe(0)
    expect(has(green ?? [], beside(54))).toBeGreaterThan(50)
    expect(has([140, 140, 140], beside(54))).toBe(0)
  })

  it('shows line, limit, what was normal and the change, each where it belongs', () => {
    const { has } = pixelsOf(drawPlot(plot))
    expect(has(blue ?? [])).toBeGreaterThan(500)
    expect(has(red ?? [])).toBeGreaterThan(500)
    expect(has(green ?? [])).toBeGreaterThan(300)
    // Nothing was measured from the third to the sixth value: no line between them, below the legend.
    const [third, sixth] = [20_000, 50_000].map((ms) => 2 * (70 + (ms / 60_000) * (628 - 70)))
    expect(has(blue ?? [], (x, y) => y > 60 && x > (third ?? 0) + 6 && x < (sixth ?? 0) - 6)).toBe(0)
    expect(has(blue ?? [], (x, y) => y > 60 && x < (third ?? 0))).toBeGreaterThan(200)
  })

  it('tells two regions apart, and survives what is odd', () => {
    const [line] = plot.lines
    const two = drawPlot({ ...plot, lines: [...plot.lines, { ...line!, name: 'us-1', values: [0.2, 0.2, 0.2] }] })
    expect(pixelsOf(two).has(orange ?? [])).toBeGreaterThan(200)
    const odd: readonly Partial<Plot>[] = [
      { lines: [{ ...line!, values: [] }] },
      { lines: [{ ...line!, values: [null, 0.1, null] }] },
      { lines: [{ ...line!, name: '华东 1 — with quite a long name', values: [-5, 3, 1e9] }], unit: 'count', limit: 0 },
      { limit: 0, baseline: 0, lines: [{ ...line!, values: [0, 0] }], broken: 'below', unit: 'seconds' },
      {
        marks: [
          { kind: 'change', atMs: -1e9, label: '回滚' },
          { kind: 'release', atMs: 1000, label: '发布' },
        ],
      },
    ]
    for (const change of odd) expect(pixelsOf(drawPlot({ ...plot, ...change })).width).toBe(1280)
  })

  it('counts time from the change back, in steps people know', () => {
    const ticks = (toMs: number, zeroMs: number) =>
      ticksOf({ fromMs: 0, toMs, low: 0, high: 1 }, zeroMs).map(({ label }) => label)
    expect(ticks(60_000, 40_000)).toEqual(['-40s', '-30s', '-20s', '-10s', '0', '+10s', '+20s'])
    expect(ticks(600_000, 540_000)).toEqual(['-8m', '-6m', '-4m', '-2m', '0'])
    expect(ticks(6 * 3_600_000, 5 * 3_600_000)).toEqual(['-5h', '-4h', '-3h', '-2h', '-1h', '0', '+1h'])
  })

  it('writes only what its font holds', () => {
    expect(widthOf('12.4%')).toBe(29)
    expect(widthOf('~')).toBe(5)
    expect(widthOf('回滚')).toBe(0)
    expect(widthOf('')).toBe(0)
  })

  it('encodes pixels as they are', () => {
    const { width, height, pixel } = pixelsOf(encodePng(2, 1, Uint8Array.of(1, 2, 3, 250, 251, 252)))
    expect([width, height, pixel(0, 0), pixel(1, 0)]).toEqual([2, 1, [1, 2, 3], [250, 251, 252]])
  })
})
