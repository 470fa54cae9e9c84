import { type Resource, resourceAt } from '../resources.ts'
import { methodNotAllowed, noSuchPath } from '../status-error.ts'

export type Verb = 'get' | 'list' | 'watch' | 'create' | 'update' | 'patch' | 'delete' | 'deletecollection'

/** What a request to `/api/…` or `/apis/…` is about. */
export interface Route {
  verb: Verb
  resource: Resource
  namespace: string | undefined
  name: string
  subresource: '' | 'status' | 'scale' | 'log'
}

const verbs: Record<string, Verb> = { GET: 'get', POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete' }

/** Takes a path apart: `/apis/GROUP/VERSION[/namespaces/NS]/PLURAL[/NAME[/SUB]]`. */
function parse(path: string): { group: string; version: string; rest: string[] } | undefined {
  const parts = path.split('/').slice(1).map(decodeURIComponent)
  if (parts.some((part) => part === '')) return undefined
  if (parts[0] === 'api') return { group: '', version: parts[1] ?? '', rest: parts.slice(2) }
  if (parts[0] === 'apis') return { group: parts[1] ?? '', version: parts[2] ?? '', rest: parts.slice(3) }
  return undefined
}

/** @throws {StatusError} 404 for a path that is served by nothing, 405 for a method that it does not have. */
export function route(method: string, path: string, query: URLSearchParams): Route {
  const parsed = parse(path)
  if (parsed === undefined) throw noSuchPath()
  const { group, version } = parsed
  let rest = parsed.rest
  let namespace: string | undefined
  if (rest[0] === 'namespaces' && rest.length > 2 && !(rest.length === 3 && rest[2] === 'status')) {
    namespace = rest[1]
    rest = rest.slice(2)
  }
  const [plural = '', name = '', subresource = '', extra] = rest
  const resource = resourceAt(group, version, plural)
  if (resource === undefined || extra !== undefined) throw noSuchPath()
  if (resource.namespaced ? namespace === undefined && name !== '' : namespace !== undefined) throw noSuchPath()
  const sub = subresource as Route['subresource']
  if (sub !== '' && !resource.subresources.includes(sub)) throw noSuchPath()
  let verb = verbs[method]
  if (verb === undefined) throw methodNotAllowed()
  if (!resource.stored && verb !== 'create') throw methodNotAllowed()
  if (verb === 'get' && name === '') verb = isWatch(query) ? 'watch' : 'list'
  if (verb === 'delete' && name === '') verb = 'deletecollection'
  const wantsName = ['get', 'update', 'patch', 'delete'].includes(verb)
  if (wantsName === (name === '') || verb === 'deletecollection') throw methodNotAllowed()
  if (verb === 'create' && resource.namespaced && namespace === undefined) throw methodNotAllowed()
  if (sub === 'log' && verb !== 'get') throw methodNotAllowed()
  if (sub !== '' && verb === 'delete') throw methodNotAllowed()
  const inNamespace = resource.kind === 'Namespace' ? undefined : namespace
  return { verb, resource, namespace: inNamespace, name, subresource: sub }
}

const isWatch = (query: URLSearchParams): boolean => ['1', 'true'].includes(query.get('watch') ?? '')
