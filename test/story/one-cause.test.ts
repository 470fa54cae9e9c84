import { afterEach, describe, expect, it } from 'vitest'
import { alerting, type Firing, fire, withCart } from '../kit/alerting.ts'
import { deployment } from '../kit/stage-world.ts'
import { buttonsOf, type Story, seen, stories, textOf, untilAsync } from '../kit/story.ts'
import { until } from '../kit/until.ts'

const all = stories()
afterEach(() => all.close())

const audit = 'C0AUDIT000'
const minuteMs = 60_000
/** The shop's services ask payment-svc, which stands in eu-1 alone; cart-svc has a channel of its own. */
async function open(): Promise<Story> {
  const story = await all.open({
    incident: 'thread',
    ...alerting,
    ...withCart(audit),
  })
  await shipPayment(story, 'v4')
  await shipPayment(story, 'v5')
  return story
}

async function shipPayment(story: Story, version: string): Promise<void> {
  await deployment(story.clusters['eu-1'], version, 'payment-svc')
  await seen(story, version, { service: 'payment-svc', regions: ['eu-1'] })
}

const alert = (story: Story, service: string, more: Partial<Firing> = {}) =>
  fire(story.bot.url, {
    fingerprint: service,
    service,
    region: 'eu-1',
    name: `${service} burns`,
    startsAtMs: Date.now() + 2_000,
    ...more,
  })
const alerted = async (story: Story) =>
  (await story.events()).flatMap(({ event, stream }) =>
    event.type === 'incident.alerted' ? [`${stream.slice('incident/'.length)} ${event.data.service}`] : [],
  )
const toldOf = (story: Story, wanted: string) =>
  untilAsync(`${wanted} is told`, async () => ((await alerted(story)).includes(wanted) ? true : undefined))
const cardOf = (story: Story, id: string) => story.keyed(`/incident:${id}`)[0]
const says = (story: Story, id: string, text: string) =>
  until(
    `the card of ${id} says “${text}”`,
    () => {
      const card = cardOf(story, id)
      return textOf(card?.blocks).replaceAll(/\s+/g, ' ').includes(text) ? card : undefined
    },
    15_000,
  )

describe('a release behind several services', () => {
  it('is one incident, whoever burns first; its rollback belongs there, and whoever else burns hears where', async () => {
    const story = await open()
    await alert(story, 'checkout-svc')
    await toldOf(story, 'INC-1 checkout-svc')
    await says(story, 'INC-1', 'Suspect, a guess: payment-svc v5')
    await says(story, 'INC-1', 'checkout-svc depends on it')
    await alert(story, 'cart-svc')
    await toldOf(story, 'INC-1 cart-svc')
    await until('the channel of cart-svc hears of it', () =>
      textOf(story.slack.messages(audit).map(({ blocks }) => blocks))
        .replaceAll(/\s+/g, ' ')
        .includes('cart-svc burns: probably payment-svc v5, which INC-1 is about'),
    )
    await alert(story, 'payment-svc')
    await toldOf(story, 'INC-1 payment-svc')
    expect(await story.eventsOf('incident.opened')).toHaveLength(1)
    await says(story, 'INC-1', 'payment-svc: 🔥 eu-1')
    const card = await says(story, 'INC-1', 'Roll back eu-1 to v4')
    await story.press('mei', card, 'rollback.choose')
    const id = await story.proposeInDialog('mei')
    expect(story.bot.world.desk.rollback(id)).toMatchObject({ service: 'payment-svc', incident: 'INC-1' })
    expect(await story.eventsOf('incident.opened')).toHaveLength(1)
  }, 60_000)

  it('stays one through a restart; closed, what begins later is another one', async () => {
    const story = await open()
    await alert(story, 'payment-svc')
    await toldOf(story, 'INC-1 payment-svc')
    await alert(story, 'checkout-svc')
    await toldOf(story, 'INC-1 checkout-svc')
    await story.restart()
    await alert(story, 'checkout-svc', { fingerprint: 'other', startsAtMs: Date.now() + minuteMs })
    await untilAsync('it is told', async () =>
      (await alerted(story)).filter((one) => one === 'INC-1 checkout-svc').length > 1 ? true : undefined,
    )
    expect(await story.eventsOf('incident.opened')).toHaveLength(1)
    await story.type('tom', '/incident close INC-1 seen to')
    await until('it is closed', () => story.bot.world.desk.openIncidents().length === 0)
    await alert(story, 'checkout-svc', { fingerprint: 'later', startsAtMs: Date.now() + 2 * minuteMs })
    await toldOf(story, 'INC-2 checkout-svc')
    expect((await alerted(story)).filter((one) => one.startsWith('INC-1')).length).toBeGreaterThan(1)
  }, 60_000)

  it('is not blamed for what burnt before it came: that is an incident of its own', async () => {
    const story = await open()
    await alert(story, 'payment-svc')
    await toldOf(story, 'INC-1 payment-svc')
    await alert(story, 'cart-svc', { startsAtMs: Date.now() - 30 * minuteMs })
    await toldOf(story, 'INC-2 cart-svc')
    const card = await says(story, 'INC-2', 'a rollback will probably not help')
    expect(buttonsOf(card.blocks).map(({ action_id }) => action_id)).not.toContain('rollback.choose')
  }, 60_000)

  it('that sets off a storm over all of them leaves one incident and one card, changed a few times', async () => {
    const story = await open()
    await alert(story, 'payment-svc')
    await toldOf(story, 'INC-1 payment-svc')
    const startsAtMs = Date.now() + 2_000
    const services = ['checkout-svc', 'cart-svc', 'payment-svc']
    const storm = Array.from({ length: 30 }, (_, post) =>
      Array.from({ length: 50 }, (_, at): Firing => {
        const service = services[at % 3] as string
        return { fingerprint: `${post}-${at}`, service, region: 'eu-1', name: `${service} burns ${at % 7}`, startsAtMs }
      }),
    )
    await Promise.all(storm.map((alerts) => fire(story.bot.url, ...alerts)))
    await toldOf(story, 'INC-1 checkout-svc')
    await toldOf(story, 'INC-1 cart-svc')
    await says(story, 'INC-1', '481 alerts fire')
    await says(story, 'INC-1', 'checkout-svc: 🔥 eu-1')
    expect(await story.eventsOf('incident.opened')).toHaveLength(1)
    expect(await story.eventsOf('incident.suspected')).toHaveLength(1)
    expect(story.keyed('/incident:INC-1')).toHaveLength(1)
    expect(story.slack.calls('chat.update').length).toBeLessThan(12)
  }, 60_000)
})
