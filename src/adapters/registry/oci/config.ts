import { z } from 'zod'
import { secret } from '../../../ports/secret.ts'

const registry = z
  .strictObject({
    username: z.string().min(1).optional(),
    password: secret().optional().describe('A password or an access token that may pull'),
    plainHttp: z.boolean().default(false).describe('The registry speaks HTTP without TLS'),
  })
  .refine((one) => (one.username === undefined) === (one.password === undefined), {
    error: 'username and password go together',
  })

/** By registry as it stands in images: `registry.example:5000`, `docker.io`. One that is not here is asked without credentials. */
export const OciConfig = z.record(
  z.string().regex(/^[A-Za-z0-9.-]+(?::\d{1,5})?$/, {
    error: 'a registry as it stands in images, for example registry.example:5000 or docker.io',
  }),
  registry,
)
export type OciConfig = z.infer<typeof OciConfig>
export type RegistryAccount = z.infer<typeof registry>
