import { afterEach, describe, expect, it } from 'vitest'
import { alerting, type Firing, fire } from '../kit/alerting.ts'
import { type ShopMetrics, shopMetrics } from '../kit/prometheus/shop-metrics.ts'
import { buttonsOf, type Story, stories, team, textOf, untilAsync } from '../kit/story.ts'
import { until } from '../kit/until.ts'

const all = stories()
afterEach(() => all.close())

const open = (options: Parameters<typeof all.open>[0] = {}): Promise<Story> =>
  all.open({ incident: 'thread', service: 'alerts: { wellFor: 1s, pending: 1s }', ...alerting, ...options })

const minuteMs = 60_000
/** The stage's workloads tell whole seconds. */
const soonMs = () => Date.now() + 2_000
const alert = (story: Story, ...alerts: readonly (Partial<Firing> & { readonly fingerprint: string })[]) =>
  fire(story.bot.url, ...alerts.map((one) => ({ startsAtMs: soonMs(), ...one })))

const cardOf = (story: Story, id = 'INC-1') => story.keyed(`/incident:${id}`)[0]
const says = (story: Story, text: string | RegExp, id = 'INC-1', withinMs = 15_000) =>
  until(
    `the card of ${id} says “${text}”`,
    () => {
      const card = cardOf(story, id)
      const said = textOf(card?.blocks)
      return (typeof text === 'string' ? said.includes(text) : text.test(said)) ? card : undefined
    },
    withinMs,
  )
const actions = (story: Story, id = 'INC-1') => buttonsOf(cardOf(story, id)?.blocks).map(({ action_id }) => action_id)
/** The bot has seen what runs in a region. */
const seen = (story: Story, version: string, regions = ['eu-1', 'us-1']) =>
  until(`${version} is seen in ${regions}`, () =>
    regions.every((region) => {
      const past = story.bot.world.desk.past(`checkout-svc/production/${region}/app`)
      return past.releases.get(past.spans.at(-1)?.id ?? '')?.version === version
    }),
  )

describe('an alert after a release', () => {
  it('opens a card that names it and offers what ran before; one press, one dialog, the usual consent', async () => {
    const story = await open()
    await story.ship('v1.8.0')
    await seen(story, 'v1.8.0')
    const startsAtMs = soonMs()
    const [a, b] = [
      { fingerprint: 'a', region: 'eu-1', startsAtMs },
      { fingerprint: 'b', region: 'us-1', startsAtMs },
    ]
    await alert(story, a, b)
    const card = await says(story, 'Suspect, a guess')
    const text = textOf(card.blocks).replaceAll(/\s+/g, ' ')
    expect(text).toMatch(/Suspect, a guess: checkout-svc v1\.8\.0 · shipped \d+ .* before the first alert in eu-1/)
    expect(text).toContain('the newest that ran before v1.8.0')
    expect(text).toContain('Roll back both regions to v1.7.3')
    const [suspected] = await story.eventsOf('incident.suspected')
    expect(suspected?.data).toMatchObject({
      symptom: { service: 'checkout-svc', environment: 'production', calm: [] },
      suspects: expect.arrayContaining([expect.objectContaining({ version: 'v1.8.0', doubts: [] })]),
      chosen: { service: 'checkout-svc', regions: ['eu-1', 'us-1'], version: 'v1.7.3' },
    })
    expect(buttonsOf(card.blocks).find(({ action_id }) => action_id.startsWith('rollback.choose'))?.value).toContain(
      suspected?.data.chosen?.candidate,
    )
    await story.press('mei', card, 'rollback.choose')
    const id = await story.proposeInDialog('mei')
    await says(story, `A rollback is under way: see ${id}`)
    expect(actions(story)).not.toContain('rollback.choose')
    expect(story.bot.world.desk.rollback(id)).toMatchObject({ service: 'checkout-svc', incident: 'INC-1' })
    await story.approve(id)
    await alert(story, { ...a, status: 'resolved' }, { ...b, status: 'resolved' })
    // That it ended alone proves nothing: no check of this service says that all is well.
    expect(await story.ended(id)).toBe('not-restored')
    await says(story, `${id} did not restore it`)
    expect(actions(story)).not.toContain('rollback.choose')
    expect([story.image('eu-1'), story.image('us-1')].every((image) => image.includes('v1.7.3'))).toBe(true)
    // What the rollback brought back is not suspected, and nothing was judged anew.
    await alert(story, { fingerprint: 'a', region: 'eu-1', startsAtMs: Date.now() + minuteMs })
    await untilAsync('it is told', async () => (await story.eventsOf('incident.alerted')).length > 1 || undefined)
    expect(await story.eventsOf('incident.suspected')).toHaveLength(1)
    expect(story.keyed('/incident:INC-1')).toHaveLength(1)
  }, 60_000)

  it('that burns in one region alone offers that region first', async () => {
    const story = await open()
    await story.ship('v1.8.0', ['eu-1'])
    await seen(story, 'v1.8.0', ['eu-1'])
    await alert(story, { fingerprint: 'a', region: 'eu-1' })
    const card = await says(story, 'only eu-1 burns, and only there it runs')
    expect(textOf(card.blocks)).toContain('Roll back eu-1 to v1.7.3')
    const [first] = await story.eventsOf('incident.suspected')
    expect(first?.data.chosen).toMatchObject({ regions: ['eu-1'], version: 'v1.7.3' })
    // One press, that region, that version.
    await story.press('mei', card, 'rollback.choose')
    const id = await story.proposeInDialog('mei')
    const [proposed] = await story.eventsOf('rollback.proposed')
    expect(story.bot.world.desk.rollback(id)?.targets).toEqual(['checkout-svc/production/eu-1/app'])
    expect(proposed?.data.plan.steps.flatMap((step) => (step.kind === 'change' ? [step.to.version] : []))).toEqual([
      'v1.7.3',
    ])
    // It spreads to where that release is not: judged once more, and the doubt is kept.
    await alert(story, { fingerprint: 'b', region: 'us-1' })
    const judged = await untilAsync('it is judged anew', async () => (await story.eventsOf('incident.suspected'))[1])
    expect(judged.data.symptom.calm).toEqual([])
    expect(judged.data.suspects.find(({ version }) => version === 'v1.8.0')?.doubts).toEqual([
      { key: 'suspect.burns-without', values: { regions: { list: ['us-1'] } } },
    ])
  }, 60_000)

  it('that began before it clears it: nothing to go back to is offered', async () => {
    const story = await open()
    await story.ship('v1.8.0')
    await seen(story, 'v1.8.0')
    await alert(story, { fingerprint: 'a', region: 'eu-1', startsAtMs: Date.now() - 30 * minuteMs })
    const card = await says(story, 'a rollback will probably not help')
    expect(textOf(card.blocks)).toContain('came after it began')
    expect(actions(story)).not.toContain('rollback.choose')
    expect(actions(story)).toContain('rollback.look')
    expect((await story.eventsOf('incident.suspected'))[0]?.data).toMatchObject({ suspects: [], chosen: null })
  }, 60_000)

  it('is judged when the bot comes back, by what was shipped meanwhile; once', async () => {
    const story = await open()
    await seen(story, 'v1.7.3')
    await story.restart(() => story.ship('v1.8.0'))
    await seen(story, 'v1.8.0')
    await alert(story, { fingerprint: 'a', region: 'eu-1' })
    await says(story, /Suspect, a guess: *checkout-svc v1\.8\.0/)
    await story.restart()
    // Delivered twice at once, as two Alertmanagers do.
    const same = { fingerprint: 'a', region: 'eu-1', startsAtMs: soonMs() }
    await Promise.all([alert(story, same), alert(story, same)])
    await says(story, /Suspect, a guess: *checkout-svc v1\.8\.0/)
    await story.type('tom', '/incident close INC-1 seen to')
    await until('it is closed', () => story.bot.world.desk.openIncidents().length === 0)
    expect(await story.eventsOf('incident.suspected')).toHaveLength(1)
    expect(story.keyed('/incident:INC-1')).toHaveLength(1)
    await until('its buttons are gone', () => !actions(story).includes('rollback.choose'))
  }, 60_000)

  it('tells the thread whom it suspects', async () => {
    const story = await open()
    await story.ship('v1.8.0')
    await seen(story, 'v1.8.0')
    await alert(story, { fingerprint: 'a', region: 'eu-1' })
    const thread = () => textOf(story.slack.messages(team).map(({ blocks }) => blocks)).replaceAll(/\s+/g, ' ')
    await until('the thread tells it', () => /suspect, a guess: checkout-svc v1\.8\.0 · shipped/.test(thread()), 15_000)
  }, 60_000)
})

describe('the evidence for candidates', () => {
  let metrics: ShopMetrics | undefined
  afterEach(() => metrics?.stop())
  const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
  const rate = (code: string) => `sum(rate(http_requests_total{region=\\"REGION\\",code=~\\"${code}\\"}[1s]))`

  it('is what was measured in their time by the limit of now; one that burned then is passed over', async () => {
    metrics = await shopMetrics(['eu-1', 'us-1'])
    const story = await open({
      versions: ['v1.7.2'],
      monitors: `{ main: { adapter: prometheus, url: "${metrics.url}" } }`,
      check: `{ metric: { monitor: main, name: 5xx, query: "${rate('5..')} / ${rate('...')}", above: 5%, for: 2s } }`,
    })
    metrics.burn(() => 0)
    await pause(5_000)
    metrics.burn(() => 0.4)
    await story.ship('v1.7.3')
    await seen(story, 'v1.7.3')
    await pause(5_000)
    await story.ship('v1.8.0')
    await seen(story, 'v1.8.0')
    const share =
      'sum by (region) (rate(http_requests_total{code=~"5.."}[1s])) / sum by (region) (rate(http_requests_total[1s])) > 0.05'
    const fired = ['eu-1', 'us-1'].map((region) => ({
      fingerprint: region,
      region,
      startsAtMs: soonMs(),
      expression: share,
    }))
    await alert(story, ...fired)
    const card = await says(story, 'the newest before v1.8.0 that was well, for v1.7.3 was not')
    const text = textOf(card.blocks).replaceAll(/\s+/g, ' ')
    expect(text).toMatch(
      /○ v1\.7\.3 ran \d+ sec · 5xx \d\d(\.\d+)? % then \(limit 5 %\), over it for \d+ sec · no incident/,
    )
    expect(text).toMatch(/◉ v1\.7\.2 ran \d+ sec · 5xx 0 % · no incident/)
    // What anybody asks for herself says the same.
    const shown = textOf((await story.candidates('tom')).blocks).replaceAll(/\s+/g, ' ')
    expect(shown).toMatch(/◉ v1\.7\.2 ran .* the newest before v1\.8\.0 that was well/)
    await story.press('mei', card, 'rollback.choose')
    const id = await story.proposeInDialog('mei')
    await story.approve(id)
    metrics.burn(() => 0)
    await pause(1_000)
    await alert(story, ...fired.map((one) => ({ ...one, status: 'resolved' as const })))
    expect(await story.ended(id, 60_000)).toBe('restored')
    await says(story, `${id} restored it`)
    expect(story.image('eu-1')).toContain('v1.7.2')
    // Another fire in the same incident has its own suspect, and its own way back.
    await story.ship('v1.8.1')
    await seen(story, 'v1.8.1')
    await alert(story, { fingerprint: 'again', region: 'eu-1' })
    // What ended and burns again is told in longer steps.
    const again = await says(story, /Suspect, a guess: *checkout-svc v1\.8\.1/, 'INC-1', 45_000)
    expect(textOf(again.blocks)).toContain('to v1.7.2')
    expect(textOf(again.blocks)).toContain('rolled back from once (R-1)')
    expect(await story.eventsOf('incident.suspected')).toHaveLength(2)
  }, 120_000)
})
