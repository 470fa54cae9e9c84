import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

const root = resolve(import.meta.dirname, '../..')
/** As `npm start` starts it. */
const startArgs: readonly string[] = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  .scripts.start.split(' ')
  .slice(1)

/** A program under measurement: its lines are read until it says what it must. */
export interface Running {
  /** From before it was started until it said so, in milliseconds. */
  readonly readyMs: number
  /** The line it said. */
  readonly line: string
  /** Resident memory in bytes. */
  rss(): number
  /** Processor time it has used, in milliseconds. */
  cpuMs(): number
  /** Ends it: gently, or at once as a crash would. */
  stop(how?: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

/** Starts Node with these arguments and waits for a line that holds `says`. */
export async function run(
  args: readonly string[],
  says: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Running> {
  const began = performance.now()
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const line = await said(child, says)
  const readyMs = performance.now() - began
  const gone = new Promise<void>((done) => child.once('exit', () => done()))
  return {
    readyMs,
    line,
    rss: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) * 1024,
    cpuMs: () => {
      // Clock ticks of 10 ms after the name in parentheses: proc_pid_stat(5), fields 14 and 15.
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
      return (Number(fields[11]) + Number(fields[12])) * 10
    },
    async stop(how = 'SIGTERM') {
      child.kill(how)
      await gone
    },
  }
}

function said(child: ChildProcess, says: string): Promise<string> {
  return new Promise((found, failed) => {
    const all: string[] = []
    child.once('error', failed)
    child.once('exit', (code) => failed(new Error(`ended with ${code} before it said “${says}”:\n${all.join('\n')}`)))
    for (const stream of [child.stdout, child.stderr])
      if (stream)
        createInterface({ input: stream }).on('line', (line) => {
          if (all.length < 50) all.push(line)
          if (line.includes(says)) found(line)
        })
  })
}

/** A bot as people run it: `astern start` with a configuration file. */
export async function runBot(given: {
  readonly folder: string
  readonly config: string
  readonly env: Readonly<Record<string, string>>
  readonly ledger: string
  /** The log line that tells that it is ready. */
  readonly says?: string
}): Promise<Running> {
  const file = join(given.folder, 'astern.yaml')
  writeFileSync(file, given.config)
  const args = [...startArgs, '--config', file, '--ledger', given.ledger]
  return run(args, given.says ?? 'Socket Mode connected', { ...given.env, PORT: '0', HOST: '127.0.0.1', LOG: 'info' })
}

/** A folder of its own, removed afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'astern-bench-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
