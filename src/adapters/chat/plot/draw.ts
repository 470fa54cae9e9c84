import { quantity } from '../../../text/format.ts'
import type { Plot } from '../../../view/view.ts'
import { widthOf } from './letters.ts'
import { type Colour, Paper } from './paper.ts'
import { encodePng } from './png.ts'
import { namedTicks, type Scale, scaleOf, ticksOf } from './scale.ts'

const size = { width: 640, height: 240 } as const
/** What the word beside a mark needs. */
const labelRoom = 110
const labelHeight = 17
/** One dot of a letter: on a phone the picture is half as wide. */
const dot = 2
/** Two pixels a unit: phones show them sharp. */
const scale = 2
const frame = { left: 70, right: 628, top: 34, bottom: 206 } as const

const paper: Colour = [255, 255, 255]
const ink: Colour = [97, 96, 97]
const faint: Colour = [232, 232, 232]
const broken: Colour = [253, 240, 240]
const red: Colour = [201, 42, 42]
const green: Colour = [0, 122, 90]
const grey: Colour = [140, 140, 140]
/** Dark enough on white (4.5 to 1). */
const inks: readonly Colour[] = [
  [18, 100, 163],
  [200, 96, 12],
  [107, 63, 160],
  [20, 120, 130],
]

/** Draws a plot as a PNG of 1280 × 480 pixels on light ground. The same plot gives the same picture. */
export function drawPlot(plot: Plot): Uint8Array<ArrayBuffer> {
  const on = new Paper(size.width, size.height, scale, paper)
  const range = scaleOf(plot)
  const x = (atMs: number) =>
    frame.left + ((atMs - range.fromMs) / (range.toMs - range.fromMs)) * (frame.right - frame.left)
  const y = (value: number) =>
    frame.bottom - ((value - range.low) / (range.high - range.low)) * (frame.bottom - frame.top)
  const places = { on, plot, range, x, y }
  ground(places)
  values(places)
  marks(places)
  lines(places)
  legend(places)
  const { width, height } = on.pixels
  return encodePng(width, height, on.rgb)
}

interface Places {
  readonly on: Paper
  readonly plot: Plot
  readonly range: Scale
  readonly x: (atMs: number) => number
  readonly y: (value: number) => number
}

function ground({ on, plot, range, x, y }: Places): void {
  const limitY = y(plot.limit)
  const [top, bottom] = plot.broken === 'above' ? [frame.top, limitY] : [limitY, frame.bottom]
  on.fill(frame.left, top, frame.right, bottom, broken)
  const zeroMs = plot.marks.find(({ kind }) => kind === 'change')?.atMs ?? range.toMs
  for (const { atMs, label } of plot.names ? namedTicks(plot.names, range) : ticksOf(range, zeroMs)) {
    on.line(x(atMs), frame.top, x(atMs), frame.bottom, { colour: faint, width: 1 })
    const furthest = size.width - 2 - widthOf(label) * dot * 0.5
    on.text(label, Math.min(x(atMs), furthest), frame.bottom + 9, { colour: ink, size: dot, align: 'middle' })
  }
  on.line(frame.left, frame.bottom, frame.right, frame.bottom, { colour: grey, width: 1 })
}

/** The limit, what was normal, and the most there was, each with its number where there is room for it. */
function values({ on, plot, range, y }: Places): void {
  const taken: number[] = []
  const number = (value: number, colour: Colour) => {
    const at = y(value)
    if (taken.some((other) => Math.abs(other - at) < 18)) return
    taken.push(at)
    on.text(quantity('en', value, plot.unit).replace(' ', ''), frame.left - 6, at - 7, {
      colour,
      size: dot,
      align: 'right',
    })
  }
  on.line(frame.left, y(plot.limit), frame.right, y(plot.limit), { colour: red, width: 1.5, dash: 6 })
  number(plot.limit, red)
  if (plot.baseline !== null) {
    on.line(frame.left, y(plot.baseline), frame.right, y(plot.baseline), { colour: green, width: 1.2, dash: 2 })
    number(plot.baseline, green)
  }
  number(range.high / 1.15, ink)
  number(range.low, ink)
}

/** When the release came, and when it was set back: regions follow each other, so that there may be several of a kind. */
function marks({ on, plot, range, x }: Places): void {
  for (const [row, kind] of (['release', 'change'] as const).entries()) {
    const colour = kind === 'change' ? green : grey
    const all = plot.marks.filter((mark) => mark.kind === kind && mark.atMs >= range.fromMs && mark.atMs <= range.toMs)
    const places = all.map(({ atMs }) => x(atMs)).sort((a, b) => a - b)
    for (const at of places)
      on.line(at, frame.top, at, frame.bottom, { colour, width: 1.5, ...(kind === 'release' ? { dash: 3 } : {}) })
    const [first, last] = [places[0], places.at(-1)]
    if (first === undefined || last === undefined) continue
    const label = all[0]?.label ?? ''
    // Each on a row of its own: a release and its rollback may be seconds apart.
    const top = frame.top + 3 + row * labelHeight
    if (first - frame.left > labelRoom) on.text(label, first - 6, top, { colour, size: dot, align: 'right' })
    else on.text(label, last + 6, top, { colour, size: dot })
  }
}

function lines({ on, plot, x, y }: Places): void {
  for (const [index, { fromMs, stepMs, values: own }] of plot.lines.entries()) {
    const colour = inks[index % inks.length] ?? ink
    let before: { readonly x: number; readonly y: number } | null = null
    for (const [step, value] of own.entries()) {
      if (value === null) {
        before = null
        continue
      }
      const here = { x: x(fromMs + step * stepMs), y: y(value) }
      const { x: fromX, y: fromY } = before ?? here
      on.line(fromX, fromY, here.x, here.y, { colour, width: 2.4 })
      // Steps that are no times are few, and each of them counts.
      if (plot.names) on.fill(here.x - 3, here.y - 3, here.x + 3, here.y + 3, colour)
      before = here
    }
  }
}

/** Above the picture, on one row. */
function legend({ on, plot }: Places): void {
  const room = (frame.right - frame.left) / Math.max(1, plot.lines.length)
  for (const [index, { name }] of plot.lines.entries()) {
    const colour = inks[index % inks.length] ?? ink
    const left = frame.left + index * Math.min(room, 170)
    on.line(left + 2, 16, left + 16, 16, { colour, width: 3 })
    on.text(name.slice(0, 11), left + 23, 9, { colour, size: dot })
  }
}
