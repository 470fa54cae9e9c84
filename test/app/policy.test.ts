import { describe, expect, it } from 'vitest'
import { policyAt } from '../../src/app/policy.ts'
import type { Config } from '../../src/config/config.ts'
import { foldCalendar } from '../../src/core/calendar/imported.ts'
import { newRoster, type Roster, rosterOf, withCalendars } from '../../src/core/oncall/roster.ts'
import type { Desk } from '../../src/projection/desk.ts'
import { loadText } from '../config/load.ts'

const people = ['tom', 'ana', 'kai', 'lin']
const text = (more: string) => `
chat:
  slack: { tenant: T1, botToken: { env: SLACK_BOT_TOKEN } }
connections:
  eu: { adapter: kubernetes, kubeconfig: { file: keys/kubeconfig }, context: eu }
people:
${people.map((person) => `  ${person}: { accounts: [{ chat: slack, tenant: T1, user: U${person} }] }`).join('\n')}
teams:
  shop: { members: [ana], commander: ana, onCall: duty }
  dba: { members: [lin] }
schedules:
  duty:
    timeZone: Asia/Shanghai
    layers: { main: { people: [tom, kai], start: 2026-01-05T09:00, every: day } }
  rotating: { timeZone: UTC, layers: { main: { people: [lin], start: 2026-01-05T09:00 } } }
policies:
  critical: ${more}
  low: { fourEyes: false }
services:
  checkout:
    tier: critical
    team: shop
    environments:
      production: { default: true, regions: { eu-1: { targets: { app: { connection: eu, namespace: shop, name: one } } } } }
      staging: { regions: { eu-2: { targets: { app: { connection: eu, namespace: staging, name: one } } } } }
  other:
    tier: low
    team: shop
    onCall: rotating
    environments: { production: { regions: { eu-1: { targets: { app: { connection: eu, namespace: shop, name: two } } } } } }
`

async function at(more: string, instant: string, environment = 'production', roster?: (config: Config) => Roster) {
  const loaded = await loadText(text(more))
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems))
  const { config } = loaded
  const desk = {
    roster: (id: string) => {
      const defined = config.schedules.get(id)
      return roster?.(config) ?? (defined ? rosterOf(defined) : newRoster(id))
    },
  } as Pick<Desk, 'roster'> as Desk
  const service = config.service('checkout')
  if (!service) throw new Error('no service')
  return policyAt({ config: () => config, desk }, service, environment, Temporal.Instant.from(instant))
}

const rule =
  '{ approve: [on-call, on-call:other, commander], emergency: allowed, breakGlass: [on-call, dba], environments: { staging: { approve: [dba, owners], approvals: 0, emergency: never } } }'

describe('roles stand for whoever holds them at that instant', () => {
  it.each([
    // Nine in Shanghai is one in the night of UTC.
    ['2026-01-05T01:00:00Z', 'tom'],
    ['2026-01-06T00:59:59Z', 'tom'],
    ['2026-01-06T01:00:00Z', 'kai'],
    ['2026-01-07T01:00:00Z', 'tom'],
  ])('at %s it is %s', async (instant, onCall) => {
    const policy = await at(rule, instant)
    expect(policy.approve).toEqual([onCall, ...(instant < '2026-01-05T09' ? [] : ['lin']), 'ana'])
    expect(policy.emergency).toEqual([onCall])
    expect(policy.breakGlass).toEqual([onCall, 'lin'])
    expect(policy.roles[onCall]).toEqual(['on-call'])
  })

  it('says what holds otherwise in an environment', async () => {
    expect(await at(rule, '2026-01-06T02:00:00Z', 'staging')).toMatchObject({
      environment: 'staging',
      approve: ['lin', 'ana'],
      approvals: 0,
      emergency: [],
    })
  })
})

describe('a calendar that is too old', () => {
  const feed = (config: Config): Roster => {
    const defined = config.schedules.get('duty')
    if (!defined) throw new Error('no schedule')
    const readAt = '2026-01-05T00:00:00Z'
    const span = { title: 'Tom', people: ['tom'], unknown: [], start: readAt, end: '2026-02-01T00:00:00Z' }
    const imported = {
      type: 'calendar.imported',
      v: 1,
      data: { calendar: 'pd', readAt, spans: [span], until: '2026-02-01T00:00:00Z' },
    } as unknown as Parameters<typeof foldCalendar>[1]
    const lost = { type: 'calendar.lost', v: 1, data: { calendar: 'pd' } } as unknown as typeof imported
    const calendar = foldCalendar(foldCalendar(null, imported, readAt), lost, '2026-01-06T00:00:00Z')
    return withCalendars(rosterOf({ ...defined, layers: [], feed: 'pd' }), () => calendar)
  }

  it('gives nobody the right to act alone, and takes none from those who approve with others', async () => {
    const fresh = await at(rule, '2026-01-05T12:00:00Z', 'production', feed)
    expect([fresh.emergency, fresh.breakGlass, fresh.approve]).toEqual([['tom'], ['tom', 'lin'], ['tom', 'ana']])
    const stale = await at(rule, '2026-01-06T12:00:00Z', 'production', feed)
    expect([stale.emergency, stale.breakGlass, stale.approve]).toEqual([[], ['lin'], ['tom', 'ana']])
  })
})
