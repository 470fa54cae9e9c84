export type Labels = Readonly<Record<string, string>>

/** One line of an exposition: https://prometheus.io/docs/instrumenting/exposition_formats/ */
export interface Exposed {
  readonly name: string
  readonly labels: Labels
  readonly value: number
}

const line = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)$/
const pair = /\s*([a-zA-Z_]\w*)\s*=\s*"((?:[^"\\]|\\.)*)"\s*(?:,|$)/y

/** Reads the text format without timestamps. Throws on a line it does not understand, as a scrape fails whole. */
export function parseExposition(text: string): Exposed[] {
  return text
    .split('\n')
    .filter((one) => one !== '' && !one.startsWith('#'))
    .map((one) => {
      const [, name, labels = '', value = ''] = line.exec(one) ?? []
      if (name === undefined) throw new Error(`not understood: ${one.slice(0, 80)}`)
      return { name, labels: labelsOf(labels, one), value: numberOf(value) }
    })
}

const numberOf = (text: string): number =>
  text === '+Inf' ? Number.POSITIVE_INFINITY : text === '-Inf' ? Number.NEGATIVE_INFINITY : Number(text)

function labelsOf(text: string, whole: string): Labels {
  const labels: Record<string, string> = {}
  pair.lastIndex = 0
  while (pair.lastIndex < text.length) {
    const [, name, value] = pair.exec(text) ?? []
    if (name === undefined || value === undefined) throw new Error(`not understood: ${whole.slice(0, 80)}`)
    labels[name] = value.replace(/\\(.)/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped))
  }
  return labels
}
