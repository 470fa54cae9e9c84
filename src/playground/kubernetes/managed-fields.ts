import { isObject, type Json, type JsonObject, jsonEqual } from './json.ts'
import { definitionOf, type FieldType } from './schema/schema.ts'

/** `fieldsV1`: nested `f:name` and `k:{…}` keys down to the fields owned. */
type FieldTree = { [key: string]: FieldTree }

const neverOwned = new Set(
  'name namespace creationTimestamp selfLink uid generation managedFields resourceVersion'.split(' '),
)

const itemKey = (item: JsonObject, keys: readonly string[]): string => {
  const entries = [...keys].sort().map((key): [string, Json] => [key, item[key] ?? ''])
  return `k:${JSON.stringify(Object.fromEntries(entries))}`
}

function listTree(now: readonly Json[], before: Json | undefined, type: FieldType): FieldTree | undefined {
  const keys = type.mapKeys ?? []
  const old = Array.isArray(before) ? before : []
  if (keys.length === 0) return jsonEqual([...now], before) ? undefined : {}
  const tree: FieldTree = before === undefined && type.always !== true ? { '.': {} } : {}
  for (const item of now) {
    if (!isObject(item)) {
      if (!old.some((each) => jsonEqual(each, item))) tree[`v:${JSON.stringify(item)}`] = {}
      continue
    }
    const key = itemKey(item, keys)
    const match = old.find((each) => isObject(each) && itemKey(each, keys) === key)
    const inner = valueTree(item, match, type.of)
    if (inner !== undefined) tree[key] = inner
  }
  return Object.keys(tree).length === 0 ? undefined : tree
}

function objectTree(now: JsonObject, before: Json | undefined, type: FieldType | undefined): FieldTree | undefined {
  const tree: FieldTree = {}
  const old = isObject(before) ? before : undefined
  const fields = type?.kind === 'object' ? definitionOf(type.definition ?? '') : undefined
  for (const [key, value] of Object.entries(now)) {
    const inner = valueTree(value, old?.[key], type?.kind === 'map' ? type.of : fields?.get(key))
    if (inner !== undefined) tree[`f:${key}`] = inner
  }
  if (Object.keys(tree).length > 0) return old === undefined && type?.always !== true ? { '.': {}, ...tree } : tree
  return old === undefined && Object.keys(now).length === 0 ? {} : undefined
}

/** What of `now` is new or different from `before`; undefined when nothing is. */
function valueTree(now: Json, before: Json | undefined, type: FieldType | undefined): FieldTree | undefined {
  if (now === before) return undefined
  if (type?.kind === 'list' && Array.isArray(now)) return listTree(now, before, type)
  if (isObject(now) && type !== undefined && type.kind !== 'raw' && type.atomic !== true)
    return objectTree(now, before, type)
  return jsonEqual(now, before) ? undefined : {}
}

function ownable(object: JsonObject, subresource: string): JsonObject {
  const { apiVersion: _version, kind, metadata, status, ...rest } = object
  if (subresource === 'status') {
    const annotations = isObject(metadata) ? metadata.annotations : undefined
    return {
      ...(annotations === undefined ? {} : { metadata: { annotations } }),
      ...(status === undefined ? {} : { status }),
    }
  }
  const kept = isObject(metadata)
    ? Object.fromEntries(Object.entries(metadata).filter(([key]) => !neverOwned.has(key)))
    : {}
  const mine: JsonObject = { ...rest, ...(Object.keys(kept).length > 0 ? { metadata: kept } : {}) }
  if (kind === 'Namespace') delete mine.spec
  const { annotations } = kept
  const counted = 'deprecated.daemonset.template.generation'
  // The server counts there; whoever wrote the object first keeps the field.
  if (isObject(annotations) && annotations[counted] !== undefined)
    mine.metadata = { ...kept, annotations: { ...annotations, [counted]: '' } }
  if (kind === 'Pod' && isObject(mine.spec)) {
    const { priority: _p, preemptionPolicy: _q, tolerations: _t, ...spec } = mine.spec
    mine.spec = spec
  }
  return mine
}

/** True when any field is in both. */
const overlaps = (tree: FieldTree, other: FieldTree): boolean =>
  Object.entries(other).some(([key, inner]) => {
    const mine = tree[key]
    return mine !== undefined && (Object.keys(inner).length === 0 || overlaps(mine, inner))
  })

function subtract(tree: FieldTree, taken: FieldTree): FieldTree | undefined {
  if (!overlaps(tree, taken)) return tree
  const result: FieldTree = {}
  for (const [key, inner] of Object.entries(tree)) {
    const other = taken[key]
    if (other === undefined) result[key] = inner
    else if (key !== '.' && Object.keys(other).length > 0) {
      const left = subtract(inner, other)
      if (left !== undefined) result[key] = left
    }
  }
  return Object.keys(result).length === 0 ? undefined : result
}

/** What `before` had and `now` has no more: each key leads to all that was below it. */
function removedTree(before: Json, now: Json | undefined, type: FieldType | undefined): FieldTree | undefined {
  if (before === now) return undefined
  if (now === undefined) return {}
  const tree: FieldTree = {}
  const note = (key: string, value: Json, kept: Json | undefined, inner: FieldType | undefined): void => {
    const gone = removedTree(value, kept, inner)
    if (gone !== undefined) tree[key] = gone
  }
  if (type?.kind === 'list' && Array.isArray(before)) {
    const keys = type.mapKeys ?? []
    const left = Array.isArray(now) ? now : []
    if (keys.length === 0) return undefined
    for (const item of before) {
      if (!isObject(item)) {
        if (!left.some((each) => jsonEqual(each, item))) tree[`v:${JSON.stringify(item)}`] = {}
        continue
      }
      const key = itemKey(item, keys)
      note(
        key,
        item,
        left.find((each) => isObject(each) && itemKey(each, keys) === key),
        type.of,
      )
    }
  } else if (isObject(before) && isObject(now) && type !== undefined && type.kind !== 'raw' && type.atomic !== true) {
    const fields = type.kind === 'object' ? definitionOf(type.definition ?? '') : undefined
    for (const [key, value] of Object.entries(before))
      note(`f:${key}`, value, now[key], type.kind === 'map' ? type.of : fields?.get(key))
  }
  return Object.keys(tree).length === 0 ? undefined : tree
}

/** The tree without what was removed, down to the last field. */
function prune(tree: FieldTree, removed: FieldTree): FieldTree | undefined {
  if (Object.keys(removed).length === 0) return undefined
  let result = tree
  for (const [key, below] of Object.entries(removed)) {
    const inner = result[key]
    if (inner === undefined) continue
    const left = prune(inner, below)
    const { [key]: _, ...rest } = result
    result = left === undefined ? rest : { ...rest, [key]: left }
  }
  return Object.keys(result).every((key) => key === '.') ? undefined : result
}

function union(a: FieldTree, b: FieldTree): FieldTree {
  const result: FieldTree = { ...a }
  for (const [key, inner] of Object.entries(b)) result[key] = union(result[key] ?? {}, inner)
  return result
}

export interface Writer {
  manager: string
  subresource: string
  time: string
}

const fieldsOf = (entry: Json): FieldTree =>
  isObject(entry) && isObject(entry.fieldsV1) ? (entry.fieldsV1 as FieldTree) : {}

const sortKey = (entry: JsonObject): string =>
  [entry.time, entry.manager, entry.apiVersion, entry.subresource].map((part) => String(part ?? '')).join('\n')

const byTimeThenManager = (a: JsonObject, b: JsonObject): number => {
  const first = sortKey(a)
  const second = sortKey(b)
  return first < second ? -1 : first > second ? 1 : 0
}

/** `metadata.managedFields` after an Update by the writer: it owns what it changed, the others lose that. */
export function manage(kind: string, now: JsonObject, before: JsonObject | undefined, writer: Writer): JsonObject[] {
  const entries =
    isObject(before?.metadata) && Array.isArray(before.metadata.managedFields) ? before.metadata.managedFields : []
  const type: FieldType = { kind: 'object', definition: kind, always: true }
  const after = ownable(now, writer.subresource)
  const earlier = ownable(before ?? {}, writer.subresource)
  const changed = valueTree(after, earlier, type) ?? {}
  const removed = removedTree(earlier, after, type)
  const left = (tree: FieldTree | undefined): FieldTree | undefined =>
    tree === undefined || removed === undefined ? tree : prune(tree, removed)
  const touches = Object.keys(changed).length > 0
  const result: JsonObject[] = []
  let mine: FieldTree | undefined
  let mineBefore: JsonObject | undefined
  for (const entry of entries) {
    if (!isObject(entry)) continue
    const own =
      entry.manager === writer.manager &&
      entry.operation === 'Update' &&
      (entry.subresource ?? '') === writer.subresource
    const fields = fieldsOf(entry)
    if (own) {
      mine = left(fields)
      mineBefore = entry
      continue
    }
    const kept = left(touches ? subtract(fields, changed) : fields)
    if (kept === fields) result.push(entry)
    else if (kept !== undefined) result.push({ ...entry, fieldsV1: kept })
  }
  const owned = union(mine ?? {}, changed)
  if (Object.keys(owned).length === 0) return result
  result.push({
    manager: writer.manager,
    operation: 'Update',
    apiVersion: now.apiVersion ?? '',
    time: touches ? writer.time : (mineBefore?.time ?? writer.time),
    fieldsType: 'FieldsV1',
    fieldsV1: owned,
    ...(writer.subresource === '' ? {} : { subresource: writer.subresource }),
  })
  return result.sort(byTimeThenManager)
}
