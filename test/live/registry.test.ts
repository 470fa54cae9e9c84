import { once } from 'node:events'
import { access, constants, mkdtemp, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { basic, openOci } from '../adapters/registry/bench.ts'
import { registryContract } from '../contract/registry/registry.ts'
import { registryClient } from '../kit/oci-registry/client.ts'
import { openChildren } from './control-plane/children.ts'

/** bcrypt of the bench's account. */
const htpasswd = 'astern:$2b$05$abcdefghijklmnopqrstuujkFSqM.Kb7qlgmOVhH6Ta4cBzp13E3S\n'

/** Debian's docker-registry (`apt-get install docker-registry`) on a free port, with a folder of its own. */
async function startRegistry() {
  const file = await program('docker-registry')
  const folder = await mkdtemp(join(tmpdir(), 'astern-registry-'))
  const host = `127.0.0.1:${await freePort()}`
  await writeFile(join(folder, 'htpasswd'), htpasswd)
  await writeFile(
    join(folder, 'registry.yml'),
    `version: 0.1
log: { level: error, accesslog: { disabled: true } }
storage:
  filesystem: { rootdirectory: ${folder}/data }
  delete: { enabled: true }
  cache: {}
auth: { htpasswd: { realm: live, path: ${folder}/htpasswd } }
http: { addr: ${host}, secret: only-for-this-test }
`,
  )
  const children = openChildren(folder, folder)
  children.start('docker-registry', file, ['serve', join(folder, 'registry.yml')])
  await answers(`http://${host}/v2/`, () => children.check())
  return {
    host,
    client: registryClient(`http://${host}`, basic),
    open: (as?: 'stranger') => openOci(host, as === 'stranger' ? 'wrong' : undefined),
    stop: () => children.stopAll(),
  }
}

async function program(name: string): Promise<string> {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const file = join(folder, name)
    if (
      await access(file, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return file
  }
  throw new Error(`there is no ${name} on the PATH; Debian has it as a package`)
}

async function answers(url: string, check: () => Promise<void>): Promise<void> {
  const end = Date.now() + 20_000
  for (;;) {
    const status = await fetch(url).then(
      (response) => response.status,
      () => 0,
    )
    if (status === 401) return
    await check()
    if (Date.now() > end) throw new Error(`${url} did not answer in time`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

registryContract('oci on docker-registry', startRegistry)
