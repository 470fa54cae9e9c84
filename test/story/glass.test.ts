import { afterAll, expect, it } from 'vitest'
import { buttonsOf, type Story, stories, team, textOf, untilAsync, userOf } from '../kit/story.ts'
import { until } from '../kit/until.ts'

const { open, close } = stories()
afterAll(close)

const versions = ['v1.7.2', 'v1.7.3', 'bad-1.8.0']
const schedule = (who: string) => `
schedules:
  duty: { timeZone: UTC, layers: { main: { people: [${who}], start: 2026-01-05T09:00 } } }
`

/** Presses an entry of the card's menus. */
async function choose(on: Story, user: string, id: string, action: string) {
  const card = await until(`the card of ${id} offers ${action}`, () => {
    const found = on.card(id)
    return JSON.stringify(found?.blocks).includes(action) ? found : undefined
  })
  const { menu, option } = entryOf(card.blocks, action)
  const pressed = await on.slack.as(user).press(card.channel, card.ts, menu, option)
  if (!pressed.acked) throw new Error(`${user} chooses ${action}: ${pressed.error}`)
}

function entryOf(blocks: unknown, action: string): { menu: string; option?: string } {
  const found: { menu: string; option?: string }[] = []
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) walk(one)
    if (typeof value !== 'object' || value === null) return
    const one = value as { type?: string; action_id?: string; options?: { value: string }[] }
    const option = one.options?.find((each) => each.value.startsWith(`${action} `))?.value
    if (one.type === 'overflow' && option && one.action_id) found.push({ menu: one.action_id, option })
    if (one.type === 'button' && one.action_id === action) found.push({ menu: action })
    Object.values(value).forEach(walk)
  }
  walk(blocks)
  if (!found[0]) throw new Error(`no ${action} here`)
  return found[0]
}

it.concurrent('break-glass: with a reason, told to everyone concerned at once, reviewed by somebody else under no account of hers', async () => {
  const on = await open({ versions, policy: ', breakGlass: [tom]' })
  const id = await on.propose('mei')
  for (const user of ['U0TOM00002', userOf('mei')]) on.slack.channel('inc-1-checkout-svc').members.add(user)
  // Whoever may not is told who may.
  await choose(on, userOf('ana'), id, 'rollback.break-glass')
  await on.submit('ana', { reason: 'nobody answers' })
  await on.outcome('refused:no-glass')
  expect(textOf(await on.told('ana', 'break the glass'))).toMatch(/Tom|U0TOM00000/)

  await choose(on, userOf('tom'), id, 'rollback.break-glass')
  const dialog = textOf(await on.dialog('tom'))
  expect(dialog).toMatch(/bad-1\.8\.0.*v1\.7\.3/)
  // All of those who hear of it, and not she herself.
  expect(/Told at once: (.*?) and the team/.exec(dialog)?.[1]).not.toMatch(/ or |tom/i)
  await on.submit('tom', { reason: 'Ana does not answer' })
  expect(await on.ended(id)).toBe('restored')
  const [broken] = await on.eventsOf('rollback.glass-broken')
  expect(broken?.data).toMatchObject({ person: 'tom', reason: 'Ana does not answer', via: 'chat', standing: 'member' })
  expect([...(broken?.data.concerned ?? [])].sort()).toEqual(['ana', 'kai', 'mei'])
  expect(await on.eventsOf('rollback.approved')).toEqual([])

  // The channel, and each of them alone.
  const loud = await on.said(team, 'Ana does not answer')
  expect(textOf(loud.blocks)).toContain('without approval')
  for (const who of ['ana', 'mei', 'kai'] as const) {
    const alone = on.keyed(`/glass:${id}:${await glassAt(on)}:${who}`)
    expect([who, alone.length]).toEqual([who, 1])
  }
  // The review: open until somebody else closes it.
  const [owed] = await on.eventsOf('follow-up.opened')
  expect(owed?.data).toMatchObject({ what: 'review', owner: 'ana', rollback: id, of: 'tom' })
  await on.cardSays(id, 'review open')
  for (const user of [userOf('tom'), 'U0TOM00002']) {
    const before = (await on.outcomes()).length
    await choose(on, user, id, 'rollback.review')
    const view = await until('the dialog opens', () => on.slack.views(user).at(-1))
    await on.slack.as(user).submit(view.id, { reason: 'fine, I was right' })
    expect((await on.handled(before + 2)).at(-1)).toBe('refused:own-review')
  }
  await choose(on, userOf('ana'), id, 'rollback.review')
  await on.submit('ana', { reason: 'pager was muted; fixed' })
  await on.outcome('reviewed')
  expect((await on.eventsOf('rollback.reviewed'))[0]?.data).toEqual({ person: 'ana', note: 'pager was muted; fixed' })
  expect((await on.eventsOf('follow-up.done')).map(({ data }) => data)).toEqual([{ id: `review-${id}`, person: 'ana' }])
  await on.cardSays(id, 'reviewed by')
  expect(buttonsOf(on.card(id)?.blocks).map(({ action_id }) => action_id)).not.toContain('rollback.review')
})

async function glassAt(on: Story): Promise<number> {
  const broken = (await on.events()).find(({ event }) => event.type === 'rollback.glass-broken')
  return broken?.position ?? 0
}

it.concurrent('emergency: the engineer on call acts at once; who is not, under whatever account, does not', async () => {
  const on = await open({
    versions,
    approve: '[ana, lin]',
    policy: ', emergency: allowed',
    onCall: 'duty',
    sections: schedule('tom'),
  })
  const id = await on.propose('mei')
  on.slack.channel('inc-1-checkout-svc').members.add(userOf('mei'))
  await choose(on, userOf('ana'), id, 'rollback.at-once')
  await on.outcome('refused:not-at-once')
  expect(await on.eventsOf('rollback.acted-at-once')).toEqual([])
  await choose(on, userOf('tom'), id, 'rollback.at-once')
  expect(await on.ended(id)).toBe('restored')
  expect((await on.eventsOf('rollback.acted-at-once')).map(({ data }) => data.person)).toEqual(['tom'])
  expect((await on.eventsOf('follow-up.opened')).filter(({ data }) => data.what === 'review')).toEqual([])
  await on.cardSays(id, 'acted at once')
  // Asking for it herself she is offered it at once, where she asked.
  await on.ship('bad-1.9.0')
  const own = await on.propose('tom', { reason: 'burning again' })
  const answer = await until('tom is offered to act at once', () =>
    on.slack
      .ephemeral(userOf('tom'))
      .findLast((one) => buttonsOf(one.blocks).some(({ action_id }) => action_id === 'rollback.at-once')),
  )
  await on.press('tom', answer, 'rollback.at-once')
  expect(await on.ended(own)).toBe('restored')
  expect(await on.eventsOf('rollback.approved')).toEqual([])
})

it.concurrent('Two people where the policy says two: consent of whoever went off shift before it ran is void, and told', async () => {
  const on = await open({
    versions,
    approvals: 2,
    approve: '[on-call, ana, lin]',
    onCall: 'duty',
    sections: schedule('tom'),
  })
  const id = await on.propose('mei')
  await on.approve(id, 'tom')
  await untilAsync('tom approved', async () => (await on.eventsOf('rollback.approved'))[0])
  expect((await on.eventsOf('rollback.approved'))[0]?.data).toMatchObject({ roles: ['on-call'], counts: ['approval'] })
  await on.reconfigure({ sections: schedule('kai') })
  await on.approve(id, 'ana')
  await untilAsync('his consent is void', async () => (await on.eventsOf('rollback.approval-voided'))[0])
  expect((await on.eventsOf('rollback.approval-voided')).map(({ data }) => data)).toEqual([
    { person: 'tom', why: 'no-longer-allowed' },
  ])
  const card = await on.cardSays(id, 'not on call any more')
  // The next step: who has to agree now.
  expect(textOf(card.blocks)).toMatch(/Waiting for .*(Kai|U0KAI00000)/)
  expect(on.writes('eu-1')).toBe(0)
})

it.concurrent('Every no explains itself: who may what, by which rule, in the asker’s language', async () => {
  const on = await open({
    versions,
    approve: '[on-call, commander]',
    policy: ', breakGlass: [commander]',
    onCall: 'duty',
    sections: schedule('tom'),
  })
  await on.type('tom', '/rollback checkout-svc --explain')
  const tom = textOf(await on.told('tom', 'Who may'))
  expect(tom).toMatch(/You may ask for a rollback/)
  expect(tom).toMatch(/You may not approve it\. \(rule: two people/)
  expect(tom).toMatch(/incident commander/)
  await on.type('mei', '/rollback checkout-svc —explain')
  expect(textOf(await on.told('mei', '权限'))).toMatch(/值班人/)
  expect(await on.eventsOf('rollback.proposed')).toEqual([])
})
