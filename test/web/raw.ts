import { connect, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

export interface RawConnection {
  readonly socket: Socket
  /** Resolves with all that came until the other side closed. */
  readonly ended: Promise<string>
  /** Resolves with all that came so far once it holds `part`; rejects when the other side closes before. */
  seen(part: string): Promise<string>
}

/** A bare TCP connection, closed when the test ends. */
export function rawConnection(port: number): RawConnection {
  const socket = connect(port, '127.0.0.1')
  onTestFinished(() => {
    socket.destroy()
  })
  let text = ''
  let closed = false
  const changed = new EventTarget()
  const tell = () => changed.dispatchEvent(new Event('changed'))
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1')
    tell()
  })
  const ended = new Promise<string>((resolve) => {
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      closed = true
      tell()
      resolve(text)
    })
  })
  const seen = (part: string) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        if (text.includes(part)) resolve(text)
        else if (closed) reject(new Error(`closed after ${JSON.stringify(text)}`))
        else changed.addEventListener('changed', look, { once: true })
      }
      look()
    })
  return { socket, ended, seen }
}
