import type { RouteRequest, RouteResponse } from '../ports/adapter.ts'

/** What a handler in this room gets: what an adapter's gets, the path's own part, and the query. */
export interface WebRequest extends RouteRequest {
  readonly path: string
  /** What stands for `:id` in the route's path. */
  readonly id: string
  readonly query: URLSearchParams
}

export interface Route {
  readonly method: 'GET' | 'POST'
  /** Exact, or ending in `/:id`, which stands for one word of letters, digits, dots, hyphens and underscores. */
  readonly path: string
  /** A body that is larger is answered 413; 1 MiB where nothing is said. */
  readonly bodyLimitMiB?: number
  readonly handler: (request: WebRequest) => Promise<RouteResponse>
}

export type Match =
  | { readonly found: 'route'; readonly route: Route; readonly id: string }
  | { readonly found: 'other-method'; readonly path: string; readonly allow: string }
  | { readonly found: 'nothing' }

/** The server's routes. GET routes answer HEAD too. */
export class Routes {
  readonly #routes: Route[] = []

  /** Throws TypeError when the path is taken for that method, or is none. */
  add(route: Route): void {
    if (!/^(\/[\w.-]+)+(\/:id)?$/.test(route.path)) throw new TypeError(`${route.path} is no path for a route`)
    if (this.#routes.some((other) => other.path === route.path && other.method === route.method))
      throw new TypeError(`${route.method} ${route.path} is taken`)
    this.#routes.push(route)
  }

  match(method: string, path: string): Match {
    const here = this.#routes.flatMap((route) => {
      const id = idIn(route.path, path)
      return id === null ? [] : [{ route, id }]
    })
    const first = here[0]
    if (!first) return { found: 'nothing' }
    const asked = method === 'HEAD' ? 'GET' : method
    const right = here.find(({ route }) => route.method === asked)
    if (right) return { found: 'route', ...right }
    const allow = here.flatMap(({ route }) => (route.method === 'GET' ? ['GET', 'HEAD'] : [route.method])).join(', ')
    return { found: 'other-method', path: first.route.path, allow }
  }
}

/** What stands for `:id`; empty for an exact path; null when the path is another one. */
function idIn(pattern: string, path: string): string | null {
  if (!pattern.endsWith('/:id')) return pattern === path ? '' : null
  const before = pattern.slice(0, -':id'.length)
  const id = path.startsWith(before) ? path.slice(before.length) : ''
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/.test(id) ? id : null
}
