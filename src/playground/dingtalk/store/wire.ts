/** A JSON object as it travels; the server reads only fields it checks. */
export type Wire = Record<string, unknown>

/** True for plain JSON objects. */
export function isWire(value: unknown): value is Wire {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The objects in a list, or none. */
export function objects(value: unknown): Wire[] {
  return Array.isArray(value) ? value.filter(isWire) : []
}

/** The text as JSON, or undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** What an interface under `/v1.0` refuses: status, `code` and `message` of the answer, and whatever else it carries. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  readonly extra: Wire

  constructor(code: string, message: string = code, status = 400, extra: Wire = {}) {
    super(message)
    this.name = 'Refusal'
    this.status = status
    this.code = code
    this.extra = extra
  }
}

/** What an old interface (oapi, robot webhooks) refuses: always status 200, with `errcode` and `errmsg`. */
export class OldRefusal extends Error {
  readonly errcode: number
  readonly extra: Wire

  constructor(errcode: number, errmsg: string, extra: Wire = {}) {
    super(errmsg)
    this.name = 'OldRefusal'
    this.errcode = errcode
    this.extra = extra
  }
}
