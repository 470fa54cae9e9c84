import { isWire, Refusal, type Wire } from '../store/wire.ts'

/** What a field of a body may be; `?` at the end: it may be absent. */
export type Kind = 'string' | 'integer' | 'boolean' | 'object' | 'strings' | 'texts' | 'objects'
export type Shape = Readonly<Record<string, Kind | `${Kind}?`>>

const checks: Readonly<Record<Kind, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  integer: (value) => Number.isSafeInteger(value),
  boolean: (value) => typeof value === 'boolean',
  object: isWire,
  /** A list of texts. */
  strings: (value) => Array.isArray(value) && value.every((one) => typeof one === 'string'),
  /** A map to texts. */
  texts: (value) => isWire(value) && Object.values(value).every((one) => typeof one === 'string'),
  objects: (value) => Array.isArray(value) && value.every(isWire),
}

/**
 * Checks a body against the fields that the interface documents. A missing one is refused as the gateway does
 * (`MissingX`, `X is mandatory for this action.`). DingTalk ignores fields it does not know; here they are refused, because
 * a misspelt field would be ignored there.
 */
export function checkFields(body: Wire, shape: Shape, at = ''): void {
  for (const name of Object.keys(body))
    if (!Object.hasOwn(shape, name))
      throw new Refusal('UnknownParameter', `${at}${name} is not a field of this interface`)
  for (const [name, kind] of Object.entries(shape)) {
    const value = body[name]
    const mayBeAbsent = kind.endsWith('?')
    if (value === undefined || value === null) {
      if (mayBeAbsent) continue
      throw new Refusal(`Missing${name}`, `${at}${name} is mandatory for this action.`)
    }
    const check = checks[(mayBeAbsent ? kind.slice(0, -1) : kind) as Kind]
    if (!check(value)) throw new Refusal(`Invalid${name}`, `Specified parameter ${at}${name} is not valid.`)
  }
}

/** A text of a body that was checked. */
export function text(body: Wire, name: string): string {
  const value = body[name]
  return typeof value === 'string' ? value : ''
}

/** A list of texts of a body that was checked. */
export function list(body: Wire, name: string): string[] {
  const value = body[name]
  return Array.isArray(value) ? value.map(String) : []
}

/** An object of a body that was checked; empty where it is absent. */
export function object(body: Wire, name: string): Wire {
  const value = body[name]
  return isWire(value) ? value : {}
}
