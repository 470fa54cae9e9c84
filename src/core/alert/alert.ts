/** One notification of an alerting system. Every text in it is untrusted. */
export interface Alert {
  /** The source's own key of what fires: the same over repeats, and over firing and resolved. */
  readonly fingerprint: string
  readonly status: 'firing' | 'resolved'
  /** ISO instant at which this episode began to fire. */
  readonly startsAt: string
  /** Its source tells no beginning: `startsAt` is when this was told. */
  readonly undated?: true
  /** ISO instant at which it ended; null while it fires. */
  readonly endsAt: string | null
  readonly name: string
  readonly summary: string
  readonly labels: Readonly<Record<string, string>>
  /** Where its source shows it: an http or https address. */
  readonly link: string | null
  /** The PromQL that fired, where the source tells. */
  readonly expression: string | null
  /** The version that the source says it came with. */
  readonly release: string | null
}

const most = { labels: 64, labelName: 128, labelValue: 512, name: 200, summary: 1_000, link: 2_000, expression: 4_000 }

/** Cuts what is too long to be kept, and drops a link that is none. */
export function bounded(alert: Alert): Alert {
  const labels = Object.entries(alert.labels).slice(0, most.labels)
  return {
    ...alert,
    fingerprint: alert.fingerprint.slice(0, most.labelValue),
    name: alert.name.slice(0, most.name),
    summary: alert.summary.slice(0, most.summary),
    labels: Object.fromEntries(
      labels.map(([name, value]) => [name.slice(0, most.labelName), value.slice(0, most.labelValue)]),
    ),
    link: alert.link !== null && /^https?:\/\//.test(alert.link) ? alert.link.slice(0, most.link) : null,
    expression: alert.expression?.slice(0, most.expression) ?? null,
    release: alert.release?.slice(0, most.labelValue) ?? null,
  }
}
