import { afterAll, expect, it } from 'vitest'
import { onCallFor } from '../../src/app/on-call.ts'
import { overrideOnCall } from '../../src/app/on-call-changes.ts'
import { astern } from '../../src/core/actor.ts'
import { buttonsOf, type Name, type Story, stories, team, textOf, untilAsync, userOf } from '../kit/story.ts'
import { until } from '../kit/until.ts'

const { open, close } = stories()
afterAll(close)

const group = 'S0PAYONCAL'
const duty = (people: string, more = '', layers = '') => `
schedules:
  duty:
    timeZone: Europe/London
    minRest: none
    groups: { slack: ${group} }
    layers: { main: { people: [${people}], start: 2026-01-05T09:00, every: week }${layers} }${more}
  other:
    groups: { slack: ${group} }
    layers: { main: { people: [lin], start: 2026-01-05T09:00, every: week } }`
const onDuty = (people: string, more = '', layers = '') => ({ onCall: 'duty', sections: duty(people, more, layers) })
const learning = ', learning: { people: [mei], start: 2026-01-05T09:00, every: week, shadow: true }'

const now = (on: Story) => on.bot.world.clock.now()
const people = (on: Story) => onCallFor(on.bot.world, 'checkout-svc', now(on))?.people
const members = (on: Story) => on.slack.usergroup(group).users.toSorted()
const said = (on: Story, text: string, channel = team) =>
  until(`the channel says “${text}”`, () =>
    on.slack.messages(channel).find((message) => textOf(message.blocks).includes(text)),
  )
/** What the bot told one person alone, in her own conversation with it. */
const direct = (on: Story, who: Name, text: string) =>
  until(`${who} reads “${text}”`, () =>
    on.slack
      .channels()
      .filter(
        (channel) =>
          channel.members.has(userOf(who)) && on.slack.messages(channel.id).length > 0 && channel.id.startsWith('D'),
      )
      .flatMap(({ id }) => on.slack.messages(id))
      .find((message) => textOf(message.blocks).includes(text)),
  )

it.concurrent('an override changes who may approve at once, is told to both, and the group and the channel follow', async () => {
  const on = await open({ ...onDuty('tom', '', learning), approve: '[on-call, lin]' })
  await until(
    'the group holds who is on call for both schedules',
    () => JSON.stringify(members(on)) === JSON.stringify([userOf('lin'), userOf('tom')]),
  )
  const id = await on.propose('mei')
  await on.approve(id, 'ana')
  await on.outcome('refused:not-an-approver')

  await on.type('lin', '/oncall override checkout-svc lin for 2h')
  const no = textOf((await on.told('lin', 'not of this schedule')).blocks)
  expect(no).toContain('Ana')
  await on.outcome('refused:not-of-schedule')
  // Whoever only looks over his shoulder gives herself no rights.
  await on.type('mei', '/oncall override checkout-svc mei for 2h')
  await on.outcome('refused:only-shadow')
  expect(people(on)).toEqual(['tom'])
  await on.type('ana', `/oncall override checkout-svc <@${userOf('ana')}> for 2h reason Tom is on a plane`)
  await on.told('ana', 'duty#1')
  expect(people(on)).toEqual(['ana'])
  await direct(on, 'tom', 'instead of you')
  await on.approve(id, 'ana')
  await on.ended(id, 30_000)
  expect((await on.eventsOf('rollback.approved')).map(({ data }) => data.person)).toEqual(['ana'])

  await said(on, 'hands over to')
  await until('the group follows', () => members(on).includes(userOf('ana')) && !members(on).includes(userOf('tom')))
  // Somebody else puts Tom back; he hears of it, and so does the channel, once.
  await on.type('ana', '/oncall withdraw duty#1')
  await on.told('ana', 'no longer counts')
  expect(people(on)).toEqual(['tom'])
  await until(
    'two hand-offs are told',
    () => on.slack.messages(team).filter((message) => textOf(message.blocks).includes('hands over to')).length === 2,
  )
  await on.type('tom', '/oncall withdraw duty#1')
  await on.outcome('refused:change-over')
}, 60_000)

it.concurrent('a swap counts when the other one agrees, and not before', async () => {
  const on = await open(onDuty('tom, ana'))
  const [first = 'tom', second = 'ana'] =
    people(on)?.[0] === 'tom' ? (['tom', 'ana'] as const) : (['ana', 'tom'] as const)
  await on.type(first, `/oncall swap ${second}`)
  await on.told(first, 'Nothing changes until')
  const card = await direct(on, second, 'asks you to swap')
  expect(people(on)).toEqual([first])
  expect(buttonsOf(card.blocks)).toHaveLength(2)

  await on.type(second, '/oncall list')
  await on.told(second, 'asks')
  const pressed = await on.press(second, card, 'oncall.decline')
  expect(pressed.acked).toBe(true)
  await direct(on, first, 'declined the swap')
  expect(people(on)).toEqual([first])

  const days = [15, 16, 22, 23].map((days) =>
    now(on)
      .add({ hours: 24 * days })
      .toString()
      .slice(0, 10),
  )
  await on.type(
    first,
    `/oncall swap ${second} from ${days[0]} 12:00 to ${days[1]} 12:00 for from ${days[2]} 12:00 to ${days[3]} 12:00`,
  )
  const asked = await untilAsync('the spans were read', async () => (await on.eventsOf('oncall.swap-asked'))[1])
  expect(asked.data.first).toMatchObject({ person: first, from: expect.stringContaining(days[0] ?? '') })
  expect(asked.data.second).toMatchObject({ person: second, to: expect.stringContaining(days[3] ?? '') })
  await on.type(first, `/oncall swap ${second} reason wedding`)
  const again = await until('a second card', () => {
    const cards = on.slack.messages(card.channel).filter(({ blocks }) => textOf(blocks).includes('wedding'))
    return cards.find(({ ts }) => ts !== card.ts)
  })
  await Promise.all([on.press(second, again, 'oncall.agree'), on.press(second, again, 'oncall.agree')])
  await untilAsync('the swap counts', async () => (await on.eventsOf('oncall.swapped'))[0])
  expect(people(on)).toEqual([second])
  expect(await on.eventsOf('oncall.swapped')).toHaveLength(1)
  await direct(on, first, 'agreed')
  await until('the card says so', () => {
    const stands = on.slack.message(again.channel, again.ts)
    return textOf(stands?.blocks).includes('swapped on') && buttonsOf(stands?.blocks).length === 0
  })
}, 60_000)

it.concurrent('cover: the first taker gets it, the others see who, and a double click is one taker', async () => {
  const on = await open(onDuty('tom'))
  await on.type('tom', '/oncall cover for 2h reason dentist')
  const card = await said(on, 'asks for cover')
  expect(people(on)).toEqual(['tom'])
  await on.press('lin', card, 'oncall.take')
  await on.outcome('refused:not-of-schedule')

  await Promise.all([on.press('ana', card, 'oncall.take'), on.press('ana', card, 'oncall.take')])
  await untilAsync('it is taken', async () => (await on.eventsOf('oncall.cover-taken'))[0])
  expect(people(on)).toEqual(['ana'])
  await on.press('tom', card, 'oncall.take').catch(() => undefined)
  await until('the card names the taker', () => {
    const stands = on.slack.message(team, card.ts)
    return textOf(stands?.blocks).includes('covers for') && buttonsOf(stands?.blocks).length === 0
  })
  expect(await on.eventsOf('oncall.cover-taken')).toHaveLength(1)
  expect((await on.outcomes()).filter((one) => one === 'took:duty#1').length).toBeGreaterThanOrEqual(1)
  await direct(on, 'tom', 'covers for you')
}, 60_000)

it.concurrent('a hand-off is told once, with what is open, also over a restart, and nobody on call is said loudly', async () => {
  const on = await open(onDuty('tom'))
  await on.type('tom', '/incident open checkout-svc 5xx on pay')
  await untilAsync('it is open', async () => (await on.eventsOf('incident.opened'))[0])
  const at = now(on).add({ seconds: 2 })
  const local = at.toZonedDateTimeISO('Europe/London')
  const until1 = local.add({ minutes: 5 }).toPlainDateTime().toString().slice(0, 16)
  // An override that begins while the bot is down, and one more after it: only the newest is told.
  await on.type('ana', '/oncall override checkout-svc ana for 2h')
  await on.told('ana', 'duty#1')
  const told = await said(on, 'hands over to')
  expect(textOf(told.blocks)).toContain('5xx on pay')
  expect(textOf(told.blocks)).toContain('Next hand-off')
  // What begins and ends while the bot is down is not told; what stands afterwards is, and stood before.
  const from = now(on).add({ seconds: 3 })
  await overrideOnCall(on.bot.world, {
    schedule: 'duty',
    who: { person: 'ana', standing: 'member', actor: astern, asOf: 1_000_000 },
    dedupe: 'brief',
    person: 'kai',
    instead: null,
    over: ['duty#1'],
    anyway: true,
    reason: null,
    from: from.toString(),
    to: from.add({ milliseconds: 300 }).toString(),
  })
  await on.restart(() => new Promise((resolve) => setTimeout(resolve, 4_000)))
  // Until the new process has looked at everything.
  await on.type('ana', '/oncall')
  await on.told('ana', 'duty')
  const count = () => on.slack.messages(team).filter(({ blocks }) => textOf(blocks).includes('hands over to')).length
  expect(count()).toBe(1)
  expect(await on.eventsOf('oncall.handed-off')).toHaveLength(1)

  // From now on a temporary schedule gives it to nobody: its only layer begins later.
  await on.reconfigure(
    onDuty(
      'tom',
      `
    temporary:
      gap: { from: 2026-01-01T00:00, to: 2036-01-01T00:00, layers: { late: { people: [tom], start: ${until1.replace(/^\d{4}/, '2035')} } } }`,
    ),
  )
  const loud = await said(on, 'NOBODY is on call')
  expect(textOf(loud.blocks)).toContain('/oncall override')
  await on.type('tom', '/oncall now checkout-svc')
  await on.told('tom', 'NOBODY')
}, 60_000)

it.concurrent('now, next, this week, mine and why; shifts and requests on the home page', async () => {
  const on = await open(onDuty('tom, ana'))
  const [first = 'tom', second = 'ana'] =
    people(on)?.[0] === 'tom' ? (['tom', 'ana'] as const) : (['ana', 'tom'] as const)
  await on.slack.as(userOf(second)).openHome()
  await until('her shifts stand there', () => textOf(on.slack.home(userOf(second))).includes('Your shifts'))
  await on.type('mei', '/oncall')
  const all = textOf((await on.told('mei', '下一班')).blocks)
  expect(all).toContain('Europe/London')
  expect(all).toContain('本周')
  expect(all).toContain('other')
  await on.slack.as(userOf('mei')).say(team, '<@U0ASTERN00> 值班 checkout-svc')
  await on.type(first, '/oncall mine')
  await on.told(first, 'Your shifts in the next 14 days')
  await on.type('lin', '/oncall why checkout-svc @2026-10-24 12:00 Europe/London')
  expect(textOf((await on.told('lin', 'layer main')).blocks)).toContain('Europe/London go back by')
  await on.type(first, `/oncall override checkout-svc ${second} for 3h`)
  await on.told(first, 'duty#1')
  await on.type('lin', '/oncall why checkout-svc')
  const why = textOf((await on.told('lin', 'Without changes by hand')).blocks)
  expect(why).toContain('override duty#1')
  await until('her page shows the override', () => textOf(on.slack.home(userOf(second))).includes('duty#1'))
  await on.type(first, '/oncall override checkout-svc kai for 1h')
  await on.outcome('refused:overlaps')
  await on.type(first, '/oncall override checkout-svc kai for 1h over duty#1')
  await on.told(first, 'duty#2')
  await on.type(first, '/oncall override checkout-svc kai from yesterday-ish to 18:00')
  await on.outcome('refused:oncall-when')
  await on.type(first, '/oncall withdraw duty#9')
  await on.outcome('refused:change-unknown')
  await on.type('eve', '/oncall cover for 1h')
  await on.outcome('refused:unknown-person')
  await on.type(first, '/oncall 改班 checkout-svc 我 代替 kai 从现在持续30分钟 覆盖 duty#1 duty#2 原因 回来了')
  await on.told(first, 'duty#3')
  expect(people(on)).toEqual([first])
  await on.type(first, '/oncall override nowhere kai for 1h')
  await on.outcome('refused:oncall-what')
}, 60_000)

it.concurrent('without the right to user groups everything else works, and the doctor says so', async () => {
  const on = await open(onDuty('tom'))
  on.slack.inject(({ method }) => (method === 'usergroups.users.update' ? { error: 'missing_scope' } : undefined))
  await on.type('ana', '/oncall override checkout-svc ana for 1h')
  await on.told('ana', 'duty#1')
  await said(on, 'hands over to')
  await until('the log says it', () => on.log.some((line) => line.includes('group:') && line.includes('missing-scope')))
}, 60_000)
