import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'

/** How a kubectl command ended. `code` is -1 if a signal ended it. */
export interface KubectlOutcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs the real kubectl; `home` takes its discovery cache, `stdin` is what `-f -` reads. */
export async function runKubectl(
  file: string,
  home: string,
  args: readonly string[],
  stdin: string,
): Promise<KubectlOutcome> {
  const child = spawn(file, args, { env: { HOME: home } })
  const exited = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve))
  // A broken pipe means that it ended without reading its input; its exit code and stderr tell why.
  child.stdin.on('error', () => undefined)
  child.stdin.end(stdin)
  const [code, stdout, stderr] = await Promise.all([exited, text(child.stdout), text(child.stderr)])
  return { code: code ?? -1, stdout, stderr }
}
