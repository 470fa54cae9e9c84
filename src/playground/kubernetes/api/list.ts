import type { JsonObject } from '../json.ts'
import { type KubeObject, toJson } from '../object.ts'
import type { Resource } from '../resources.ts'
import { fieldMatcher, labelMatcher } from '../selector.ts'
import { badRequest, gone, internal, StatusError } from '../status-error.ts'
import type { Store } from '../store.ts'

interface Position {
  /** Version the whole list is read at; -1 means "go on with what is there now". */
  version: number
  /** Namespace and name of the last object handed out. */
  after: [string, string]
}

const encode = (position: Position): string => Buffer.from(JSON.stringify(position)).toString('base64url')

function decodePosition(token: string): Position {
  try {
    const found = JSON.parse(Buffer.from(token, 'base64url').toString()) as Position
    if (typeof found.version === 'number' && Array.isArray(found.after)) return found
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
  }
  throw badRequest('invalid continue token: continue key is not valid: malformed value')
}

/** Where objects after the position begin, by binary search in key order. */
function startOf(objects: readonly KubeObject[], [space, name]: [string, string]): number {
  let low = 0
  let high = objects.length
  while (low < high) {
    const middle = (low + high) >> 1
    const meta = objects[middle]?.metadata
    const here = meta?.namespace ?? ''
    const before = here < space || (here === space && (meta?.name ?? '') <= name)
    if (before) low = middle + 1
    else high = middle
  }
  return low
}

/** A `resourceVersion` parameter. @throws {StatusError} 400 in a list, 500 (as the real one has it) in a watch */
export function parseVersion(text: string | null, verb: 'list' | 'watch'): number | undefined {
  if (text === null || text === '') return undefined
  if (/^\d+$/.test(text)) return Number(text)
  const quoted = JSON.stringify(text)
  const why = `resourceVersion: Invalid value: ${quoted}: strconv.ParseUint: parsing ${quoted}: invalid syntax`
  throw verb === 'list' ? badRequest(`invalid resource version: ${why}`) : internal(why)
}

const tooOld =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.'

function objectsAt(
  store: Store,
  resource: Resource,
  namespace: string | undefined,
  position: Position,
): readonly KubeObject[] {
  try {
    return store.sorted(resource, namespace, position.version < 0 ? store.version : position.version)
  } catch (failure) {
    if (failure instanceof StatusError && failure.code === 410) throw gone(tooOld, encode({ ...position, version: -1 }))
    throw failure
  }
}

/** A list as the wire has it, whole or one page of it. @throws {StatusError} 400, 410 for an expired page or version, 504 */
export function listObjects(
  store: Store,
  resource: Resource,
  namespace: string | undefined,
  query: URLSearchParams,
): JsonObject {
  const labels = labelMatcher(query.get('labelSelector'))
  const fields = fieldMatcher(resource.kind, query.get('fieldSelector'))
  const limit = Number(query.get('limit') ?? 0)
  const token = query.get('continue')
  const wanted = parseVersion(query.get('resourceVersion'), 'list')
  if (token !== null && token !== '' && wanted !== undefined && wanted !== 0)
    throw badRequest('specifying resource version is not allowed when using continue')
  if (wanted !== undefined && wanted > store.version) {
    throw new StatusError(504, 'Timeout', `Timeout: Too large resource version: ${wanted}, current: ${store.version}`, {
      causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
      retryAfterSeconds: 1,
    })
  }
  const exact = query.get('resourceVersionMatch') === 'Exact' ? wanted : undefined
  const position = token === null || token === '' ? undefined : decodePosition(token)
  const version =
    position === undefined ? (exact ?? store.version) : position.version < 0 ? store.version : position.version
  const all =
    position === undefined
      ? store.sorted(resource, namespace, version)
      : objectsAt(store, resource, namespace, position)
  const matched: KubeObject[] = []
  let i = position === undefined ? 0 : startOf(all, position.after)
  for (; i < all.length && (limit <= 0 || matched.length < limit); i++) {
    const object = all[i]
    if (object !== undefined && labels(object.metadata.labels) && fields(object)) matched.push(object)
  }
  const last = matched.at(-1)
  const selects = (query.get('labelSelector') ?? '') !== '' || (query.get('fieldSelector') ?? '') !== ''
  const metadata: JsonObject = { resourceVersion: String(version) }
  if (limit > 0 && i < all.length && last !== undefined) {
    metadata.continue = encode({ version, after: [last.metadata.namespace ?? '', last.metadata.name] })
    if (!selects) metadata.remainingItemCount = all.length - i
  }
  return {
    kind: `${resource.kind}List`,
    apiVersion: resource.apiVersion,
    metadata,
    items: matched.map((object) => {
      const { apiVersion: _version, kind: _kind, ...rest } = toJson(object)
      return rest
    }),
  }
}
