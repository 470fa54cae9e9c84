import { oci } from '../../../src/adapters/registry/oci/index.ts'
import { systemPlatform } from '../../../src/adapters/system/index.ts'
import type { Platform } from '../../../src/ports/adapter.ts'
import type { Registry } from '../../../src/ports/registry.ts'
import { Secret } from '../../../src/ports/secret.ts'

export const account = { username: 'astern', password: 'hush-registry' }
export const basic = `Basic ${Buffer.from(`${account.username}:${account.password}`).toString('base64')}`

export const platform = systemPlatform({ log: { level: 'error', format: 'json', write: () => undefined } })

/** The adapter with an account at one registry without TLS. */
export function openOci(
  host: string,
  password: string | null = account.password,
  given: Platform = platform,
): Registry {
  const config = oci.config.parse({
    [host]: {
      plainHttp: true,
      ...(password === null ? {} : { username: account.username, password: { env: 'PASSWORD' } }),
    },
  })
  const secret = config[host]?.password
  if (secret instanceof Secret) secret.resolve(() => password)
  return oci.open(config, given)
}
