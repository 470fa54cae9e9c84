import { isWire } from '../store/wire.ts'

/** One thing wrong with a Block Kit payload, in the words Slack uses. */
export interface Problem {
  readonly pointer: string
  readonly message: string
}

/** Looks at a value and reports what is wrong with it. */
export type Check = (value: unknown, at: string, found: Problem[]) => void

function say(found: Problem[], pointer: string, message: string): void {
  found.push({ pointer, message })
}

/** A string between two lengths, both inclusive, in UTF-16 units. */
export function text(limits: { min?: number; max?: number } = {}): Check {
  return (value, at, found) => {
    if (typeof value !== 'string') return say(found, at, 'must provide a string')
    const min = limits.min ?? 0
    if (value.length < min) say(found, at, `must be more than ${min - 1} characters`)
    if (limits.max !== undefined && value.length > limits.max)
      say(found, at, `must be less than ${limits.max + 1} characters`)
  }
}

/** A string of this form. */
export function pattern(form: RegExp, message: string): Check {
  return (value, at, found) => {
    if (typeof value !== 'string') return say(found, at, 'must provide a string')
    if (!form.test(value)) say(found, at, message)
  }
}

/** An address people can open. */
export const httpUrl = pattern(/^https?:\/\/\S+$/, 'Must be a valid URL')
/** An address that must be https. */
export const httpsUrl = pattern(/^https:\/\/\S+$/, 'Must be a valid HTTPS URL')

/** true or false. */
export const flag: Check = (value, at, found) => {
  if (typeof value !== 'boolean') say(found, at, 'must provide a boolean')
}

/** A whole number between two bounds, both inclusive. */
export function integer(min: number, max: number): Check {
  return (value, at, found) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) return say(found, at, 'must provide an integer')
    if (value < min) say(found, at, `must be greater than ${min - 1}`)
    if (value > max) say(found, at, `must be less than ${max + 1}`)
  }
}

/** Any number. */
export function number(): Check {
  return (value, at, found) => {
    if (typeof value !== 'number') say(found, at, 'must provide a number')
  }
}

/** One of these values. */
export function oneOf(...allowed: readonly unknown[]): Check {
  return (value, at, found) => {
    if (!allowed.includes(value)) say(found, at, 'must be a valid enum value')
  }
}

/** A list of such items, no shorter and no longer than this. */
export function list(item: Check, limits: { min?: number; max?: number } = {}): Check {
  return (value, at, found) => {
    if (!Array.isArray(value)) return say(found, at, 'must provide an array')
    if (value.length < (limits.min ?? 0)) say(found, at, `no less than ${limits.min} items allowed`)
    if (limits.max !== undefined && value.length > limits.max)
      say(found, at, `no more than ${limits.max} items allowed`)
    value.forEach((entry, index) => {
      item(entry, `${at}/${index}`, found)
    })
  }
}

/** An object with exactly these fields; what else it has is refused, as Slack does. */
export function shape(
  required: Readonly<Record<string, Check>>,
  optional: Readonly<Record<string, Check>> = {},
  also?: Check,
): Check {
  return (value, at, found) => {
    if (!isWire(value)) return say(found, at, 'must provide an object')
    for (const [name, check] of Object.entries(required)) {
      if (value[name] === undefined || value[name] === null) say(found, at, `missing required field: ${name}`)
      else check(value[name], `${at}/${name}`, found)
    }
    for (const [name, given] of Object.entries(value)) {
      if (name in required) continue
      const check = optional[name]
      if (!check) say(found, at, `invalid additional property: ${name}`)
      else if (given !== undefined && given !== null) check(given, `${at}/${name}`, found)
    }
    also?.(value, at, found)
  }
}

/** Chooses the check by the object's `type`. */
export function byType(kinds: Readonly<Record<string, Check>>): Check {
  return (value, at, found) => {
    if (!isWire(value)) return say(found, at, 'must provide an object')
    if (typeof value.type !== 'string') return say(found, at, 'missing required field: type')
    const check = Object.hasOwn(kinds, value.type) ? kinds[value.type] : undefined
    if (!check) return say(found, `${at}/type`, `unsupported type: ${value.type}`)
    check(value, at, found)
  }
}

/** The subset of checks under these names. */
export function only(kinds: Readonly<Record<string, Check>>, names: readonly string[]): Check {
  const chosen: Record<string, Check> = {}
  for (const name of names) if (kinds[name]) chosen[name] = kinds[name]
  return byType(chosen)
}

/** A rule about several fields together. */
export function rule(holds: (value: Record<string, unknown>) => boolean, message: string): Check {
  return (value, at, found) => {
    if (isWire(value) && !holds(value)) say(found, at, message)
  }
}

/** Several checks on one value. */
export function all(...checks: readonly Check[]): Check {
  return (value, at, found) => {
    for (const check of checks) check(value, at, found)
  }
}
