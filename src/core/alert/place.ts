import type { Alert } from './alert.ts'

/** Which alerts are of a service, and what their labels say of where it burns. */
export interface AlertRule {
  readonly service: string
  /** Labels that an alert of it has, all of them. Null: the label `service` or `app` is its name. */
  readonly match: Readonly<Record<string, string>> | null
  /** The label that names the region; those that may name the environment, the first that is there counts. */
  readonly region: string
  readonly environment: readonly string[]
  /** Environment → its regions. */
  readonly environments: ReadonlyMap<string, readonly string[]>
  /** The environment of alerts that name none. */
  readonly usual: string
}

export interface Place {
  readonly service: string
  readonly environment: string
  /** Null where the alert names none that the service has. */
  readonly region: string | null
  /** The drill that made it: it never joins what is real. */
  readonly drill?: string
}

/** Whose alerts belong together: a service's, and apart from them those that a drill of it makes. */
export interface Subject {
  readonly service: string
  readonly drill?: string
}

/** The names of neither hold a space. */
export const subjectKey = ({ service, drill }: Subject): string =>
  drill === undefined ? service : `${service} ${drill}`

export function subjectOf(key: string): Subject {
  const [service = '', drill] = key.split(' ')
  return { service, ...(drill !== undefined && { drill }) }
}

/** Why an alert is nobody's: no service has such labels; the service has no such environment. */
export type Unplaced = 'no-service' | 'no-environment'

/** Answers whose alert one is. Of several services whose labels match, the one that asks for most of them. */
export function placer(rules: readonly AlertRule[]): (alert: Pick<Alert, 'labels'>) => Place | Unplaced {
  const named = new Map(rules.filter(({ match }) => match === null).map((rule) => [rule.service, rule]))
  const matching = rules
    .flatMap((rule) => (rule.match ? [{ rule, wanted: Object.entries(rule.match) }] : []))
    .sort((a, b) => b.wanted.length - a.wanted.length)
  return ({ labels }) => {
    const own = (label: string): string | undefined => (Object.hasOwn(labels, label) ? labels[label] : undefined)
    const rule =
      matching.find(({ wanted }) => wanted.every(([label, value]) => own(label) === value))?.rule ??
      named.get(own('service') ?? '') ??
      named.get(own('app') ?? '')
    if (!rule) return 'no-service'
    const environment = rule.environment.map(own).find((value) => value) ?? rule.usual
    const regions = rule.environments.get(environment)
    // Somewhere else of the same name: what burns there is not what people would be woken for.
    if (!regions) return 'no-environment'
    const [only, ...others] = regions
    const region = own(rule.region) ?? (others.length === 0 ? only : undefined)
    return {
      service: rule.service,
      environment,
      region: region !== undefined && regions.includes(region) ? region : null,
    }
  }
}
