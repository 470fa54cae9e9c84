/** A JSON object as it travels; the workspace reads only fields it checks. */
export type Wire = Record<string, unknown>

/** True for plain JSON objects. */
export function isWire(value: unknown): value is Wire {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The objects in a list, or none. */
export function wires(value: unknown): Wire[] {
  return Array.isArray(value) ? value.filter(isWire) : []
}

/** What Slack refuses: the `error` code of the answer, with whatever else the answer carries. */
export class Refusal extends Error {
  readonly code: string
  readonly extra: Wire

  constructor(code: string, extra: Wire = {}) {
    super(code)
    this.name = 'Refusal'
    this.code = code
    this.extra = extra
  }
}
