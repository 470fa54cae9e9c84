import { z } from 'zod'
import type { AdapterRegistry } from '../ports/adapter.ts'
import { alertSource } from './shape/alerts.ts'
import { calendar } from './shape/calendar.ts'
import { drill } from './shape/drill.ts'
import { freezes } from './shape/freezes.ts'
import { gate } from './shape/gate.ts'
import { language, ledger, web } from './shape/general.ts'
import { escalation } from './shape/paging.ts'
import { person, policy, team } from './shape/people.ts'
import { schedule } from './shape/schedule.ts'
import { check, service, target } from './shape/service.ts'

type JsonSchema = z.core.JSONSchema.JSONSchema

/** What the adapter named in it checks. */
const own = () => ({
  connection: z.looseObject({ adapter: z.string() }),
  monitor: z.looseObject({ adapter: z.string() }),
  pager: z.looseObject({ adapter: z.string() }),
  calendar: calendar(nobody),
  alertSource: alertSource(),
})

const nobody = {
  people: [],
  teams: [],
  schedules: [],
  escalations: [],
  services: [],
  connections: [],
  monitors: [],
  chats: [],
}

/** JSON Schema of the configuration file, for editors, with the parts of these adapters. */
export function jsonSchema(adapters: AdapterRegistry): JsonSchema {
  const parts = { target: target(nobody), check: check(), ...own() }
  const shape = z.strictObject({
    language: language().default('en'),
    web: web().optional(),
    ledger: ledger(nobody).optional(),
    chat: z
      .strictObject(Object.fromEntries(adapters.chats.map((chat) => [chat.id, chat.config.optional()])))
      .optional(),
    connections: z.record(z.string(), parts.connection).optional(),
    monitors: z.record(z.string(), parts.monitor).optional(),
    pagers: z.record(z.string(), parts.pager).optional(),
    calendars: z.record(z.string(), parts.calendar).optional(),
    alertSources: z.record(z.string(), parts.alertSource).optional(),
    registries: (adapters.registry?.config ?? z.never()).optional(),
    people: z.record(z.string(), person([])).optional(),
    teams: z.record(z.string(), team(nobody)).optional(),
    policies: z
      .strictObject({ critical: policy(nobody), standard: policy(nobody), low: policy(nobody) })
      .partial()
      .optional(),
    schedules: z.record(z.string(), schedule(nobody)).optional(),
    escalations: z.record(z.string(), escalation(nobody)).optional(),
    services: z.record(z.string(), service(nobody, parts)).optional(),
    freezes: freezes(nobody).optional(),
    drills: z.record(z.string(), drill(nobody)).optional(),
    gate: gate(nobody).optional(),
  })
  const instead = new Map<unknown, JsonSchema>([
    [
      parts.connection,
      anyOf(adapters.targets.map((one) => withKey('adapter', { const: one.id }, convert(one.config)))),
    ],
    [parts.monitor, anyOf(adapters.monitors.map((one) => withKey('adapter', { const: one.id }, convert(one.config))))],
    [parts.pager, anyOf(adapters.pagers.map((one) => withKey('adapter', { const: one.id }, convert(one.config))))],
    [parts.target, anyOf(adapters.targets.map((one) => withKey('connection', { type: 'string' }, convert(one.unit))))],
    [parts.check, anyOf(adapters.checks.map((one) => onlyKey(one.id, convert(one.config))))],
  ])
  return convert(shape, ({ zodSchema, jsonSchema: made }) => {
    if (zodSchema === parts.calendar) {
      const sources = (adapters.oncallSources ?? []).map((one) => convert(one.config).properties ?? {})
      const adapter = { enum: (adapters.oncallSources ?? []).map(({ id }) => id) }
      Object.assign(made, {
        properties: Object.assign({}, ...sources, made.properties, { adapter }),
        required: ['adapter'],
      })
    }
    if (zodSchema === parts.alertSource) {
      const { properties: ours } = made
      const branches = (adapters.alertSources ?? []).map((one) => {
        const branch = withKey('adapter', { const: one.id }, convert(one.config))
        return { ...branch, properties: { ...branch.properties, silentAfter: ours?.silentAfter ?? {} } }
      })
      for (const key of Object.keys(made)) delete made[key]
      Object.assign(made, anyOf(branches))
    }
    const other = instead.get(zodSchema)
    if (!other) return
    for (const key of Object.keys(made)) delete made[key]
    Object.assign(made, other)
  })
}

function convert(schema: z.ZodType, override?: z.core.JSONSchemaGeneratorParams['override']): JsonSchema {
  return z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    ...(override ? { override } : {}),
  }) as JsonSchema
}

const anyOf = (branches: JsonSchema[]): JsonSchema =>
  branches.length === 1 && branches[0] ? branches[0] : { anyOf: branches }

const onlyKey = (key: string, schema: JsonSchema): JsonSchema => ({
  type: 'object',
  properties: { [key]: withoutDialect(schema) },
  required: [key],
  additionalProperties: false,
})

/** An adapter's own object with one key of ours added, in every branch if it has several. */
function withKey(key: string, value: JsonSchema, schema: JsonSchema): JsonSchema {
  const { anyOf: any, oneOf: one, ...rest } = withoutDialect(schema)
  const branches = any ?? one
  if (branches) return { ...rest, anyOf: branches.map((branch) => withKey(key, value, branch as JsonSchema)) }
  return { ...rest, properties: { [key]: value, ...rest.properties }, required: [key, ...(rest.required ?? [])] }
}

function withoutDialect(schema: JsonSchema): JsonSchema {
  const { $schema: _, ...rest } = schema
  return rest
}
