import { describe, expect, it } from 'vitest'
import { type Arrival, type Suspicion, type Symptom, suspicion } from '../../../src/core/alert/suspect.ts'

/** `03:12` on the night it happens; `-1 21:00` the evening before. */
function at(text: string): string {
  const [, day = '0', time] = /^(?:(-\d+) )?(\d\d:\d\d)$/.exec(text) ?? []
  return Temporal.PlainDateTime.from(`2026-03-03T${time}`)
    .add({ days: Number(day) })
    .toZonedDateTime('UTC')
    .toInstant()
    .toString()
}

interface Story {
  readonly tells: string
  /** `service version region time [broughtBy]`, one a line. */
  readonly shipped: string
  /** `region time [measured | so many minutes that its alert may have waited]`, one a line. */
  readonly burns: string
  readonly calm?: readonly string[]
  readonly named?: string
  readonly asks?: Readonly<Record<string, number>>
  /** Most suspect first. */
  readonly suspects: readonly string[]
  readonly cleared?: Readonly<Record<string, string>>
  readonly says?: readonly string[]
  /** By release. */
  readonly doubts?: Readonly<Record<string, readonly string[]>>
}

const rows = (text: string): string[][] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => line.split(/\s{2,}/))

function tell(story: Story): Suspicion {
  const arrivals = rows(story.shipped).map(
    ([service = '', version = '', region = '', time = '', broughtBy]): Arrival => {
      return { service, version, region, at: at(time), ...(broughtBy && { broughtBy }) }
    },
  )
  const symptom: Symptom = {
    service: 'checkout',
    burning: rows(story.burns).map(([region = '', time = '', how]) => ({
      region,
      since: at(time),
      ...(how === 'measured' ? { measured: true } : how && { pendingMs: Number(how) * 60_000 }),
    })),
    calm: story.calm ?? [],
    named: story.named ?? null,
  }
  return suspicion(symptom, arrivals, new Map(Object.entries(story.asks ?? {})))
}

const stories: readonly Story[] = [
  {
    tells: 'a release four minutes before, everywhere',
    shipped: `checkout  v1.8.0  eu-1  03:08
              checkout  v1.8.0  us-1  03:09
              checkout  v1.7.3  eu-1  -1 22:00
              checkout  v1.7.3  us-1  -1 22:01`,
    burns: `eu-1  03:12
            us-1  03:13`,
    suspects: ['checkout v1.8.0', 'checkout v1.7.3'],
    says: ['suspect.before'],
  },
  {
    tells: 'a release that came to one region, where alone it burns',
    shipped: `checkout  v1.8.0  eu-1  03:08
              cart  v2.0.0  eu-1  03:07
              cart  v2.0.0  us-1  03:07`,
    burns: 'eu-1  03:12',
    calm: ['us-1'],
    asks: { cart: 1 },
    suspects: ['checkout v1.8.0', 'cart v2.0.0'],
    says: ['suspect.before', 'suspect.only-there'],
  },
  {
    tells: 'a dependency shipped minutes before, the service itself hours ago',
    shipped: `payment  v5  eu-1  03:05
              checkout  v1.8.0  eu-1  -1 23:30`,
    burns: 'eu-1  03:12',
    asks: { payment: 1 },
    suspects: ['payment v5', 'checkout v1.8.0'],
    says: ['suspect.before', 'suspect.asked-by'],
  },
  {
    tells: 'the service itself before what it asks, where both came at about the same time',
    shipped: `payment  v5  eu-1  03:10
              checkout  v1.8.0  eu-1  03:05`,
    burns: 'eu-1  03:12',
    asks: { payment: 1 },
    suspects: ['checkout v1.8.0', 'payment v5'],
  },
  {
    tells: 'the nearer of two dependencies',
    shipped: `ledger  v9  eu-1  03:09
              payment  v5  eu-1  03:05`,
    burns: 'eu-1  03:12',
    asks: { payment: 1, ledger: 2 },
    suspects: ['payment v5', 'ledger v9'],
  },
  {
    tells: 'a decoy that came after the fire began',
    shipped: `checkout  v1.8.1  eu-1  03:14
              checkout  v1.8.0  eu-1  03:08`,
    burns: 'eu-1  03:12',
    suspects: ['checkout v1.8.0'],
    cleared: { 'checkout v1.8.1': 'suspect.came-after' },
  },
  {
    tells: 'a decoy in another region',
    shipped: `checkout  v1.8.0  us-1  03:11`,
    burns: 'eu-1  03:12',
    calm: ['us-1'],
    suspects: [],
    cleared: { 'checkout v1.8.0': 'suspect.elsewhere' },
  },
  {
    tells: 'a decoy of a service that nothing here depends on',
    shipped: `blog  v3  eu-1  03:11`,
    burns: 'eu-1  03:12',
    suspects: [],
    cleared: {},
  },
  {
    tells: 'nothing changed for hours',
    shipped: `checkout  v1.7.3  eu-1  -1 18:00`,
    burns: 'eu-1  03:12',
    suspects: [],
    cleared: {},
  },
  {
    tells: 'what runs well elsewhere is less suspect than what came only here',
    shipped: `checkout  v1.8.0  eu-1  03:00
              checkout  v1.8.0  us-1  03:00
              payment  v5  eu-1  03:05`,
    burns: 'eu-1  03:12',
    calm: ['us-1'],
    asks: { payment: 1 },
    suspects: ['payment v5', 'checkout v1.8.0'],
  },
  {
    tells: 'a region that burns without it speaks against it, more so when it burnt first',
    shipped: `checkout  v1.8.0  eu-1  03:08
              payment  v5  eu-1  02:40
              payment  v5  us-1  02:41`,
    burns: `us-1  03:05
            eu-1  03:12`,
    asks: { payment: 1 },
    suspects: ['payment v5', 'checkout v1.8.0'],
  },
  {
    tells: 'what the alert names, although something else came later',
    shipped: `checkout  v1.8.0  eu-1  02:00
              payment  v5  eu-1  03:11`,
    burns: 'eu-1  03:12',
    named: 'v1.8.0',
    asks: { payment: 1 },
    suspects: ['checkout v1.8.0', 'payment v5'],
    says: ['suspect.named', 'suspect.before'],
  },
  {
    tells: 'what another version had replaced by then comes after that one',
    shipped: `checkout  v1.8.0  eu-1  03:00
              checkout  v1.8.1  eu-1  03:09`,
    burns: 'eu-1  03:12',
    suspects: ['checkout v1.8.1', 'checkout v1.8.0'],
  },
  {
    tells: 'what a rollback of ours brought back is not accused',
    shipped: `checkout  v1.8.0  eu-1  02:50
              checkout  v1.7.3  eu-1  03:05  R-41`,
    burns: 'eu-1  03:12',
    suspects: ['checkout v1.8.0'],
    cleared: { 'checkout v1.7.3': 'suspect.brought-back' },
  },
  {
    tells: 'a decoy a minute before an alert that had waited for five, by what a monitor measured',
    shipped: `checkout  v1.8.1  eu-1  03:11
              checkout  v1.8.0  eu-1  03:05`,
    burns: 'eu-1  03:07  measured',
    suspects: ['checkout v1.8.0'],
    cleared: { 'checkout v1.8.1': 'suspect.came-after' },
    says: ['suspect.before-symptom'],
    doubts: { 'checkout v1.8.0': [] },
  },
  {
    tells: 'such a decoy alone: nothing that changed is behind it',
    shipped: 'checkout  v1.8.0  eu-1  03:11',
    burns: 'eu-1  03:07  measured',
    suspects: [],
    cleared: { 'checkout v1.8.0': 'suspect.came-after' },
  },
  {
    tells: 'such a decoy, and nobody measured: it is suspected with a doubt',
    shipped: `checkout  v1.8.1  eu-1  03:11
              checkout  v1.8.0  eu-1  03:05`,
    burns: 'eu-1  03:12  5',
    suspects: ['checkout v1.8.1', 'checkout v1.8.0'],
    doubts: { 'checkout v1.8.1': ['suspect.maybe-after'], 'checkout v1.8.0': ['suspect.had-left'] },
  },
  {
    tells: 'the culprit four minutes before an alert that waits for five at most: it is not missed, the doubt is said',
    shipped: 'checkout  v1.8.0  eu-1  03:08',
    burns: 'eu-1  03:12  5',
    calm: ['us-1'],
    suspects: ['checkout v1.8.0'],
    says: ['suspect.before', 'suspect.only-there'],
    doubts: { 'checkout v1.8.0': ['suspect.maybe-after'] },
  },
  {
    tells: 'the same culprit, measured: there is no doubt',
    shipped: 'checkout  v1.8.0  eu-1  03:08',
    burns: 'eu-1  03:09  measured',
    calm: ['us-1'],
    suspects: ['checkout v1.8.0'],
    says: ['suspect.before-symptom', 'suspect.only-there'],
    doubts: { 'checkout v1.8.0': [] },
  },
  {
    tells: 'what came long enough before in one of two regions is not doubted',
    shipped: `checkout  v1.8.0  eu-1  03:00
              checkout  v1.8.0  us-1  03:10`,
    burns: `eu-1  03:12  5
            us-1  03:12  5`,
    suspects: ['checkout v1.8.0'],
    doubts: { 'checkout v1.8.0': [] },
  },
  {
    tells: 'the culprit had been taken away again when the alert fired at last',
    shipped: `checkout  v1.8.0  eu-1  03:05
              checkout  v1.7.3  eu-1  03:10`,
    burns: 'eu-1  03:07  measured',
    suspects: ['checkout v1.8.0'],
    cleared: { 'checkout v1.7.3': 'suspect.came-after' },
  },
  {
    tells: 'the very second it came counts as before',
    shipped: 'checkout  v1.8.0  eu-1  03:12',
    burns: 'eu-1  03:12',
    suspects: ['checkout v1.8.0'],
  },
]

describe('the suspect', () => {
  it.each(stories)('is found where $tells', (story) => {
    const found = tell(story)
    expect(found.suspects.map(({ service, version }) => `${service} ${version}`)).toEqual(story.suspects)
    for (const { grounds } of found.suspects) expect(grounds.length).toBeGreaterThan(0)
    if (story.says) expect(found.suspects[0]?.grounds.map(({ key }) => key)).toEqual(story.says)
    for (const { service, version, doubts } of found.suspects) {
      const wanted = story.doubts?.[`${service} ${version}`]
      if (wanted) expect(doubts.map(({ key }) => key)).toEqual(wanted)
    }
    if (story.cleared)
      expect(
        Object.fromEntries(found.cleared.map(({ service, version, why }) => [`${service} ${version}`, why.key])),
      ).toEqual(story.cleared)
  })

  it('says what speaks against it', () => {
    const [first, second] = tell({
      tells: '',
      shipped: `payment  v5  eu-1  02:40
                payment  v5  us-1  02:41
                checkout  v1.8.0  eu-1  03:08`,
      burns: `us-1  03:05
              eu-1  03:12`,
      asks: { payment: 1 },
      suspects: [],
    }).suspects
    expect(first?.doubts).toEqual([])
    expect(second?.doubts).toEqual([{ key: 'suspect.burnt-before', values: { regions: { list: ['us-1'] } } }])
  })

  it('counts the lead in the region where it is shortest', () => {
    const [first] = tell({
      tells: '',
      shipped: `checkout  v1.8.0  eu-1  03:00
                checkout  v1.8.0  us-1  03:08`,
      burns: `eu-1  03:12
              us-1  03:12`,
      suspects: [],
    }).suspects
    expect(first?.leadMs).toBe(4 * 60_000)
  })

  it('does not depend on the order in which changes are told', () => {
    for (const story of stories) {
      const turned = { ...story, shipped: story.shipped.split('\n').reverse().join('\n') }
      expect(tell(turned).suspects.map(({ version }) => version)).toEqual(
        tell(story).suspects.map(({ version }) => version),
      )
    }
  })
})
