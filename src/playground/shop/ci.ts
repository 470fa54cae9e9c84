import { loopback } from '../loopback.ts'

/** The pipeline's own pages: what a card's link to a run leads to. */
export interface Ci {
  url(run: number): string
  tell(run: number, page: { readonly title: string; readonly lines: readonly string[] }): void
  close(): Promise<void>
}

/** Serves one plain-text page per run. */
export async function startCi(): Promise<Ci> {
  const pages = new Map<number, string>()
  const server = await loopback((request, response) => {
    const run = Number(/^\/runs\/(\d+)$/.exec(request.url ?? '')?.[1])
    const page = pages.get(run)
    response.writeHead(Number.isNaN(run) ? 404 : 200, {
      'content-type': 'text/plain; charset=utf-8',
      'content-security-policy': "default-src 'none'",
      'x-content-type-options': 'nosniff',
    })
    response.end(
      Number.isNaN(run)
        ? 'There is nothing here.\n'
        : `CI run #${run}\n\n${page ?? 'Shipped some days ago; its log was cleaned away.'}\n`,
    )
  })
  return {
    url: (run) => `${server.url}/runs/${run}`,
    tell: (run, { title, lines }) => void pages.set(run, [title, ...lines].join('\n')),
    close: () => server.close(),
  }
}
