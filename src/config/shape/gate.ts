import { z } from 'zod'
import { secret } from '../../ports/secret.ts'
import { type KnownNames, name, referenceTo } from '../names.ts'

/** Who may ask the release gate: several, so that a token can be changed without a gap. */
export const gate = (known: KnownNames) =>
  z.strictObject({
    tokens: z
      .record(
        name(),
        z.strictObject({
          token: secret().describe('What CI sends: Authorization: Bearer TOKEN. At least 16 characters'),
          services: z
            .array(referenceTo('service', known.services))
            .min(1)
            .optional()
            .describe('Only for these; without it, for every service'),
        }),
      )
      .default({}),
  })

export type WrittenGate = z.infer<ReturnType<typeof gate>>
