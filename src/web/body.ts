import type { IncomingMessage } from 'node:http'

/**
 * The raw body of a request. `too-large`: more than `limitBytes` came or were announced; the rest is read and thrown away, so
 * that the answer reaches a client that is still sending. `cut`: the client went away.
 */
export function readBody(request: IncomingMessage, limitBytes: number): Promise<Uint8Array | 'too-large' | 'cut'> {
  const { promise, resolve } = Promise.withResolvers<Uint8Array | 'too-large' | 'cut'>()
  if (Number(request.headers['content-length']) > limitBytes) {
    request.resume()
    return Promise.resolve('too-large')
  }
  let chunks: Buffer[] = []
  let length = 0
  request.on('data', (chunk: Buffer) => {
    length += chunk.length
    if (length <= limitBytes) chunks.push(chunk)
    else {
      chunks = []
      resolve('too-large')
    }
  })
  request.once('end', () => resolve(Buffer.concat(chunks)))
  request.once('error', () => resolve('cut'))
  request.once('close', () => resolve('cut'))
  return promise
}
