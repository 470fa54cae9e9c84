import { svg } from './dom.js'

const width = 120
const height = 30
const shown = 120

/** The last two minutes as a filled line; `most` is the least that the scale reaches up to. */
export function plot(points, pick, most, kind, title) {
  const recent = points.slice(-shown)
  const values = recent.map((point) => pick(point) ?? 0)
  const top = Math.max(most, ...values)
  const x = (index) => width - (recent.length - 1 - index) * (width / (shown - 1))
  const y = (value) => height - 1 - (value / top) * (height - 3)
  const line = values.map((value, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`)
  const area = line.length === 0 ? '' : `M${x(0).toFixed(1)},${height} L${line.join(' L')} L${width},${height} Z`
  return svg(
    'svg',
    {
      class: `plot ${kind}`,
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-label': title,
      preserveAspectRatio: 'none',
    },
    svg('title', {}, title),
    svg('line', { class: 'base', x1: 0, x2: width, y1: height - 0.5, y2: height - 0.5 }),
    svg('path', { class: 'area', d: area }),
    svg('polyline', { class: 'line', points: line.join(' '), 'vector-effect': 'non-scaling-stroke' }),
  )
}
