import { afterAll, expect, it } from 'vitest'
import { cardWords } from '../kit/dingtalk/stage.ts'
import { clientSecret, team as group, setup, startDingTalk } from '../kit/dingtalk/workspace.ts'
import { stories, textOf, untilAsync, userOf } from '../kit/story.ts'
import { until } from '../kit/until.ts'

const { open, close } = stories()
afterAll(close)

const versions = ['v1.7.2', 'v1.7.3', 'bad-1.8.0']

it('One person, many accounts: nobody approves in DingTalk what she asked for in Slack', async () => {
  const dingtalk = await startDingTalk(
    setup({
      people: ['mei01', 'tom01', 'ana01', 'kai01', 'lin01', 'eve09'].map((userId) => ({ userId, name: userId })),
      groups: [{ conversationId: group, title: '支付值班群', members: ['mei01', 'tom01', 'ana01', 'eve09'] }],
      limits: 'dingtalk',
    }),
  )
  try {
    const on = await open({
      versions,
      incident: 'thread',
      dingtalk: { url: dingtalk.url },
      env: { DINGTALK_SECRET: clientSecret },
      policy: ', breakGlass: [tom, ana]',
    })
    await until('the bot listens to DingTalk', () => dingtalk.connections === 1)
    const id = await on.propose('tom')
    const shown = await until('the card stands in DingTalk', () =>
      dingtalk.cards().findLast((card) => cardWords(dingtalk, 'ana01', card.id).includes(id)),
    )
    const before = (await on.outcomes()).length
    await dingtalk.as('tom01').press(shown.id, 'rollback.approve', {})
    expect((await on.handled(before + 1)).at(-1)).toBe('refused:self-approval')
    await dingtalk.as('eve09').press(shown.id, 'rollback.approve', {})
    expect((await on.handled(before + 2)).at(-1)).toBe('refused:unknown-person')
    expect(await on.eventsOf('rollback.approved')).toEqual([])
    // Somebody else may, from either chat.
    await dingtalk.as('ana01').press(shown.id, 'rollback.approve', {})
    expect(await on.ended(id)).toBe('restored')
    expect((await on.eventsOf('rollback.approved'))[0]?.data.person).toBe('ana')
  } finally {
    await close()
    await dingtalk.close()
  }
})

it('administrators of the chat have no rights by that; guests, externals, strangers and bots none at all', async () => {
  const on = await open({ versions, policy: ', emergency: allowed, breakGlass: [lin, tom]' })
  const id = await on.propose('mei')
  const room = on.slack.channel('inc-1-checkout-svc')
  for (const user of [userOf('lin'), userOf('eve')]) room.members.add(user)
  on.slack.changeUser(userOf('lin'), { isAdmin: true })
  const card = await on.cardSays(id, id)
  const tries = async (user: string, refusal: string) => {
    const refused = async () => (await on.outcomes()).filter((one) => one === `refused:${refusal}`).length
    const before = await refused()
    await on.slack.as(user).press(card.channel, card.ts, 'rollback.approve')
    await untilAsync(`${user} is refused`, async () => (await refused()) > before || undefined)
  }
  await tries(userOf('lin'), 'not-an-approver')
  await tries(userOf('eve'), 'unknown-person')
  // Ana may, but for what the chat says of her at that moment.
  for (const change of [
    { isRestricted: true },
    { isRestricted: true, isUltraRestricted: true },
    { isStranger: true },
    { isBot: true },
  ]) {
    on.slack.changeUser(userOf('ana'), change)
    await tries(userOf('ana'), 'standing')
    const undo = Object.fromEntries(Object.keys(change).map((key) => [key, false]))
    on.slack.changeUser(userOf('ana'), undo)
  }
  expect(textOf(on.slack.ephemeral(userOf('ana')).at(-1)?.blocks)).toMatch(/bots cannot do this.*(Tom|U0TOM00000)/)
  expect(await on.eventsOf('rollback.approved')).toEqual([])
  await on.approve(id, 'ana')
  expect(await on.ended(id)).toBe('restored')
})
