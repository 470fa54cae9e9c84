import { isWire, Refusal, type Wire } from '../store/wire.ts'

/** Reads a method's arguments, which come as form strings or as JSON values. */
export class Arguments {
  readonly given: Wire

  constructor(given: Wire) {
    this.given = given
  }

  /** A string, absent when it is missing or empty. */
  text(name: string): string | undefined {
    const value = this.given[name]
    if (typeof value === 'string') return value === '' ? undefined : value
    if (typeof value === 'number' || typeof value === 'boolean') return String(value)
    return undefined
  }

  /** A string that must be there. Refuses with `invalid_arguments`, or with the method's own code. */
  need(name: string, code?: string): string {
    const value = this.text(name)
    if (value === undefined) throw code ? new Refusal(code) : invalidArguments(`missing required field: ${name}`)
    return value
  }

  has(name: string): boolean {
    const value = this.given[name]
    return value !== undefined && value !== null && value !== ''
  }

  /** A JSON value: encoded as a string in forms, as it is in JSON bodies. Refuses with `code` when it cannot be read. */
  json(name: string, code = 'invalid_arguments'): unknown {
    const value = this.given[name]
    if (typeof value !== 'string') return value ?? undefined
    if (value === '') return undefined
    try {
      return JSON.parse(value)
    } catch (cause) {
      throw new Refusal(code, { cause: String(cause) })
    }
  }

  object(name: string, code?: string): Wire | undefined {
    const value = this.json(name, code)
    if (value === undefined) return undefined
    if (!isWire(value)) throw new Refusal(code ?? 'invalid_arguments')
    return value
  }

  array(name: string, code?: string): unknown[] | undefined {
    const value = this.json(name, code)
    if (value === undefined) return undefined
    if (!Array.isArray(value)) throw new Refusal(code ?? 'invalid_arguments')
    return value
  }

  flag(name: string, otherwise = false): boolean {
    const value = this.given[name]
    if (value === undefined || value === null || value === '') return otherwise
    return value === true || value === 1 || value === 'true' || value === '1'
  }

  integer(name: string, otherwise: number): number {
    const value = this.text(name)
    if (value === undefined) return otherwise
    const number = Number(value)
    if (!Number.isInteger(number)) throw invalidArguments(`must provide an integer [json-pointer:/${name}]`)
    return number
  }

  /** Ids separated by commas, or a JSON list. */
  ids(name: string): string[] {
    const value = this.given[name]
    if (Array.isArray(value)) return value.map(String)
    const text = this.text(name)
    if (text === undefined) return []
    if (text.startsWith('[')) return (this.array(name) ?? []).map(String)
    return text.split(',').map((id) => id.trim())
  }
}

/** The refusal of arguments that fail the method's schema. */
export function invalidArguments(...messages: string[]): Refusal {
  return new Refusal('invalid_arguments', { response_metadata: { messages: messages.map((m) => `[ERROR] ${m}`) } })
}
