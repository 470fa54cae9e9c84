import { z } from 'zod'
import { durationText } from '../../ports/duration.ts'
import { type KnownNames, name, referenceTo } from '../names.ts'
import { serviceAlerts } from './alerts.ts'
import { language } from './general.ts'
import { answering } from './paging.ts'
import { tiers } from './people.ts'
import { watch } from './watch.ts'

const empty = { error: 'must not be empty' }
const notEmpty = (map: object): boolean => Object.keys(map).length > 0

/** `{ connection, …what its adapter calls a unit }`; the rest is the adapter's to check. */
export const target = (known: KnownNames) => z.looseObject({ connection: referenceTo('connection', known.connections) })

/** `{ <adapter>: <its configuration> }`; the adapter checks it. */
export const check = () => z.record(z.string(), z.unknown())

/** `targets` and `checks` come in, so that the JSON Schema can tell them apart. */
export function service(known: KnownNames, parts = { target: target(known), check: check() }) {
  const region = z.strictObject({
    targets: z.record(name(), parts.target).refine(notEmpty, empty),
    checks: z.array(parts.check).default([]),
    watch: z.array(watch(known)).default([]).describe('Metrics here that Astern asks for itself: an alert when broken'),
    stepDeadline: durationText().default('90s').describe('How long one step may take here'),
    checkWindow: durationText()
      .default('60s')
      .describe('How long checks may take to pass, beside what a metric looks back over'),
  })
  const environment = z.strictObject({
    default: z.boolean().default(false).describe('The one that is meant when nobody names one'),
    order: z.enum(['sequence', 'together']).default('sequence').describe('How regions follow each other'),
    regions: z.record(name(), region).refine(notEmpty, empty),
  })
  return z.strictObject({
    tier: z.enum(tiers),
    team: referenceTo('team', known.teams),
    onCall: referenceTo('schedule', known.schedules).optional().describe("Else the team's"),
    channels: z
      .record(referenceTo('chat', known.chats), z.string().min(1))
      .default({})
      .describe("The team's channel per chat"),
    language: language().optional(),
    languages: z
      .record(referenceTo('chat', known.chats), language())
      .default({})
      .describe('Chats in which its channel speaks another language'),
    ...answering(known),
    watch: z
      .array(watch(known))
      .default([])
      .describe('The same for the whole of the default environment: the region is a label of the series'),
    alerts: serviceAlerts(known).prefault({}).describe('Which alerts are its own'),
    dependsOn: z
      .array(referenceTo('service', known.services))
      .default([])
      .describe('Services it asks: what changed there may be behind what burns here'),
    migrations: z
      .enum(['none', 'reversible', 'one-way'])
      .optional()
      .describe('Whether what its releases change in a database can be undone: for the readiness report'),
    environments: z.record(name(), environment).refine(notEmpty, empty),
  })
}

export type WrittenService = z.infer<ReturnType<typeof service>>
