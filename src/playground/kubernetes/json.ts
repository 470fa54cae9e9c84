export type Json = null | boolean | number | string | Json[] | JsonObject
export type JsonObject = { [key: string]: Json }

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Equality of JSON values, whatever the order of keys. */
export function jsonEqual(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((each, i) => jsonEqual(each, b[i]))
  if (!isObject(a) || !isObject(b)) return false
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && jsonEqual(a[key], b[key]))
}

/** The value at a path of object keys, if it is there. */
export function at(value: Json | undefined, ...path: string[]): Json | undefined {
  let found: Json | undefined = value
  for (const key of path) found = isObject(found) && Object.hasOwn(found, key) ? found[key] : undefined
  return found
}

export const objectAt = (value: Json | undefined, ...path: string[]): JsonObject | undefined => {
  const found = at(value, ...path)
  return isObject(found) ? found : undefined
}

export const listAt = (value: Json | undefined, ...path: string[]): Json[] => {
  const found = at(value, ...path)
  return Array.isArray(found) ? found : []
}

export const stringAt = (value: Json | undefined, ...path: string[]): string | undefined => {
  const found = at(value, ...path)
  return typeof found === 'string' ? found : undefined
}

export const numberAt = (value: Json | undefined, ...path: string[]): number | undefined => {
  const found = at(value, ...path)
  return typeof found === 'number' ? found : undefined
}

export const booleanOr = (value: Json | undefined, otherwise: boolean): boolean =>
  typeof value === 'boolean' ? value : otherwise
