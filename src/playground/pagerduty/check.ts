type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

const severities = ['critical', 'error', 'warning', 'info']
const actions = ['trigger', 'acknowledge', 'resolve']

export interface PdEvent {
  readonly routing_key: string
  readonly event_action: 'trigger' | 'acknowledge' | 'resolve'
  readonly dedup_key?: string
  readonly payload?: { readonly summary: string; readonly source: string; readonly severity: string }
  readonly client_url?: string
}

/** What the Events API v2 finds wrong with an event, in its words; empty when it takes it. */
export function wrongWith(value: unknown): readonly string[] {
  if (!isObject(value)) return ["'routing_key' is missing or blank"]
  const errors: string[] = []
  const { routing_key: key, event_action: action, dedup_key: dedup, payload } = value
  if (typeof key !== 'string' || key === '') errors.push("'routing_key' is missing or blank")
  else {
    if (key.length !== 32) errors.push("Length of 'routing_key' is incorrect (should be 32 characters)")
    if (!/^[a-z0-9]*$/i.test(key)) errors.push("'routing_key' cannot contain non-alphanumeric characters.")
  }
  if (typeof action !== 'string' || !actions.includes(action))
    errors.push(`'event_action' must be one of ${actions.join(', ')}`)
  if (dedup !== undefined && (typeof dedup !== 'string' || dedup.length > 255))
    errors.push("'dedup_key' is too long (maximum is 255 characters)")
  if (action !== 'trigger') {
    if (dedup === undefined || dedup === '') errors.push("'dedup_key' is missing or blank")
    return errors
  }
  return [...errors, ...wrongPayload(payload), ...wrongLinks(value.links)]
}

function wrongPayload(payload: unknown): string[] {
  if (!isObject(payload)) return ["'payload' is missing or blank"]
  const errors: string[] = []
  const { summary, source, severity, timestamp, custom_details: details } = payload
  if (typeof summary !== 'string' || summary.trim() === '') errors.push("'payload.summary' is missing or blank")
  else if ([...summary].length > 1024) errors.push("'payload.summary' is too long (maximum is 1024 characters)")
  if (typeof source !== 'string' || source.trim() === '') errors.push("'payload.source' is missing or blank")
  if (typeof severity !== 'string' || !severities.includes(severity))
    errors.push(`'payload.severity' is invalid (must be one of the following: ${severities.join(', ')})`)
  if (timestamp !== undefined && (typeof timestamp !== 'string' || Number.isNaN(Date.parse(timestamp))))
    errors.push("'payload.timestamp' is not a valid ISO 8601 timestamp")
  if (details !== undefined && !isObject(details)) errors.push("'payload.custom_details' must be an object")
  return errors
}

const wrongLinks = (links: unknown): string[] =>
  links === undefined ||
  (Array.isArray(links) && links.every((link) => isObject(link) && typeof link.href === 'string'))
    ? []
    : ["'links' must be a list of objects with an 'href'"]
