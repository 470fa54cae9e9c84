import { isObject, type Json, type JsonObject } from '../json.ts'
import { badRequest } from '../status-error.ts'

function merge(target: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch
  const result: JsonObject = isObject(target) ? { ...target } : {}
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key]
    else result[key] = merge(result[key], value)
  }
  return result
}

/** RFC 7386, on a copy. @throws {StatusError} 400 when the patch is no object. */
export function applyMergePatch(object: JsonObject, patch: Json): JsonObject {
  if (!isObject(patch)) throw badRequest('error decoding patch: a merge patch must be an object')
  const result = merge(object, patch)
  return isObject(result) ? result : {}
}
