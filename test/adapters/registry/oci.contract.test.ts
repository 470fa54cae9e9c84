import { registryContract } from '../../contract/registry/registry.ts'
import { registryClient } from '../../kit/oci-registry/client.ts'
import { ociRegistry } from '../../kit/oci-registry/server.ts'
import { account, basic, openOci } from './bench.ts'

for (const challenge of ['basic', 'token'] as const) {
  registryContract(`oci on the kit's registry with ${challenge}`, async () => {
    const server = await ociRegistry({ account: `${account.username}:${account.password}`, challenge })
    return {
      host: server.host,
      client: registryClient(server.url, basic),
      open: (as) => openOci(server.host, as === 'stranger' ? 'wrong' : account.password),
      stop: () => server.stop(),
    }
  })
}
