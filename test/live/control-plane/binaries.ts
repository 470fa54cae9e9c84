import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

/**
 * The folder with the control plane's programs. Builds what is missing, which takes minutes on a new machine: run
 * `build.sh` beforehand where a deadline ticks. Its progress goes to this process's stderr.
 */
export async function binaries(): Promise<string> {
  const build = spawn('bash', [fileURLToPath(new URL('build.sh', import.meta.url))], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = new Promise<number | null>((resolve, reject) => build.once('error', reject).once('close', resolve))
  const lines = (await text(build.stdout)).trim().split('\n')
  const code = await exited
  const folder = lines.at(-1)
  if (code !== 0 || !folder) throw new Error(`build.sh failed with code ${code}`)
  return folder
}
