import { z } from 'zod'
import { secret } from '../../../ports/secret.ts'

/** `/help` belongs to Slack itself. */
const slashNames: Readonly<Record<string, string>> = { help: '/astern-help' }

/** The slash command of a command of the bot when the configuration names no other. */
export const defaultSlash = (command: string): string => slashNames[command] ?? `/${command}`

const slash = z.string().regex(/^\/[a-z0-9_-]{1,31}$/, {
  error: 'a slash command is "/" and up to 31 lower-case letters, digits, "-" or "_"',
})

const pattern = z.string().transform((source, { addIssue }) => {
  try {
    return new RegExp(source, 'iu')
  } catch {
    addIssue('not a regular expression')
    return z.NEVER
  }
})

/** An app whose messages are alerts, and where: what others post is never read. */
const alertApp = z.strictObject({
  app: z.string().regex(/^A[A-Z0-9]{2,}$/, { error: 'the id of an app, A…' }),
  channels: z.array(z.string().regex(/^[CG][A-Z0-9]{2,}$/, { error: 'the id of a channel, C…' })).min(1),
  /** Finds what an alert is known by: its first group; without it the title is the key. */
  key: pattern.optional(),
  /** Labels by their patterns: the first group of each. `service`, `region` and `environment` are found as `service = x`. */
  labels: z.record(z.string().min(1), pattern).default({}),
})
export type AlertApp = z.infer<typeof alertApp>

const shared = {
  /** Team id (`T…`), or the organisation's (`E…`) on Enterprise Grid. */
  tenant: z.string().regex(/^[TE][A-Z0-9]{2,}$/, { error: 'the workspace id, T… (or E… for an organisation)' }),
  /** Bot User OAuth Token, `xoxb-…`. */
  botToken: secret(),
  /** GovSlack has another one. */
  apiUrl: z
    .url({ protocol: /^https?$/, error: 'an http(s) address such as https://slack.com/api/' })
    .default('https://slack.com/api/'),
  /** Own name → slash command, where another app already has ours. */
  commands: z.record(z.string().min(1), slash).default({}),
  /** Apps whose messages in these channels are alerts. */
  alertApps: z.array(alertApp).default([]),
}

/** Slack's part of the configuration. Socket Mode needs no public address; HTTP needs `/slack/events` to be reachable. */
export const slackConfig = z
  .discriminatedUnion(
    'mode',
    [
      /** App-Level Token `xapp-…` with `connections:write`. */
      z.strictObject({ ...shared, mode: z.literal('socket'), appToken: secret() }),
      /** Signing Secret of "Basic Information". */
      z.strictObject({ ...shared, mode: z.literal('http'), signingSecret: secret() }),
    ],
    { error: 'mode is socket (with appToken) or http (with signingSecret)' },
  )
  .superRefine((config, context) => {
    const taken = new Map<string, string>()
    for (const [own, name] of Object.entries(config.commands)) {
      const other = taken.get(name)
      if (other)
        context.addIssue({ code: 'custom', path: ['commands', own], message: `${name} already means ${other}` })
      taken.set(name, own)
    }
  })

export type SlackConfig = z.infer<typeof slackConfig>
