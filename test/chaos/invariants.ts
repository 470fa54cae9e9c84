import { verifyLedger } from '../../src/adapters/ledger/sqlite/verify.ts'
import type { Recorded } from '../../src/core/event.ts'
import { changeSteps, type Rollback, rollbackFrom } from '../../src/core/rollback/state.ts'
import { textOf } from '../kit/story.ts'
import { keyOf, type Scene } from './scene.ts'

/** What must hold whatever happened; each line is one breach. */
export async function breaches(scene: Scene, events: readonly Recorded[], ships: readonly number[]): Promise<string[]> {
  const rollbacks = rollbacksOf(events)
  const { findings } = await verifyLedger(scene.ledgerFile, { publicKeys: [], witnesses: [] })
  return [
    ...findings.map((finding) => `History cannot be changed unnoticed: ${JSON.stringify(finding)}`),
    ...deliveriesWrong(events),
    ...rollbacks.flatMap((one) => rollbackWrong(one, events)),
    ...locksWrong(events, rollbacks),
    ...(await writesWrong(scene, events, ships)),
    ...chatWrong(scene, rollbacks),
  ]
}

/** Every rollback of a ledger, folded. */
export function rollbacksOf(events: readonly Recorded[]): Rollback[] {
  const streams = Map.groupBy(
    events.filter(({ stream }) => stream.startsWith('rollback/')),
    ({ stream }) => stream,
  )
  return [...streams.values()].map(rollbackFrom).filter((one) => one !== null)
}

function deliveriesWrong(events: readonly Recorded[]): string[] {
  const received = events.flatMap(({ event }) => (event.type === 'delivery.received' ? [event.data.id] : []))
  const handled = events.flatMap(({ event }) => (event.type === 'delivery.handled' ? [event.data.id] : []))
  const bugs = events.filter(({ event }) => event.type === 'delivery.handled' && event.data.outcome === 'fault:bug')
  return [
    ...(new Set(received).size === received.length ? [] : ['a delivery was taken twice']),
    ...received
      .filter((id) => handled.filter((one) => one === id).length !== 1)
      .map((id) => `${id} has no one outcome`),
    ...bugs.map(() => 'a command broke'),
  ]
}

function rollbackWrong(rollback: Rollback, events: readonly Recorded[]): string[] {
  const own = events.filter(({ stream }) => stream === `rollback/${rollback.id}`).map(({ event }) => event)
  const wrong: string[] = []
  const started = own.flatMap((event) => (event.type === 'step.started' ? [event.data.step] : []))
  if (new Set(started).size !== started.length) wrong.push('a step was started twice')
  const approved = own.findIndex(({ type }) => type === 'rollback.approved')
  const first = own.findIndex(({ type }) => type === 'step.started')
  if (first >= 0 && (approved < 0 || approved > first)) wrong.push('a step was started before anybody approved')
  for (const event of own)
    if (event.type === 'rollback.approved') {
      const { person, hash, preview, standing } = event.data
      if (person === rollback.requester) wrong.push('the requester approved')
      if (!['tom', 'ana', 'kai'].includes(person) || standing !== 'member')
        wrong.push(`${person}, ${standing}, approved`)
      if (hash !== rollback.hash || preview !== rollback.preview) wrong.push('another plan was approved')
    }
  const ends = own.filter(({ type }) => ['rollback.ended', 'rollback.rejected', 'rollback.expired'].includes(type))
  if (ends.length > 1) wrong.push('it ended twice')
  const last = ends[0] ? own.indexOf(ends[0]) : -1
  if (last >= 0 && own.slice(last + 1).some(({ type }) => type.startsWith('step.'))) wrong.push('a step after the end')
  if (
    rollback.outcome === 'restored' &&
    !rollback.plan.steps.every((step) => rollback.steps[step.id]?.state === 'settled')
  )
    wrong.push('restored, and not every step is settled')
  return wrong.map((what) => `${rollback.id}: ${what}`)
}

function locksWrong(events: readonly Recorded[], rollbacks: readonly Rollback[]): string[] {
  const wrong: string[] = []
  const held = new Map<string, string>()
  for (const { event, stream } of events) {
    if (event.type === 'lock.taken') {
      if (held.has(stream)) wrong.push(`One rollback per target: ${stream} was taken twice`)
      held.set(stream, event.data.rollback)
    }
    if (event.type === 'lock.released') held.delete(stream)
  }
  for (const [stream, id] of held)
    if (rollbacks.find((one) => one.id === id)?.phase === 'ended') wrong.push(`${stream} is held by ${id}, which ended`)
  return wrong
}

/** The API server's records against the ledger's: no write without a start, and no second write for one. */
async function writesWrong(
  { regions }: Scene,
  events: readonly Recorded[],
  ships: readonly number[],
): Promise<string[]> {
  const wrong: string[] = []
  for (const [at, name] of ['eu-1', 'us-1'].entries()) {
    const workload = regions[at]
    if (!workload) continue
    const started = events.filter(({ event }) => event.type === 'step.started' && event.data.step === name).length
    const writes = await workload.writes()
    if (writes > started) wrong.push(`${name} was written ${writes} times for ${started} starts`)
    const changes = await workload.changes()
    const most = 1 + (ships[at] ?? 0) + started
    if (changes > most) wrong.push(`Done at most once: ${name} was changed ${changes} times, not ${most}`)
  }
  return wrong
}

function chatWrong({ slack, keyed }: Scene, rollbacks: readonly Rollback[]): string[] {
  const keys = slack.channels().flatMap(({ id }) =>
    slack
      .messages(id)
      .map(keyOf)
      .filter((key) => key !== undefined),
  )
  const marks = { restored: '✅', expired: '⌛', rejected: '🚫', aborted: '⏹' } as const
  return [
    ...[...new Set(keys)]
      .filter((key) => keys.filter((one) => one === key).length > 1)
      .map((key) => `Chat is a view: ${key} stands twice`),
    ...rollbacks.flatMap(({ id, outcome, plan }) => {
      const card = keyed(`/card:${id}`)[0]
      if (!card) return [`${id} has no card`]
      const said = textOf(card.blocks)
      const buttons = JSON.stringify(card.blocks).includes('rollback.approve')
      if (outcome && buttons) return [`${id} ended, and its card asks for approval`]
      if (outcome === 'restored' && !said.includes(marks.restored)) return [`the card of ${id} does not tell the end`]
      return changeSteps(plan).length === 0 ? [`${id} changes nothing`] : []
    }),
  ]
}
