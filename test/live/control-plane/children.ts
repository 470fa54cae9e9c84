import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** One running program. */
export interface Child {
  /** Ends it at once and resolves when it is gone. */
  kill(): Promise<void>
}

/** Programs that must not outlive this process, however it ends. */
export interface Children {
  /** Starts a program; what it says goes to `<name>.log` in the folder. */
  start(name: string, file: string, args: readonly string[]): Child
  /** Fails, with the end of its log, if a program ended that nobody stopped. */
  check(): Promise<void>
  /** Ends all of them, and removes `removeDir`. */
  stopAll(): Promise<void>
}

// Waits until the other end of its standard input is closed, by stopAll or by the death of this process (SIGKILL too),
// then ends the programs whose ids stood on the last line. One way for both, so that the rare one is known to work.
const guardScript = `
while read -r line; do pids=$line; done
[ -z "$pids" ] || kill -KILL $pids
[ -z "$1" ] || rm -rf -- "$1" || { sleep 0.5; rm -rf -- "$1"; }
`

/** `dir` takes the logs; `removeDir`, if not empty, is removed when all has ended. */
export function openChildren(dir: string, removeDir: string): Children {
  // Detached: a Ctrl-C in the terminal reaches this process alone, which then ends the others in order.
  const guard = spawn('sh', ['-c', guardScript, 'guard', removeDir], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  const guardGone = once(guard, 'exit')
  const running = new Map<number, Promise<unknown>>()
  const fallen = new Set<string>()
  const tellGuard = () => {
    if (!guard.stdin.writableEnded) guard.stdin.write(`${[...running.keys()].join(' ')}\n`)
  }

  return {
    start(name, file, args) {
      const log = openSync(join(dir, `${name}.log`), 'a')
      const child = spawn(file, args, {
        stdio: ['ignore', log, log],
        detached: true,
        env: { HOME: dir },
      })
      closeSync(log)
      const pid = child.pid
      if (pid === undefined) throw new Error(`${file} could not be started`)
      let killed = false
      const gone = once(child, 'exit').then(() => {
        running.delete(pid)
        tellGuard()
        if (!killed && !guard.stdin.writableEnded) fallen.add(name)
      })
      running.set(pid, gone)
      tellGuard()
      return {
        async kill() {
          killed = true
          child.kill('SIGKILL')
          await gone
        },
      }
    },
    async check() {
      for (const name of fallen) {
        const log = await readFile(join(dir, `${name}.log`), 'utf8')
        throw new Error(`${name} ended by itself; its last lines:\n${log.slice(-2000)}`)
      }
    },
    async stopAll() {
      guard.stdin.end()
      await Promise.all([guardGone, ...running.values()])
    },
  }
}
