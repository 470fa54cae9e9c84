import type { Delivery } from '../../src/core/delivery/delivery.ts'
import type { AsternEvent } from '../../src/core/event.ts'
import type { Release } from '../../src/core/release/release.ts'
import type { ChangeStep, TargetRef } from '../../src/core/rollback/plan.ts'
import type { Write } from '../../src/ports/ledger.ts'

const account = { chat: 'slack', tenant: 'T0STAGE000', user: 'U0TOM00000' }
const regions = ['eu-1', 'us-1'] as const

const release = (number: number): Release => ({
  id: `sha256:${'0'.repeat(56)}${String(number % 30).padStart(8, '0')}`,
  version: `v1.${number % 30}.0`,
  images: [{ container: 'app', reference: `shop.test/svc:v1.${number % 30}.0` }],
  revision: String(number),
  since: '2026-03-02T08:00:00Z',
  available: true,
  kept: 'target',
})

/** Writes, one append each, of the `number`-th incident of a company's life: typed, approved, rolled back in two regions, closed. */
export function incidentsWrites(number: number, services = 200): readonly Write[] {
  const incident = `I-${number}`
  const rollback = `R-${number}`
  const service = `svc-${number % services}`
  const at = (region: string): TargetRef => ({ service, environment: 'production', region, target: 'app' })
  const writes: Write[] = []
  const add = (stream: string, ...events: readonly AsternEvent[]) => writes.push({ stream, expected: 'any', events })
  const own = (...events: readonly AsternEvent[]) => add(`rollback/${rollback}`, ...events)
  const delivered = (id: string, deed: Delivery['deed']) => {
    const delivery: Delivery = { id: `slack:${number}-${id}`, account, place: { channel: 'C0PAYMENT0' }, deed }
    add(`delivery/${delivery.id}`, { type: 'delivery.received', v: 1, data: delivery })
    add(`delivery/${delivery.id}`, { type: 'delivery.handled', v: 1, data: { id: delivery.id, outcome: 'shown' } })
  }
  const step = (region: string): ChangeStep => ({
    kind: 'change',
    id: `change-${region}`,
    target: at(region),
    from: release(number),
    to: release(number + 29),
    etag: release(number).id,
    preview: [{ path: 'image', kind: 'changed', from: `v1.${number % 30}.0`, to: 'v1.0.0' }],
    warnings: [],
    change: {},
    after: [],
    deadlineMs: 90_000,
    etaMs: null,
  })
  for (const region of regions)
    add(
      `releases/${service}/production/${region}/app`,
      { type: 'release.seen', v: 1, data: { target: at(region), release: release(number) } },
      { type: 'release.became-current', v: 1, data: { target: at(region), id: release(number).id } },
      { type: 'release.became-available', v: 1, data: { target: at(region), id: release(number).id } },
    )
  for (let index = 0; index < 3; index++)
    delivered(`look-${index}`, { kind: 'command', name: 'versions', text: service, via: 'slash' })
  delivered('ask', { kind: 'command', name: 'rollback', text: service, via: 'slash' })
  add(`incident/${incident}`, {
    type: 'incident.opened',
    v: 1,
    data: { id: incident, service, title: `${service} rolls back`, opener: 'mei', home: 'channel', cause: 'rollback' },
  })
  own({
    type: 'rollback.proposed',
    v: 1,
    data: {
      id: rollback,
      incident,
      requester: 'mei',
      reason: 'errors',
      plan: { service, environment: 'production', order: 'together', steps: regions.map(step) },
      hash: 'h',
      preview: 'p',
      policy: {
        tier: 'critical',
        propose: 'anyone',
        approve: ['tom'],
        approvals: 1,
        fourEyes: true,
        expiresAfterMs: 600_000,
        incident: 'channel',
      },
      expiresAt: '2026-03-02T09:10:00Z',
    },
  })
  add(`incident/${incident}`, { type: 'incident.rollback-joined', v: 1, data: { rollback } })
  for (const region of regions)
    add(`lock/${service}/production/${region}/app`, {
      type: 'lock.taken',
      v: 1,
      data: { target: at(region), rollback },
    })
  const room = { chat: 'slack', channel: `C${number}`, own: true }
  add(`incident/${incident}`, { type: 'incident.room-opened', v: 1, data: room })
  delivered('yes', { kind: 'press', action: 'approve', value: rollback, inputs: {} })
  own({
    type: 'rollback.approved',
    v: 1,
    data: { person: 'tom', hash: 'h', preview: 'p', standing: 'member' },
  })
  own({ type: 'rollback.claimed', v: 1, data: { worker: 'w', epoch: 1 } })
  for (const region of regions) {
    const id = `change-${region}`
    own({
      type: 'step.started',
      v: 1,
      data: { step: id, key: `${rollback}/${id}`, deadlineAt: '2026-03-02T09:05:00Z', epoch: 1 },
    })
    own({ type: 'step.applied', v: 1, data: { step: id, receipt: { at: '2026-03-02T09:01:00Z', data: {} } } })
    for (let done = 0; done < 3; done++)
      own({ type: 'step.progressed', v: 1, data: { step: id, progress: { done, of: 3 }, seen: [] } })
    own({ type: 'step.settled', v: 1, data: { step: id, tookMs: 4_000 + number, seen: [] } })
  }
  own({ type: 'rollback.ended', v: 1, data: { ending: 'restored' } })
  for (const region of regions)
    add(`lock/${service}/production/${region}/app`, {
      type: 'lock.released',
      v: 1,
      data: { target: at(region), rollback },
    })
  const owed = {
    id: `F-${number}`,
    what: 'post-mortem',
    incident,
    owner: 'ana',
    dueAt: '2026-03-05T09:00:00Z',
  } as const
  add(`follow-up/F-${number}`, { type: 'follow-up.opened', v: 1, data: owed })
  if (number % 20 !== 0)
    add(`follow-up/F-${number}`, { type: 'follow-up.done', v: 1, data: { id: owed.id, person: 'ana' } })
  delivered('close', { kind: 'command', name: 'incident', text: 'close', via: 'slash' })
  add(`incident/${incident}`, { type: 'incident.closed', v: 1, data: { person: 'ana', note: 'fine again' } })
  if (number % 50 === 0) add('accounts', { type: 'account.lost', v: 1, data: { account } })
  return writes
}
