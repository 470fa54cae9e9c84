import { z } from 'zod'
import { type Alert, bounded } from '../../../core/alert/alert.ts'

/** https://docs.sentry.io/integrations/integration-platform/webhooks/issue-alerts/ */
const EventAlert = z.object({
  action: z.literal('triggered'),
  data: z.object({
    event: z.object({
      issue_id: z.union([z.string().min(1), z.number()]).transform(String),
      title: z.string().default(''),
      culprit: z.string().nullish(),
      web_url: z.string().default(''),
      release: z.string().nullish(),
      level: z.string().nullish(),
      environment: z.string().nullish(),
      datetime: z.iso.datetime({ offset: true, local: true }).nullish(),
      tags: z.array(z.tuple([z.string(), z.string().nullable()])).default([]),
    }),
    triggered_rule: z.string().default(''),
  }),
})

/** An issue alert: it fires and never resolves by itself. It began when its event happened. */
export function eventAlert(payload: unknown, now: string): Alert | 'unreadable' {
  const read = EventAlert.safeParse(payload)
  if (!read.success) return 'unreadable'
  const { event, triggered_rule: rule } = read.data.data
  const tags = Object.fromEntries(event.tags.flatMap(([name, value]) => (value === null ? [] : [[name, value]])))
  const tagged = event.tags.find(([name]) => name === 'release')?.[1]
  return bounded({
    fingerprint: `issue ${event.issue_id}`,
    status: 'firing',
    startsAt: event.datetime ? instant(event.datetime) : now,
    // Each event of the issue is told with its own time.
    undated: true,
    endsAt: null,
    name: event.title || rule || `issue ${event.issue_id}`,
    summary: event.culprit ?? rule,
    labels: {
      ...tags,
      ...(event.environment && { environment: event.environment }),
      ...(event.level && { severity: event.level }),
    },
    link: event.web_url,
    expression: null,
    release: event.release ?? tagged ?? null,
  })
}

/** Sentry leaves the offset out of some times; they are UTC. */
const instant = (text: string): string =>
  Temporal.Instant.from(/(?:Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`).toString()
