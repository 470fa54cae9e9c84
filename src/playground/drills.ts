import { drillRelease } from './shop/catalogue.ts'
import { imageOf } from './shop/workload.ts'

const { service, version } = drillRelease

/** Of a drill in the playground: nobody rehearses for an hour there. */
const length = '20m'

/** What can be rehearsed, as YAML: a bad release of the shop itself, and alerts alone. `nowMs`: Unix milliseconds. */
export const drills = (registryHost: string, nowMs: number): string => `drills:
  bad-release:
    services: [${service}]
    environment: production
    production: true # the shop is there to be broken
    fault: { failing: { image: ${JSON.stringify(imageOf(registryHost, { name: service }, version))} } }
    timeZone: ${morningZone(nowMs)}
    length: ${length}
    may: [payment, web]
    within: { notice: 1m, acknowledge: 3m, decide: 4m, roll-back: 5m, verify: 5m }
  false-alarm:
    services: [payment-svc]
    environment: production
    fault: { alerts: [{ name: BankTimeouts, summary: the bank answers late, region: us-1 }] }
    timeZone: ${morningZone(nowMs)}
    at: "14:00"
    length: ${length}
    may: [payment, web]
    within: { notice: 1m, acknowledge: 3m }`

/** Nothing is rehearsed at night: a time zone in which it is ten in the morning, so that whoever plays can. */
function morningZone(nowMs: number): string {
  const { hour } = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO('UTC')
  // Time zones reach from 12 hours behind to 14 ahead; the sign in these names is the other way round.
  const ahead = Math.max(-12, 10 - hour)
  return ahead === 0 ? 'UTC' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`
}
