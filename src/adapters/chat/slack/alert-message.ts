import type { z } from 'zod'
import { type Alert, bounded } from '../../../core/alert/alert.ts'
import type { AlertApp } from './config.ts'
import { type Arrival, type Home, instantOf, spoken } from './deliveries.ts'
import type { messagePayload } from './wire.ts'

type Message = z.infer<typeof messagePayload>['event']
type Attachment = NonNullable<Message['attachments']>[number]

/** The colours of Alertmanager's and Grafana's default layouts. */
const burning = new Set(['danger', '#d63232', 'd63232'])
const over = new Set(['good', '#36a64f', '36a64f'])

/**
 * Null for everything but an alert of an app that the configuration names, in a channel that it names. The text is untrusted: all that is
 * read of it is what burns, by its title and its patterns, and whether that is over.
 */
export function ofAlertMessage(
  home: Home,
  body: z.infer<typeof messagePayload>,
  apps: readonly AlertApp[],
): Arrival | null {
  const { event } = body
  const id = event.app_id ?? event.bot_profile?.app_id
  const app = apps.find((one) => one.app === id && one.channels.includes(event.channel))
  // An edit says the same again, and a reply is talk.
  const fresh = event.subtype == null || event.subtype === 'bot_message'
  if (!app || !fresh || body.is_ext_shared_channel || (event.thread_ts && event.thread_ts !== event.ts)) return null
  const parts: readonly Attachment[] = event.attachments?.length ? event.attachments : [{ title: event.text }]
  const link = home.linkOf(event.channel, event.ts)
  const alerts = parts.flatMap((part) => alertOf(app, part, event, link) ?? [])
  if (alerts.length === 0) return null
  return {
    delivery: {
      id: `slack:event:${body.event_id}`,
      account: { chat: 'slack', tenant: home.tenant, user: app.app },
      place: { channel: event.channel },
      deed: { kind: 'alert-message', source: `slack-${app.app}`, alerts },
    },
    reply: { triggerId: null, responseUrl: null, ephemeral: false },
  }
}

function alertOf(app: AlertApp, part: Attachment, event: Message, link: string): Alert | null {
  const title = spoken(part.title ?? part.fallback ?? '').split('\n')[0] ?? ''
  const fields = (part.fields ?? []).map(({ title: name, value }) => `${name ?? ''} = ${value ?? ''}`)
  const words = [title, ...[event.text, part.pretext, part.text, ...fields].map((one) => spoken(one ?? ''))].join('\n')
  const colour = (part.color ?? '').toLowerCase()
  const [, said = ''] = /^\W*\[(FIRING|RESOLVED)\b/i.exec(title) ?? []
  const state = said.toLowerCase() || (burning.has(colour) ? 'firing' : over.has(colour) ? 'resolved' : '')
  const name = title.replace(/^\W*\[[^\]]*\]\s*/, '').trim()
  if (state === '' || name === '') return null
  const at = instantOf(event.ts)
  const labels = Object.entries({ ...usualLabels, ...app.labels }).flatMap(([label, pattern]) => {
    const value = pattern.exec(words)?.[1]
    return value === undefined ? [] : [[label, value] as const]
  })
  return bounded({
    fingerprint: app.key?.exec(words)?.[1] ?? name,
    status: state === 'resolved' ? 'resolved' : 'firing',
    startsAt: at,
    undated: true,
    endsAt: state === 'resolved' ? at : null,
    name,
    summary: spoken(part.text ?? ''),
    labels: Object.fromEntries(labels),
    link: part.title_link ?? link,
    expression: null,
    release: null,
  })
}

/** As `service = checkout-svc`, `service: checkout-svc` and `service="checkout-svc"` stand in Grafana's and most other texts. */
const labelled = (name: string): RegExp =>
  new RegExp(`(?:^|[\\s,{(*\`-])${name}[*\`]*\\s*[=:]\\s*["\`]?([\\w./-]+)`, 'iu')
const usualLabels: Readonly<Record<string, RegExp>> = {
  service: labelled('service'),
  region: labelled('region'),
  environment: labelled('environment'),
}
