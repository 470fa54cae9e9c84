import { describe, expect, it } from 'vitest'
import { astern } from '../../../src/core/actor.ts'
import type { Suspected } from '../../../src/core/alert/suspected.ts'
import type { Recorded } from '../../../src/core/event.ts'
import { type AutomaticDue, automaticStops, counting } from '../../../src/core/incident/automatic.ts'
import { type AutomaticFacts, nextAutomatic } from '../../../src/core/incident/automatic-next.ts'
import type { IncidentEvent } from '../../../src/core/incident/events.ts'
import { type Incident, incidentFrom } from '../../../src/core/incident/state.ts'
import { mayActAlone, mayRunAlone, mayStop, whoMayStop } from '../../../src/core/policy/automatic.ts'
import { type Policy, wholePolicy } from '../../../src/core/policy/policy.ts'

const at = (seconds: number) => Temporal.Instant.from('2026-11-23T03:12:00Z').add({ seconds }).toString()
const automatic = { afterMs: 60_000, line: 'policies.low.automatic' }
const policy = (more: Partial<Policy> = {}): Policy => ({
  ...wholePolicy({
    tier: 'low',
    propose: ['mei'],
    approve: ['tom'],
    approvals: 1,
    fourEyes: true,
    expiresAfterMs: 600_000,
    incident: 'thread',
  }),
  human: false,
  automatic,
  ...more,
})
const facts = (more: Partial<AutomaticFacts> = {}): AutomaticFacts => ({
  policy: policy(),
  burns: true,
  frozen: false,
  capable: true,
  locked: false,
  ...more,
})

const suspect = (version: string, more: Partial<Suspected['suspects'][number]> = {}) => ({
  service: 'cart',
  version,
  regions: ['eu-1'],
  leadMs: 41_000,
  grounds: [{ key: 'suspect.before' }],
  doubts: [],
  ...more,
})
const suspected = (more: Partial<Suspected> = {}): Suspected => ({
  symptom: {
    service: 'cart',
    environment: 'production',
    burning: [{ region: 'eu-1', since: at(0) }],
    calm: [],
    named: null,
  },
  suspects: [suspect('v2')],
  cleared: [],
  chosen: { service: 'cart', environment: 'production', regions: ['eu-1'], candidate: 'abc', version: 'v1' },
  ...more,
})
const due: AutomaticDue = {
  service: 'cart',
  environment: 'production',
  regions: ['eu-1'],
  from: 'v2',
  to: 'v1',
  candidate: 'abc',
  why: [],
  ...automatic,
  dueAt: at(65),
  suspicion: 4,
}

const opened = (more: object = {}): IncidentEvent => ({
  type: 'incident.opened',
  v: 1,
  data: { id: 'INC-1', service: 'cart', title: 'x', opener: null, home: 'thread', cause: 'alert', ...more },
})
const room: IncidentEvent = { type: 'incident.room-opened', v: 1, data: { chat: 'slack', channel: 'C1', own: false } }
const judged = (more: Partial<Suspected> = {}): IncidentEvent => ({
  type: 'incident.suspected',
  v: 1,
  data: suspected(more),
})
const announced = (more: Partial<AutomaticDue> = {}): IncidentEvent => ({
  type: 'incident.automatic-due',
  v: 1,
  data: { ...due, ...more },
})
const stopped = (of: number, why: (typeof automaticStops)[number]): IncidentEvent => ({
  type: 'incident.automatic-stopped',
  v: 1,
  data: { due: of, person: null, why },
})
const joined = (automaticOf?: number): IncidentEvent => ({
  type: 'incident.rollback-joined',
  v: 1,
  data: { rollback: 'R-1', ...(automaticOf !== undefined && { automatic: automaticOf }) },
})

/** One event a second; the first at position 2. */
function told(...events: readonly IncidentEvent[]): Incident {
  const recorded = events.map(
    (event, index): Recorded => ({
      position: index + 2,
      stream: 'incident/INC-1',
      version: index + 1,
      at: at(index),
      actor: astern,
      config: '',
      hash: '',
      event,
    }),
  )
  const incident = incidentFrom(recorded)
  if (!incident) throw new TypeError('no incident')
  return incident
}
const fresh = () => told(opened(), room, judged())
const running = () => told(opened(), room, judged(), announced())
const next = (incident: Incident, seconds = 10, more: Partial<AutomaticFacts> = {}) =>
  nextAutomatic(incident, facts(more), at(seconds))

describe('what may be announced', () => {
  it('is a certain suspect of the service itself, in an incident that an alert opened and a chat shows', () => {
    expect(next(fresh())).toEqual({ do: 'start' })
  })

  it.each<[string, Incident, Partial<AutomaticFacts>?, number?]>([
    ['by hand', told(opened({ cause: 'hand', opener: 'mei' }), room, judged())],
    ['for a rollback', told(opened({ cause: 'rollback', opener: 'mei' }), room, judged())],
    ['in a drill', told(opened({ drill: 'D-1' }), room, judged())],
    ['shown by no chat', told(opened(), judged())],
    ['not judged', told(opened(), room)],
    ['nothing suspected', told(opened(), room, judged({ suspects: [], chosen: null }))],
    [
      'any doubt',
      told(opened(), room, judged({ suspects: [suspect('v2', { doubts: [{ key: 'suspect.runs-well' }] })] })),
    ],
    [
      'as likely another',
      told(opened(), room, judged({ suspects: [suspect('v2'), suspect('v9', { service: 'pay' })] })),
    ],
    ['of what it depends on', told(opened(), room, judged({ suspects: [suspect('v9', { service: 'pay' })] }))],
    ['something not judged', told(opened(), room, judged({ blind: ['pay eu-1'] }))],
    ['nothing to go back to', told(opened(), room, judged({ chosen: { ...due, candidate: null, version: null } }))],
    ['a rollback there', told(opened(), room, judged(), joined())],
    ['closed', told(opened(), room, judged(), { type: 'incident.closed', v: 1, data: { person: 'tom', note: '' } })],
    ['critical', fresh(), { policy: policy({ tier: 'critical' }) }],
    ['a human wanted', fresh(), { policy: policy({ human: true }) }],
    ['not in the policy', fresh(), { policy: policy({ automatic: null }) }],
    ['service gone', fresh(), { policy: null }],
    ['a region that does not burn', fresh(), { burns: false }],
    ['frozen', fresh(), { frozen: true }],
    ['not safely undone', fresh(), { capable: false }],
    ['held by a rollback', fresh(), { locked: true }],
    ['long after the judgement', fresh(), {}, 400],
  ])('is nothing: %s', (_, incident, more = {}, seconds = 10) => {
    expect(next(incident, seconds, more)).toEqual({ do: 'nothing' })
  })

  it('is nothing a second time, whatever ended the first', () => {
    for (const why of automaticStops)
      expect(next(told(opened(), room, judged(), announced(), stopped(5, why)))).toEqual({ do: 'nothing' })
    expect(next(told(opened(), room, judged(), announced(), joined(5)))).toEqual({ do: 'nothing' })
  })

  it('less suspect ones with doubts change nothing', () => {
    const other = suspect('v1', { doubts: [{ key: 'suspect.had-left' }] })
    expect(next(told(opened(), room, judged({ suspects: [suspect('v2'), other] })))).toEqual({ do: 'start' })
  })
})

describe('what was announced', () => {
  it('waits, begins in time, and is told anew where nobody could have stopped it', () => {
    expect(counting(running())?.position).toBe(5)
    expect(next(running())).toEqual({ do: 'wait', until: at(65) })
    expect(next(running(), 65)).toEqual({ do: 'act' })
    expect(next(running(), 80)).toEqual({ do: 'act' })
    expect(next(running(), 81)).toEqual({ do: 'renew', why: 'late' })
  })

  it('is told anew where it burns elsewhere as well, by the same release', () => {
    expect(next(told(opened(), room, judged(), announced(), judged()))).toEqual({ do: 'renew', why: 'spread' })
  })

  it.each<[string, Incident, Partial<AutomaticFacts>?]>([
    ['policy', running(), { policy: policy({ automatic: null }) }],
    ['policy', running(), { policy: policy({ tier: 'critical' }) }],
    ['policy', running(), { policy: null }],
    ['resolved', running(), { burns: false }],
    ['freeze', running(), { frozen: true }],
    ['capability', running(), { capable: false }],
    ['locked', running(), { locked: true }],
    ['human-proposed', told(opened(), room, judged(), announced(), joined())],
    ['other-suspect', told(opened(), room, judged(), announced(), judged({ suspects: [suspect('v3')] }))],
    ['other-suspect', told(opened(), room, judged(), announced(), judged({ suspects: [], chosen: null }))],
    [
      'doubt',
      told(
        opened(),
        room,
        judged(),
        announced(),
        judged({ suspects: [suspect('v2', { doubts: [{ key: 'suspect.burns-without' }] })] }),
      ),
    ],
    ['candidate', told(opened(), room, judged(), announced(), judged({ chosen: null }))],
  ])('ends: %s', (why, incident, more = {}) => {
    for (const seconds of [10, 65, 600]) expect(next(incident, seconds, more)).toEqual({ do: 'stop', why })
  })

  it('that began or ended counts no more', () => {
    expect(counting(told(opened(), room, judged(), announced(), joined(5)))).toBeNull()
    expect(counting(told(opened(), room, judged(), announced(), stopped(5, 'hand')))).toBeNull()
    expect(counting(told(opened(), room, judged(), announced(), stopped(5, 'spread'), announced()))?.position).toBe(7)
  })
})

describe('the policy', () => {
  it('never lets Astern act on what is critical, where a human is wanted, or where a kind needs a consent of its own', () => {
    expect(mayActAlone(policy())).toBe(true)
    for (const more of [{ tier: 'critical' }, { human: true }, { automatic: null }])
      expect(mayActAlone(policy(more))).toBe(false)
    expect(mayRunAlone(policy(), { approvals: 1, kinds: [] })).toBe(true)
    expect(mayRunAlone(policy(), { approvals: 1, kinds: ['database'] })).toBe(false)
  })

  it('lets everybody stop it who could start it, approve it or answers for it', () => {
    const roles = policy({ emergency: ['kai'], breakGlass: ['ivo'], owners: ['ana'], commander: 'lin' })
    for (const person of ['mei', 'tom', 'kai', 'ivo', 'ana', 'lin']) expect(mayStop(roles, person)).toBe(true)
    expect(mayStop(roles, 'eve')).toBe(false)
    expect([...whoMayStop(roles)].sort()).toEqual(['ana', 'ivo', 'kai', 'lin', 'mei', 'tom'])
    expect(mayStop(policy({ propose: 'anyone' }), 'eve')).toBe(true)
  })
})
