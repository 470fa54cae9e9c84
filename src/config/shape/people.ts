import { z } from 'zod'
import { durationMs } from '../../core/duration.ts'
import { nearest } from '../../core/nearest.ts'
import { durationText } from '../../ports/duration.ts'
import { anyone, commander, type KnownNames, name, nobody, onCall, owners, referenceTo, rolesOf } from '../names.ts'
import { language } from './general.ts'
import { answering } from './paging.ts'

export const tiers = ['critical', 'standard', 'low'] as const
export type Tier = (typeof tiers)[number]

export const person = (chats: readonly string[]) =>
  z.strictObject({
    name: z.string().min(1).optional(),
    accounts: z
      .array(z.strictObject({ chat: referenceTo('chat', chats), tenant: z.string().min(1), user: z.string().min(1) }))
      .min(1),
    timeZone: timeZone().default('UTC'),
    language: language().optional(),
    pager: z.record(z.string(), z.unknown()).optional().describe('How each pager reaches her; its adapter checks it'),
  })

export const team = (known: KnownNames) =>
  z.strictObject({
    members: z.array(referenceTo('person', known.people)).min(1),
    commander: referenceTo('person', known.people).optional(),
    onCall: referenceTo('schedule', known.schedules).optional().describe('Who is on call for its services'),
  })

const roles = `People, teams, and the words ${owners} (the service's team), ${commander} (the team's), ${onCall} (on call for the service) and ${onCall}:SERVICE`

/** What a tier says, and what an environment of it may say otherwise. */
const rules = (known: KnownNames) => {
  const role = () => referenceTo('person, team or role', rolesOf(known))
  const list = () => z.array(role())
  return {
    propose: z
      .array(referenceTo('person, team or role', [...rolesOf(known), anyone]))
      .min(1)
      .describe(`Who may ask for a rollback. ${roles}; ${anyone}`),
    approve: list().describe(`Who may approve it. ${roles}`),
    approvals: z.int().min(0).max(10).describe('How many different people must approve'),
    fourEyes: z.boolean().describe('Nobody approves what she asked for herself'),
    expiresAfter: durationText().describe('How long a proposal waits for approval'),
    also: z
      .record(name(), list().min(1))
      .describe('For plans that change such a layer (database): one more approval, by one of these'),
    emergency: z
      .enum(['allowed', 'never'])
      .describe('Whether the engineer on call for the service may act at once, without approval'),
    breakGlass: z
      .union([z.literal(nobody).transform((): string[] => []), list()], {
        error: `expected ${nobody}, or a list of people, teams and roles`,
      })
      .describe(
        `Who may run it without approval: with a reason, told to everybody, reviewed by somebody else. ${nobody} or a list`,
      ),
    human: z.boolean().describe('Nothing runs without the consent of a person, not even what Astern itself asks for'),
    automatic: automatic().describe(
      `Whether Astern goes back by itself where an alert's suspect leaves no doubt, after it said so and nobody stopped it. ${never}, or how long it waits`,
    ),
  }
}

const never = 'never'
const countdown = { leastMs: 10_000, mostMs: 600_000 }

const automatic = () =>
  z.union(
    [
      z.literal(never),
      z.strictObject({
        after: durationText()
          .refine((text) => isWithin(durationMs(text) ?? 0), {
            error: 'people need time to stop it, and it is to help: between 10s and 10m',
          })
          .default('60s'),
      }),
    ],
    { error: `expected ${never}, or { after: 60s }` },
  )

const isWithin = (ms: number): boolean => ms >= countdown.leastMs && ms <= countdown.mostMs

export const policy = (known: KnownNames) => {
  const rule = rules(known)
  return z.strictObject({
    propose: rule.propose.default([anyone]),
    approve: rule.approve.default([owners]),
    approvals: rule.approvals.default(1),
    fourEyes: rule.fourEyes.default(true),
    expiresAfter: rule.expiresAfter.default('10m'),
    also: rule.also.default({}),
    emergency: rule.emergency.default('never'),
    breakGlass: rule.breakGlass.default([]),
    human: rule.human.default(true),
    automatic: rule.automatic.default(never),
    incident: z.enum(['channel', 'thread']).default('thread').describe('A channel of its own, or a thread'),
    environments: z
      .record(name(), z.strictObject(rule).partial())
      .default({})
      .describe('What holds otherwise in an environment of this name'),
    ...answering(known),
  })
}

/** A time zone of the IANA database, as Intl knows it. */
export const timeZone = () =>
  z.string().check((context) => {
    if (isTimeZone(context.value)) return
    const suggestion = nearest(context.value, Intl.supportedValuesOf('timeZone'), 1)[0]
    const message = `there is no time zone ${JSON.stringify(context.value)}`
    context.issues.push({ code: 'custom', input: context.value, message, params: { suggestion } })
  })

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch (cause) {
    if (cause instanceof RangeError) return false
    throw cause
  }
}
