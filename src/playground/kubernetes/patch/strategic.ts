import { isObject, type Json, type JsonObject, jsonEqual } from '../json.ts'
import { definitionOf, type FieldType } from '../schema/schema.ts'
import { badRequest, internal } from '../status-error.ts'

const setOrder = '$setElementOrder/'
const deleteFrom = '$deleteFromPrimitiveList/'

type IdOf = (item: Json) => Json | undefined

const idBy =
  (mergeKey: string): IdOf =>
  (item) =>
    mergeKey === '=' || !isObject(item) ? item : item[mergeKey]

const placeIn = (order: readonly Json[], item: Json, idOf: IdOf): number =>
  order.findIndex((each) => jsonEqual(idOf(each), idOf(item)))

/** The named items in the order given, and among them what only the server had, before those it stood before (`mergeSortedSlice`). */
function arrange(list: readonly Json[], order: readonly Json[], before: readonly Json[], idOf: IdOf): Json[] {
  const named = list.filter((item) => placeIn(order, item, idOf) >= 0)
  named.sort((a, b) => placeIn(order, a, idOf) - placeIn(order, b, idOf))
  const others = list.filter((item) => placeIn(order, item, idOf) < 0)
  const result: Json[] = []
  while (named.length > 0 && others.length > 0) {
    const left = placeIn(before, others[0] ?? null, idOf)
    const right = placeIn(before, named[0] ?? null, idOf)
    result.push(...(left >= 0 && right >= 0 && left < right ? others : named).splice(0, 1))
  }
  return [...result, ...named, ...others]
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
  return arrange(result, patch, target, idBy(key))
}

function mergeList(target: Json | undefined, patch: readonly Json[], type: FieldType): Json[] {
  const current = Array.isArray(target) ? target : []
  if (type.mergeKey === '=') {
    const all = [...current, ...patch.filter((each) => placeIn(current, each, idBy('=')) < 0)]
    return arrange(all, patch, current, idBy('='))
  }
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
      const before = target[name]
      if (Array.isArray(list) && mergeKey !== '')
        result[name] = arrange(list, value, Array.isArray(before) ? before : [], idBy(mergeKey))
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
