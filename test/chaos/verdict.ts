import { openLedger } from '../../src/adapters/ledger/sqlite/open.ts'
import { verifyLedger } from '../../src/adapters/ledger/sqlite/verify.ts'
import { systemPlatform } from '../../src/adapters/system/index.ts'
import type { Recorded } from '../../src/core/event.ts'
import { textOf } from '../kit/story.ts'
import { dingtalkWrong } from './dingtalk-scene.ts'
import { keyOf, type Scene } from './scene.ts'

/** Everything that is not as it must be after the bot has come to rest; empty: all is well. */
export const verdict = (scene: Scene, lost: readonly string[]): Promise<readonly string[]> => rollbackWrong(scene, lost)

/** What another story has unlike the first one. */
interface Unlike {
  /** How often something happens, by its type. */
  readonly counts?: Readonly<Record<string, number>>
  readonly approver?: string
  /** What the thread tells of who agreed. */
  readonly consent?: string
  /** Messages that are pinned. */
  readonly pins?: number
}

export async function rollbackWrong(
  scene: Scene,
  lost: readonly string[],
  { counts = {}, approver = 'Tom', consent = `${approver} approved`, pins = 1 }: Unlike = {},
): Promise<readonly string[]> {
  const events = await eventsOf(scene.ledgerFile)
  return [
    ...lost.map((what) => `acknowledged and lost: ${what}`),
    ...(await regionsWrong(scene)),
    ...historyWrong(events, { ...once, 'incident.room-opened': scene.dingtalk ? 2 : 1, ...counts }),
    ...(await chainWrong(scene.ledgerFile)),
    ...chatWrong(scene, events, consent, pins),
    ...(scene.dingtalk ? dingtalkWrong(scene.dingtalk, events) : []),
  ]
}

async function regionsWrong({ regions }: Scene): Promise<string[]> {
  const wrong: string[] = []
  for (const workload of regions) {
    const { namespace } = workload
    const image = await workload.image()
    if (!/:v1\.7\.3(@|$)/.test(image)) wrong.push(`${namespace} runs ${image}`)
    // One by the release, one by the rollback.
    const changes = await workload.changes()
    if (changes !== 2) wrong.push(`${namespace} was changed ${changes} times, not 2`)
    const writes = await workload.writes()
    if (writes !== 1) wrong.push(`${namespace} was written ${writes} times, not once`)
  }
  return wrong
}

/** Each of these happens exactly once in this story. */
const once = {
  'incident.opened': 1,
  'incident.post-mortem-drafted': 1,
  'follow-up.opened': 1,
  'rollback.proposed': 1,
  'rollback.approved': 1,
  'rollback.ended': 1,
  'lock.taken': 2,
  'lock.released': 2,
  'step.started': 4,
  'step.applied': 2,
  'step.settled': 4,
  'step.failed': 0,
} as const

function historyWrong(events: readonly Recorded[], counts: Readonly<Record<string, number>>): string[] {
  const wrong = [...countsWrong(events, counts), ...deliveriesWrong(events)]
  for (const { event } of events)
    if (event.type === 'rollback.ended' && event.data.ending !== 'restored') wrong.push(`ended ${event.data.ending}`)
  return wrong
}

/** What did not happen as often as it must. */
export const countsWrong = (events: readonly Recorded[], counts: Readonly<Record<string, number>>): string[] =>
  Object.entries(counts).flatMap(([type, wanted]) => {
    const count = events.filter(({ event }) => event.type === type).length
    return count === wanted ? [] : [`${type} ${count} times, not ${wanted}`]
  })

export function deliveriesWrong(events: readonly Recorded[]): string[] {
  const wrong: string[] = []
  const open = new Set<string>()
  for (const { event } of events) {
    if (event.type === 'delivery.received') {
      if (open.has(event.data.id)) wrong.push(`${event.data.id} was received twice`)
      open.add(event.data.id)
    }
    if (event.type === 'delivery.handled' && !open.delete(event.data.id))
      wrong.push(`${event.data.id} was handled twice`)
    if (event.type === 'delivery.handled' && event.data.outcome.startsWith('fault:bug')) wrong.push('a command broke')
  }
  return [...wrong, ...[...open].map((id) => `${id} has no outcome`)]
}

export async function chainWrong(file: string): Promise<string[]> {
  const { findings } = await verifyLedger(file, { publicKeys: [], witnesses: [] })
  return findings.map((finding) => `the chain: ${JSON.stringify(finding)}`)
}

/** Messages that could be found again and stand more than once. */
export function keysWrong({ slack }: Scene): string[] {
  const keys = slack.channels().flatMap(({ id }) => slack.messages(id).flatMap((message) => keyOf(message) ?? []))
  return [...new Set(keys)].flatMap((key) => {
    const count = keys.filter((one) => one === key).length
    return count === 1 ? [] : [`${key} stands ${count} times`]
  })
}

function chatWrong(on: Scene, events: readonly Recorded[], consent: string, pins: number): string[] {
  const { slack, keyed } = on
  const wrong = keysWrong(on)
  for (const end of ['/card:R-1', '/line:R-1', '/post-mortem:INC-1', '/owner:INC-1'])
    if (keyed(end).length !== 1) wrong.push(`${end} stands ${keyed(end).length} times`)
  for (const end of ['/card:R-1', '/line:R-1'])
    if (!textOf(keyed(end)[0]?.blocks).includes('✅')) wrong.push(`${end} does not tell the end`)
  const rooms = slack.channels().filter(({ name }) => name.startsWith('inc-'))
  if (rooms.length !== 1) wrong.push(`${rooms.length} channels for one incident`)
  const [room] = rooms
  if (room?.pins.length !== pins) wrong.push(`${room?.pins.length} pins`)
  if (room?.bookmarks.length !== 1) wrong.push(`${room?.bookmarks.length} bookmarks`)
  if (slack.canvases().length !== 1) wrong.push(`${slack.canvases().length} canvases`)
  const root = keyed('/card:R-1')[0]
  const thread = root ? textOf(slack.thread(root.channel, root.ts).map(({ blocks }) => blocks)) : ''
  for (const moment of [consent, 'eu-1: settled', 'us-1: settled', 'R-1 restored'])
    if (thread.split(moment).length !== 2) wrong.push(`the thread says ${thread.split(moment).length - 1} × ${moment}`)
  return [...wrong, ...answersWrong(slack.world.ephemerals, events)]
}

/** What only she sees carries no key: after a crash it may come once more, and says so. */
function answersWrong(answers: readonly { readonly blocks?: unknown }[], events: readonly Recorded[]): string[] {
  const outcomes = events.flatMap(({ event }) => (event.type === 'delivery.handled' ? [event.data.outcome] : []))
  const texts = answers.map(({ blocks }) => textOf(blocks))
  // A click that is carried out by the next process finds the time for its dialog over, and a dialog may not open: both are told in words.
  const late = texts.filter((text) => /took too long|超时|no dialog opened|没有打开/.test(text)).length
  const asked = outcomes.filter((outcome) => outcome === 'asked').length
  const due = outcomes.filter((outcome) => !['approved', 'asked'].includes(outcome)).length + Math.min(late, asked)
  const marked = texts.filter((text) => /Perhaps|可能是重复的/.test(text)).length
  const more = answers.length - due
  return more > Math.min(marked, 1) ? [`${more} answers more than asked for, ${marked} of them marked`] : []
}

/** Everything in a ledger that nobody else has open. */
export async function eventsOf(file: string): Promise<readonly Recorded[]> {
  const { clock, chance, log } = systemPlatform({ log: { level: 'error', format: 'json', write: () => undefined } })
  const opened = await openLedger({ file, clock, chance, log, templateKey: new Uint8Array(32) })
  try {
    return await opened.ledger.read(0, 100_000)
  } finally {
    await opened.close()
  }
}
