import { serveHttp } from '../loopback.ts'

/** Something to scrape: shows the lines that were set last; `down` answers nothing but 500. */
export interface Exporter {
  readonly url: string
  readonly address: string
  /** How often it was scraped. */
  readonly scrapes: number
  show(...lines: readonly string[]): void
  down(): void
  stop(): Promise<void>
}

export async function startExporter(): Promise<Exporter> {
  let text: string | null = ''
  let scrapes = 0
  const server = await serveHttp((_request, response) => {
    scrapes += 1
    if (text === null) response.writeHead(500).end()
    else response.setHeader('content-type', 'text/plain; version=0.0.4').end(text)
  })
  return {
    url: `${server.url}/metrics`,
    address: `127.0.0.1:${server.port}`,
    get scrapes() {
      return scrapes
    },
    show(...lines) {
      text = lines.map((line) => `${line}\n`).join('')
    },
    down() {
      text = null
    },
    stop: () => server.stop(),
  }
}
