import { once } from 'node:events'
import { startControlPlane } from './control-plane.ts'

const startedAt = performance.now()
const controlPlane = await startControlPlane()
const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
process.stderr.write(`ready after ${seconds} s at ${controlPlane.url}; Ctrl-C ends it\n`)
process.stdout.write(`${controlPlane.kubeconfigFile}\n`)
await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
await controlPlane.stop()
