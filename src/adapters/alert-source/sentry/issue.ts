import { z } from 'zod'
import { type Alert, bounded } from '../../../core/alert/alert.ts'

/** https://docs.sentry.io/integrations/integration-platform/webhooks/issues/ */
const Issue = z.object({
  action: z.string(),
  data: z.object({
    issue: z.object({
      id: z.union([z.string().min(1), z.number()]).transform(String),
      title: z.string().default(''),
      firstSeen: z.iso.datetime({ offset: true }).nullish(),
      web_url: z.string().default(''),
    }),
  }),
})

/** An issue that was resolved ends what its alerts began. Who else created or assigned it is no alert. */
export function issue(payload: unknown, now: string): Alert | 'unreadable' | 'unimportant' {
  const read = Issue.safeParse(payload)
  if (!read.success) return 'unreadable'
  const { action, data } = read.data
  if (action !== 'resolved') return 'unimportant'
  return bounded({
    fingerprint: `issue ${data.issue.id}`,
    status: 'resolved',
    // It does not say which episode it ends: the one that is open.
    startsAt: now,
    endsAt: now,
    name: data.issue.title,
    summary: '',
    labels: {},
    link: data.issue.web_url,
    expression: null,
    release: null,
  })
}
