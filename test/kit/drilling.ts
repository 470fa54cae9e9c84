import { alerting, fire } from './alerting.ts'
import { type Loopback, serveHttp } from './loopback.ts'
import { settableClock } from './set-clock.ts'
import type { Story, stories } from './story.ts'
import { until } from './until.ts'

/** Ships a release that fails to both regions; the stage has no other environment. */
export const payFails = `
  pay-fails:
    services: [checkout-svc]
    environment: production
    production: true
    fault: { failing: { image: "shop.test/checkout-svc:v9.9.9" } }
    timeZone: UTC
    at: "10:00"
    length: 30m
    people: [tom]
    may: [tom, ana]
    within: { notice: 2m, verify: 10m }
`
/** Breaks nothing. */
export const falseAlarm = `
  false-alarm:
    services: [checkout-svc]
    environment: production
    fault: { alerts: [{ name: HighErrorRate, summary: 5xx 12 % }] }
    timeZone: UTC
    weekdays: [mon, tue, wed, thu, fri, sat, sun]
    at: "14:00"
    may: [tom]
`

type Options = Parameters<ReturnType<typeof stories>['open']>[0] & { readonly scenarios?: string }

/** A story with drills, on a day at noon that the test sets on. */
export type Drilling = Awaited<ReturnType<typeof drilling>>

export async function drilling(all: ReturnType<typeof stories>, closing: Loopback[], options: Options = {}) {
  const time = settableClock()
  time.set(time.clock.now().toZonedDateTimeISO('UTC').with({ hour: 12, minute: 0 }).toInstant())
  const well = await serveHttp((_, response) => void response.writeHead(200).end('well'))
  closing.push(well)
  const { scenarios = payFails, sections = '', env, ...more } = options
  const on: Story = await all.open({
    incident: 'thread',
    clock: time.clock,
    alarm: time.alarm,
    service: 'alerts: { wellFor: 1s }',
    check: `http: ${well.url}`,
    ...more,
    sections: `${alerting.sections}drills:${scenarios}${sections}`,
    env: { ...alerting.env, ...env },
  })
  const drill = (id = 'D-1') => on.bot.world.desk.drill(id)
  return {
    time,
    on,
    drill,
    planned: (id = 'D-1') => until(`${id} is planned`, () => drill(id) ?? undefined),
    inPhase: (phase: string, id = 'D-1') =>
      until(`${id} is ${phase}`, () => (drill(id)?.phase === phase ? drill(id) : undefined), 20_000),
    /** What burns because of it, as the shop's Prometheus would see it. */
    burns: (more: Partial<Parameters<typeof fire>[1]> = {}) =>
      fire(on.bot.url, { fingerprint: 'a', startsAtMs: time.clock.now().epochMilliseconds, ...more }),
    images: () => [on.image('eu-1'), on.image('us-1')],
  }
}
