import { z } from 'zod'
import { durationText } from '../../ports/duration.ts'
import { commander, type KnownNames, onCall, owners, referenceTo, rolesOf } from '../names.ts'

const time = () => z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'expected a time of day like 22:00' })

/** How a page goes on until somebody answers. */
export const escalation = (known: KnownNames) => {
  const role = () => referenceTo('person, team or role', rolesOf(known))
  return z.strictObject({
    levels: z
      .array(
        z.strictObject({
          page: z
            .array(role())
            .min(1)
            .describe(
              `Who is paged: people, teams, and the words ${onCall} (for the service), ${onCall}:SERVICE, ${owners} (the service's team), ${commander} (the team's)`,
            ),
          after: durationText()
            .optional()
            .describe('How long they have until the next level is paged; else as long as an acknowledgement may take'),
        }),
      )
      .min(1)
      .max(10),
    repeat: z
      .strictObject({ every: durationText(), times: z.int().min(1).max(20) })
      .optional()
      .describe('Everybody who was paged again, until somebody answers'),
    quiet: z
      .strictObject({
        tiers: z.array(z.enum(['standard', 'low'])).default(['low']),
        from: time(),
        to: time(),
        instead: z
          .enum(['morning', 'next'])
          .default('morning')
          .describe('A page waits until the quiet time is over, or goes to the next level'),
      })
      .refine(({ from, to }) => from !== to, { error: 'from and to are the same time' })
      .optional()
      .describe('Nobody is woken between these times of her own day; critical services wake always'),
  })
}
export type WrittenEscalation = z.infer<ReturnType<typeof escalation>>

/** What a tier and a service may say of being answered. */
export const answering = (known: KnownNames) => ({
  sla: z.strictObject({ acknowledge: durationText().describe('How long an acknowledgement may take') }).optional(),
  escalation: referenceTo('escalation', known.escalations).optional().describe('Who is paged, and who next'),
})
