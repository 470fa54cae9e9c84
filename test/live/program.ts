import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { serveHttp } from '../kit/loopback.ts'
import { untilAsync } from '../kit/story.ts'

export interface Program {
  readonly url: string
  stop(): Promise<void>
}

/** A port of this machine that was free a moment ago. */
export async function freePort(): Promise<number> {
  const free = await serveHttp((_request, response) => response.end())
  await free.stop()
  return free.port
}

/** Starts a program of Debian's that listens on a port and says `/-/ready`. Throws with what it said when it ends before. */
export async function startProgram(name: string, args: (address: string) => readonly string[]): Promise<Program> {
  const address = `127.0.0.1:${await freePort()}`
  const child = spawn(name, args(address), { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (part) => {
    said += String(part)
  })
  const ended = once(child, 'close')
  const isReady = () =>
    fetch(`http://${address}/-/ready`).then(
      ({ ok }) => ok || undefined,
      () => undefined,
    )
  await Promise.race([
    untilAsync(`${name} is ready`, isReady, 30_000),
    ended.then(() => {
      throw new Error(`${name} ended: ${said.slice(-2000)}`)
    }),
  ])
  return {
    url: `http://${address}`,
    async stop() {
      child.kill()
      await ended
    },
  }
}
