import { createHmac } from 'node:crypto'
import { serveHttp } from '../loopback.ts'

export type ReceiverTrouble = 'busy' | 'down' | 'after' | 'cut' | 'late'

export interface Message {
  readonly type: string
  readonly key?: string
  readonly to?: { readonly person: string; readonly address: string | null }
  readonly summary?: string
}

/** `v1=…` as the adapter's README says; written anew, so that the adapter is not checked by itself. */
export const sign = (secret: string, timestamp: number | string, body: string): string =>
  `v1=${createHmac('sha256', secret).update(`v1:${timestamp}:${body}`, 'utf8').digest('hex')}`

/** A receiver of pages: checks signature, time and shape, and takes each idempotency key once. */
export async function startReceiver(secret: string) {
  const taken: Message[] = []
  const requests: { readonly body: string; readonly headers: Readonly<Record<string, unknown>> }[] = []
  const keys = new Set<string>()
  const troubles: ReceiverTrouble[] = []
  const server = await serveHttp((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8')
      requests.push({ body, headers: request.headers })
      const trouble = troubles.shift()
      if (trouble === 'busy') return void response.writeHead(429, { 'retry-after': '7' }).end()
      if (trouble === 'down') return void response.writeHead(500).end()
      const at = String(request.headers['astern-timestamp'])
      const fresh = Math.abs(Date.now() / 1000 - Number(at)) <= 300
      if (!fresh || request.headers['astern-signature'] !== sign(secret, at, body))
        return void response.writeHead(401).end(`the secret is ${secret}`)
      const key = request.headers['idempotency-key']
      const message = JSON.parse(body) as Message
      if (typeof key !== 'string' || typeof message.type !== 'string') return void response.writeHead(400).end()
      if (!keys.has(key) && message.type !== 'ping') taken.push(message)
      keys.add(key)
      if (trouble === 'after') return void response.writeHead(502).end()
      if (trouble === 'cut') return void request.socket.destroy()
      if (trouble !== 'late') response.writeHead(204).end()
    })
  })
  return {
    url: server.url,
    taken,
    requests,
    meet: (...more: ReceiverTrouble[]) => void troubles.push(...more),
    stop: server.stop,
  }
}
