import { isObject, type Json, type JsonObject, jsonEqual } from '../json.ts'
import { definitionOf, type FieldType } from '../schema/schema.ts'
import { badRequest, internal } from '../status-error.ts'

const setOrder = '$setElementOrder/'
const deleteFrom = '$deleteFromPrimitiveList/'

/** Keeps the patched order first come, then what only the live list has, near its old neighbours (`$setElementOrder`). */
function reorder(list: Json[], order: readonly Json[], idOf: (item: Json) => Json | undefined): Json[] {
  const wanted = order.map(idOf)
  const place = (item: Json): number => wanted.findIndex((id) => jsonEqual(id, idOf(item)))
  const ordered = list.filter((item) => place(item) >= 0).sort((a, b) => place(a) - place(b))
  const result: Json[] = []
  let next = 0
  // Server-only items keep their place relative to the listed items that stood before them.
  for (const item of list) {
    if (place(item) < 0) result.push(item)
    else result.push(ordered[next++] ?? item)
  }
  return result
}

function mergeObjectList(target: Json[], patch: readonly Json[], type: FieldType): Json[] {
  const key = type.mergeKey ?? ''
  const item = type.of ?? { kind: 'raw' }
  if (patch.some((each) => isObject(each) && each.$patch === 'replace' && each[key] === undefined))
    return patch
      .filter((each) => !(isObject(each) && each.$patch === 'replace'))
      .map((each) => mergeValue(undefined, each, item))
  let result = [...target]
  for (const each of patch) {
    if (!isObject(each)) throw badRequest(`expected an object in a list merged by ${key}`)
    const id = each[key]
    if (id === undefined) {
      if (each.$patch !== undefined) continue
      throw internal(`map: ${JSON.stringify(each)} does not contain declared merge key: ${key}`)
    }
    const found = result.findIndex((existing) => isObject(existing) && jsonEqual(existing[key], id))
    if (each.$patch === 'delete') {
      result = result.filter((existing) => !(isObject(existing) && jsonEqual(existing[key], id)))
    } else if (found < 0) result.push(mergeValue(undefined, each, item))
    else result[found] = mergeValue(result[found], each, item)
  }
  return result
}

function mergeList(target: Json | undefined, patch: readonly Json[], type: FieldType): Json[] {
  const current = Array.isArray(target) ? target : []
  if (type.mergeKey === '=')
    return [...current, ...patch.filter((each) => !current.some((existing) => jsonEqual(existing, each)))]
  if ((type.mergeKey ?? '') === '') return structuredClone([...patch])
  return mergeObjectList(current, patch, type)
}

function mergeValue(target: Json | undefined, patch: Json, type: FieldType): Json {
  if (type.kind === 'list' && Array.isArray(patch)) return mergeList(target, patch, type)
  if (!isObject(patch)) return patch
  if (type.kind === 'object') return mergeObject(isObject(target) ? target : {}, patch, type.definition ?? '')
  if (type.kind === 'map' && patch.$patch === undefined) return mergeObject(isObject(target) ? target : {}, patch, '')
  return mergeObject(isObject(target) ? target : {}, patch, '')
}

function mergeObject(target: JsonObject, patch: JsonObject, definition: string): JsonObject {
  if (patch.$patch === 'replace') {
    const { $patch: _, ...rest } = patch
    return structuredClone(rest)
  }
  if (patch.$patch === 'delete') return {}
  if (patch.$patch !== undefined && patch.$patch !== 'merge')
    throw internal(`unknown patch type: ${String(patch.$patch)} in map: ${JSON.stringify(patch)}`)
  const fields = definitionOf(definition)
  let result: JsonObject = { ...target }
  const keep = patch.$retainKeys
  if (Array.isArray(keep)) result = Object.fromEntries(Object.entries(result).filter(([key]) => keep.includes(key)))
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith('$')) continue
    if (value === null) delete result[key]
    else result[key] = mergeValue(result[key], value, fields.get(key) ?? { kind: 'raw' })
  }
  for (const [key, value] of Object.entries(patch)) {
    if (!Array.isArray(value)) continue
    if (key.startsWith(deleteFrom)) {
      const name = key.slice(deleteFrom.length)
      const list = result[name]
      if (Array.isArray(list)) result[name] = list.filter((item) => !value.some((gone) => jsonEqual(gone, item)))
    } else if (key.startsWith(setOrder)) {
      const name = key.slice(setOrder.length)
      const list = result[name]
      const mergeKey = fields.get(name)?.mergeKey ?? ''
      if (Array.isArray(list) && mergeKey !== '')
        result[name] = reorder(list, value, (item) => (mergeKey === '=' || !isObject(item) ? item : item[mergeKey]))
    }
  }
  return result
}

/**
 * Kubernetes' strategic merge patch with the merge keys that the kind publishes, on a copy.
 * @throws {StatusError} 400 for what is no object, 500 (as the real one has it) for an unknown directive or a list item without its merge key.
 */
export function applyStrategicPatch(kind: string, object: JsonObject, patch: Json): JsonObject {
  if (!isObject(patch)) throw badRequest('error decoding patch: a strategic merge patch must be an object')
  return mergeObject(object, patch, kind)
}
