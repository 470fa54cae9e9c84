import { team, untilAsync, userOf } from '../kit/story.ts'
import { People, wait } from './people.ts'
import type { Scene } from './scene.ts'
import type { Heard, Tale } from './tale.ts'
import { chainWrong, countsWrong, deliveriesWrong, eventsOf, keysWrong } from './verdict.ts'

/** A zone in which it is about noon: nobody is rehearsed at night. */
function noonZone(): string {
  const offset = new Date().getUTCHours() - 12
  return offset === 0 ? 'UTC' : `Etc/GMT${offset > 0 ? '+' : ''}${offset}`
}

const brokenWithinMs = 120_000

const sections = `
drills:
  pay-fails:
    services: [checkout-svc]
    environment: production
    production: true
    fault: { failing: { image: "shop.test/checkout-svc:v9.9.9" } }
    timeZone: ${noonZone()}
    at: "12:00"
    length: 1h
    may: [tom]
`

/** A drill, from its beginning by hand to its end. */
export const drilled: Tale = {
  scene: { versions: ['v1.7.2', 'v1.7.3'], sections },
  begin(on, bot) {
    const people = new People(on, () => bot.listening())
    return { tell: () => tell(on, bot, people), lost: people.lost }
  },
  isOver: (on) => says(on, 'it is over'),
  verdict,
}

async function isBroken({ regions }: Scene): Promise<true | undefined> {
  const images = await Promise.all(regions.map((workload) => workload.image()))
  return images.every((image) => image.endsWith(':v9.9.9')) || undefined
}

const says = ({ slack }: Scene, text: string): boolean =>
  slack.messages(team).some((message) => JSON.stringify(message.blocks).includes(text))

async function tell(on: Scene, bot: Heard, people: People): Promise<void> {
  const tom = on.slack.as(userOf('tom'))
  // What was taken is carried out: she asks once more only when Slack says that it did not work.
  for (let tries = 0; tries < 20 && !says(on, 'begins now'); tries++) {
    await bot.listening()
    const { acked } = await tom.command(team, '/drill start pay-fails')
    await wait(() => says(on, 'begins now'), acked ? 10_000 : 300)
  }
  await untilAsync('it is broken everywhere', () => isBroken(on), brokenWithinMs)
  await people.rollBack('/rollback checkout-svc to v1.7.3')
}

/** Each of these happens exactly once in this story; the next drill is planned. */
const once = {
  'drill.planned': 2,
  'drill.started': 1,
  'drill.fault-prepared': 1,
  'drill.fault-made': 1,
  'drill.fault-failed': 0,
  'drill.stopped': 1,
  'drill.restored': 1,
  'drill.scored': 1,
  'drill.ended': 1,
  'incident.opened': 1,
  'incident.drill-over': 1,
  'rollback.proposed': 1,
  'rollback.ended': 1,
  'lock.taken': 2,
  'lock.released': 2,
} as const

async function verdict(on: Scene, lost: readonly string[]): Promise<readonly string[]> {
  const events = await eventsOf(on.ledgerFile)
  const wrong = [
    ...lost.map((what) => `acknowledged and lost: ${what}`),
    ...countsWrong(events, once),
    ...deliveriesWrong(events),
    ...(await chainWrong(on.ledgerFile)),
    ...keysWrong(on),
  ]
  for (const { event } of events) {
    if (event.type === 'drill.stopped' && event.data.why !== 'done') wrong.push(`stopped: ${event.data.why}`)
    if (event.type === 'drill.restored' && !event.data.ok) wrong.push('not put back')
    if (event.type === 'drill.scored' && !event.data.scores['checkout-svc']?.passed) wrong.push('not passed')
    if (event.type === 'incident.opened' && event.data.drill !== 'D-1') wrong.push('its incident is a real one')
  }
  for (const workload of on.regions) {
    const image = await workload.image()
    if (!image.endsWith(':v1.7.3')) wrong.push(`${workload.namespace} runs ${image}`)
    // Shipped, broken, rolled back: what was put back by people need not be put back again.
    const [changes, writes] = [await workload.changes(), await workload.writes()]
    if (changes !== 3 || writes !== 2) wrong.push(`${workload.namespace}: ${changes} changes, ${writes} writes`)
  }
  for (const text of ['begins now', 'it is over']) if (!says(on, text)) wrong.push(`nobody was told “${text}”`)
  return wrong
}
