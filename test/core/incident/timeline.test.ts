import { expect, it } from 'vitest'
import { astern } from '../../../src/core/actor.ts'
import type { Recorded } from '../../../src/core/event.ts'
import { close } from '../../../src/core/incident/decide.ts'
import { incidentFrom } from '../../../src/core/incident/state.ts'
import { timeline } from '../../../src/core/incident/timeline.ts'
import { added, approved, at, proposed, settled, started } from '../rollback/kit.ts'

const recorded = (position: number, stream: string, event: Recorded['event']): Recorded => ({
  position,
  stream,
  version: position,
  at: at(position),
  actor: astern,
  config: 'c',
  event,
  hash: '',
})
const opened: Recorded['event'] = {
  type: 'incident.opened',
  v: 1,
  data: { id: 'INC-1', service: 'shop', title: 't', opener: 'mei', home: 'channel', cause: 'hand' },
}

it('is in the ledger’s order over all streams, and check steps speak only when they end', () => {
  const events = [
    recorded(1, 'incident/INC-1', opened),
    recorded(5, 'rollback/R-1', started('eu')),
    recorded(2, 'rollback/R-1', proposed()),
    recorded(3, 'rollback/R-1', approved('tom')),
    recorded(4, 'rollback/R-1', { type: 'rollback.claimed', v: 1, data: { worker: 'w', epoch: 1 } }),
    recorded(6, 'rollback/R-1', started('eu.check')),
    recorded(7, 'rollback/R-1', settled('eu.check')),
  ]
  expect(timeline(events).map(({ position, rollback }) => [position, rollback])).toEqual([
    [1, null],
    [2, 'R-1'],
    [3, 'R-1'],
    [5, 'R-1'],
    [7, 'R-1'],
  ])
})

it('of a check that was added later likewise', () => {
  const events = [
    recorded(1, 'incident/INC-1', opened),
    recorded(2, 'rollback/R-1', proposed()),
    recorded(3, 'rollback/R-1', added('eu')),
    recorded(4, 'rollback/R-1', started('eu.alerts')),
    recorded(5, 'rollback/R-1', settled('eu.alerts')),
  ]
  expect(timeline(events).map(({ position }) => position)).toEqual([1, 2, 3, 5])
})

it('an incident closes once, and not while a rollback in it runs', () => {
  const open = incidentFrom([recorded(1, 'incident/INC-1', opened)])
  if (!open) throw new Error('no incident')
  const by = { person: 'ana', note: 'over' }
  expect(close(open, by, 'R-1')).toMatchObject({ refused: 'incident-busy', rollback: 'R-1' })
  const events = close(open, by, null)
  if ('refused' in events) throw new Error(events.refused)
  const closed = incidentFrom([
    recorded(1, 'incident/INC-1', opened),
    ...events.map((event, index) => recorded(index + 2, 'incident/INC-1', event)),
  ])
  expect(closed && close(closed, by, null)).toMatchObject({ refused: 'incident-closed', by: 'ana' })
})
