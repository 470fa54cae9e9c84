import { z } from 'zod'
import { nearest } from '../../core/nearest.ts'
import { durationText } from '../../ports/duration.ts'
import { anyone, type KnownNames, owners, referenceTo } from '../names.ts'
import { language } from './general.ts'

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
  })

export const team = (known: KnownNames) =>
  z.strictObject({
    members: z.array(referenceTo('person', known.people)).min(1),
    commander: referenceTo('person', known.people).optional(),
  })

export const policy = (known: KnownNames) => {
  const approvers = [...known.people, ...known.teams, owners]
  return z.strictObject({
    propose: z
      .array(referenceTo('person or team', [...approvers, anyone]))
      .min(1)
      .default([anyone])
      .describe(`People, teams, or the words ${owners} (the service's team) and ${anyone}`),
    approve: z
      .array(referenceTo('person or team', approvers))
      .default([owners])
      .describe(`People, teams, or the word ${owners} (the service's team)`),
    approvals: z.int().min(0).max(10).default(1).describe('How many different people must approve'),
    fourEyes: z.boolean().default(true).describe('Nobody approves what she asked for herself'),
    expiresAfter: durationText().default('10m').describe('How long a proposal waits for approval'),
    incident: z.enum(['channel', 'thread']).default('thread').describe('A channel of its own, or a thread'),
  })
}

/** A time zone of the IANA database, as Intl knows it. */
const timeZone = () =>
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
