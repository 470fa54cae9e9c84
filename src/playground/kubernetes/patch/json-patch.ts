import { isObject, type Json, type JsonObject, jsonEqual } from '../json.ts'
import { badRequest, StatusError } from '../status-error.ts'

interface Operation {
  op: string
  path: string
  from?: string
  value?: Json
}

/** The real server answers any operation that cannot be applied, a failed `test` too, with 422 and does not say why. */
const cannotApply = (): StatusError =>
  new StatusError(422, 'Invalid', 'the server rejected our request due to an error in our request', {})

function segments(pointer: string): string[] {
  if (pointer === '') return []
  if (!pointer.startsWith('/')) throw badRequest(`invalid JSON pointer ${JSON.stringify(pointer)}`)
  return pointer
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** As the server's JSON patch library reads it: -1 is the last one. */
function index(key: string, end: number, size: number): number {
  const at = /^(0|-?[1-9]\d*)$/.test(key) ? Number(key) : Number.NaN
  const found = at < 0 ? size + at : at
  if (!(found >= 0 && found <= end)) throw cannotApply()
  return found
}

function read(target: Json, path: readonly string[]): Json {
  let found: Json = target
  for (const key of path) {
    if (Array.isArray(found)) found = found[index(key, found.length - 1, found.length)] ?? null
    else if (isObject(found) && Object.hasOwn(found, key)) found = found[key] ?? null
    else throw cannotApply()
  }
  return found
}

function parentOf(target: Json, path: readonly string[]): { parent: Json[] | JsonObject; key: string } {
  const parent = read(target, path.slice(0, -1))
  if (!Array.isArray(parent) && !isObject(parent)) throw cannotApply()
  return { parent, key: path.at(-1) ?? '' }
}

function add(target: Json, pointer: string, value: Json): Json {
  const path = segments(pointer)
  if (path.length === 0) return value
  const { parent, key } = parentOf(target, path)
  if (!Array.isArray(parent)) parent[key] = value
  else if (key === '-') parent.push(value)
  else parent.splice(index(key, parent.length, parent.length), 0, value)
  return target
}

function remove(target: Json, pointer: string): Json {
  const path = segments(pointer)
  read(target, path)
  const { parent, key } = parentOf(target, path)
  if (Array.isArray(parent)) parent.splice(index(key, parent.length - 1, parent.length), 1)
  else delete parent[key]
  return target
}

/** A key that is missing from its object is added: the server's library allows that, against the RFC. */
function replace(target: Json, pointer: string, value: Json): Json {
  const path = segments(pointer)
  if (path.length === 0) return value
  const { parent, key } = parentOf(target, path)
  if (Array.isArray(parent)) parent[index(key, parent.length - 1, parent.length)] = value
  else parent[key] = value
  return target
}

function holds(target: Json, pointer: string, value: Json): boolean {
  try {
    return jsonEqual(read(target, segments(pointer)), value)
  } catch (failure) {
    if (failure instanceof StatusError) return value === null
    throw failure
  }
}

function apply(target: Json, operation: Operation): Json {
  const value = structuredClone(operation.value ?? null)
  switch (operation.op) {
    case 'add':
      return add(target, operation.path, value)
    case 'remove':
      return remove(target, operation.path)
    case 'replace':
      return replace(target, operation.path, value)
    case 'copy':
      return add(target, operation.path, structuredClone(read(target, segments(operation.from ?? ''))))
    case 'move': {
      const moved = read(target, segments(operation.from ?? ''))
      return add(remove(target, operation.from ?? ''), operation.path, moved)
    }
    case 'test':
      if (!holds(target, operation.path, value)) throw cannotApply()
      return target
    default:
      throw cannotApply()
  }
}

/**
 * RFC 6902, on a copy.
 * @throws {StatusError} 400 for what is no list of operations, 422 for one that does not apply.
 */
export function applyJsonPatch(object: JsonObject, patch: Json): JsonObject {
  if (!Array.isArray(patch))
    throw badRequest('error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp')
  if (patch.length > 10_000)
    throw new StatusError(
      413,
      'RequestEntityTooLarge',
      `The allowed maximum operations in a JSON patch is 10000, got ${patch.length}`,
    )
  let result: Json = structuredClone(object)
  for (const each of patch) {
    if (!isObject(each) || typeof each.op !== 'string' || typeof each.path !== 'string') throw cannotApply()
    result = apply(result, each as unknown as Operation)
  }
  if (!isObject(result)) throw cannotApply()
  return result
}
