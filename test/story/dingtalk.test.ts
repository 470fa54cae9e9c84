import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Workspace } from '../../src/playground/dingtalk/index.ts'
import { cardWords } from '../kit/dingtalk/stage.ts'
import { clientSecret, team as group, setup, startDingTalk } from '../kit/dingtalk/workspace.ts'
import { type Story, stories, textOf } from '../kit/story.ts'
import { until } from '../kit/until.ts'

type Who = 'mei01' | 'tom01' | 'ana01'

const all = stories()
let workspace: Workspace
let on: Story

const organisation = () =>
  setup({
    people: [
      { userId: 'mei01', name: 'Mei' },
      { userId: 'tom01', name: 'Tom' },
      { userId: 'ana01', name: 'Ana' },
      { userId: 'kai01', name: 'Kai' },
      { userId: 'lin01', name: 'Lin' },
      { userId: 'eve09', name: 'Eve' },
    ],
    groups: [{ conversationId: group, title: '支付值班群', members: ['mei01', 'tom01', 'ana01', 'eve09'] }],
    limits: 'dingtalk',
  })

beforeEach(async () => {
  workspace = await startDingTalk(organisation())
  on = await all.open({ incident: 'thread', dingtalk: { url: workspace.url }, env: { DINGTALK_SECRET: clientSecret } })
  await until('the bot listens to DingTalk', () => workspace.connections === 1)
  await on.ship('v1.8.0')
})

afterEach(async () => {
  await all.close()
  await workspace.close()
})

const say = (who: Who | 'eve09', line: string) => workspace.as(who).say(group, `@Astern ${line}`)

/** The newest card on which this person sees these words. */
const card = (who: Who | 'eve09', words: string): Promise<string> =>
  until(
    `${who} sees “${words}”`,
    () => workspace.cards().findLast(({ id }) => cardWords(workspace, who, id).includes(words))?.id,
  )

async function press(who: Who | 'eve09', id: string, button: string, inputs: Record<string, string> = {}) {
  const outcome = await workspace.as(who).press(id, button, inputs)
  if (!outcome.ok) throw new Error(`${who} presses ${button}: ${outcome.problem} ${outcome.detail ?? ''}`)
}

/** From a command in the group to the card that waits for approval. */
async function propose(line = '回滚 checkout-svc 到 v1.7.3'): Promise<string> {
  say('mei01', line)
  const shown = await card('mei01', 'v1.7.3')
  await press('mei01', shown, 'rollback.choose')
  await until('the form opens', () => workspace.card(shown)?.privateData.get('mei01')?.form_submit)
  await press('mei01', shown, 'form', { reason: '发布后支付按钮大量 5xx' })
  return until(
    'the live card stands',
    () => workspace.cards().find(({ data }) => data.b1_action === 'rollback.approve')?.id,
  )
}

const groupText = () =>
  workspace
    .messages(group)
    .flatMap(({ content }) => (content.kind === 'card' ? [cardWords(workspace, 'eve09', content.card)] : []))

test('from beginning to end in DingTalk: asked for in Chinese, approved, restored, with at most ten calls', async () => {
  const live = await propose()
  expect(cardWords(workspace, 'tom01', live)).toContain('checkout-svc')
  await press('tom01', live, 'rollback.approve')
  await until('it is restored', () => cardWords(workspace, 'ana01', live).includes('✅'), 20_000)
  await until('the post-mortem is sent', () =>
    workspace.messages(group).some(({ content }) => content.kind === 'media'),
  )
  await on.handled(4)
  expect(on.image('eu-1')).toContain('v1.7.3')
  expect(workspace.usage().calls).toBeLessThanOrEqual(10)
  expect(workspace.card(live)?.updatesDuringClicks).toBe(0)
  // The moments stand on the card: DingTalk has no threads.
  expect(cardWords(workspace, 'ana01', live)).toContain('Tom 已同意')
  expect(groupText()).toHaveLength(2)
}, 60_000)

test('one incident in two chats: both press at the same moment, one approval counts and both cards say so', async () => {
  const live = await propose()
  const id = await until('it waits', () => on.bot.world.desk.unfinished()[0])
  const mirrored = await until('its card stands in Slack', () => on.card(id))
  await Promise.all([press('tom01', live, 'rollback.approve'), on.press('ana', mirrored, 'rollback.approve')])
  await on.ended(id)
  expect((await on.eventsOf('rollback.approved')).length).toBe(1)
  await until('DingTalk says it', () => cardWords(workspace, 'mei01', live).includes('✅'))
  expect(textOf((await on.cardSays(id, '✅')).blocks)).toContain('Approved by')
  expect(cardWords(workspace, 'mei01', live)).toContain('审批人')
  expect([on.writes('eu-1'), on.writes('us-1')]).toEqual([1, 1])
}, 60_000)

test('everything delivered twice, answers lost: one rollback, one approval, one change', async () => {
  workspace.disturb({ duplicateMessages: 20, duplicateClicks: 20 })
  const live = await propose()
  workspace.disturb({ loseAnswers: 1 })
  // DingTalk says that the press failed, and she presses again.
  expect((await workspace.as('tom01').press(live, 'rollback.approve')).ok).toBe(false)
  const again = await workspace.as('tom01').press(live, 'rollback.approve')
  expect(['button_not_found', undefined]).toContain(again.problem)
  const [id = ''] = on.bot.world.desk.rollbacksOf('INC-1').map((rollback) => rollback.id)
  await on.ended(id)
  expect((await on.eventsOf('rollback.proposed')).length).toBe(1)
  expect((await on.eventsOf('rollback.approved')).length).toBe(1)
  expect([on.writes('eu-1'), on.writes('us-1')]).toEqual([1, 1])
  await until('the card says it', () => cardWords(workspace, 'tom01', live).includes('✅'))
}, 60_000)

test('who may not is told so where she pressed, and nobody else sees it', async () => {
  const live = await propose()
  await press('mei01', live, 'rollback.approve')
  await until('mei is told', () => workspace.card(live)?.privateData.get('mei01')?.note1)
  expect(cardWords(workspace, 'mei01', live)).toMatch(/你自己|本人/)
  await press('eve09', live, 'rollback.approve')
  await until('eve is told', () => workspace.card(live)?.privateData.get('eve09')?.note1)
  expect(await on.eventsOf('rollback.approved')).toEqual([])
})

test('a form that stood open over a restart is still taken', async () => {
  say('mei01', '回滚 checkout-svc')
  const shown = await card('mei01', 'v1.7.3')
  await press('mei01', shown, 'rollback.choose')
  await until('the form opens', () => workspace.card(shown)?.privateData.get('mei01')?.form_submit)
  await on.restart()
  await until('the bot listens again', () => workspace.connections === 1)
  await press('mei01', shown, 'form', { reason: '5xx' })
  await until('it is proposed', () => on.bot.world.desk.unfinished()[0])
}, 60_000)

test('what needs more than a sentence is answered as well: help, my own page, what is none of its commands', async () => {
  say('mei01', '帮助')
  await card('mei01', '/rollback')
  say('mei01', '我的')
  await until('her page', () => workspace.cards().length === 2)
  say('mei01', '今天天气不错')
  await until('an answer', () => workspace.cards().length === 3)
  expect(groupText().length).toBe(3)
  expect(workspace.cards().every(({ id }) => id.startsWith('astern-p-'))).toBe(true)
})

test('a chat that refuses the bot at its start is asked again every minute, and heard once it is mended', async () => {
  await all.close()
  const open = 'POST /v1.0/gateway/connections/open'
  const heal = workspace.inject(({ api }) =>
    api === open ? { code: 'invalidClientIdOrSecret', status: 401 } : undefined,
  )
  const before = workspace.calls(open).length
  on = await all.open({ speed: 60, dingtalk: { url: workspace.url }, env: { DINGTALK_SECRET: clientSecret } })
  const isReady = async () => (await fetch(`${on.bot.url}/readyz`)).ok
  await until('it was refused twice', () => workspace.calls(open).length >= before + 2)
  expect(await isReady()).toBe(false)
  heal()
  await until('the bot listens to DingTalk', () => workspace.connections === 1)
  await expect.poll(isReady).toBe(true)
  say('mei01', '帮助')
  await card('mei01', '/rollback')
}, 60_000)

/** The notes that say that the bot was away. */
const away = () => groupText().filter((text) => text.includes('机器人离线'))

test('away for more than a minute: said once, where an incident is open, and not again after a restart', async () => {
  await all.close()
  on = await all.open({
    incident: 'thread',
    speed: 60,
    expiresAfter: '30m',
    dingtalk: { url: workspace.url },
    env: { DINGTALK_SECRET: clientSecret },
  })
  await until('the bot listens to DingTalk', () => workspace.connections === 1)
  await on.ship('v1.8.0')
  await propose()
  await workspace.down()
  await new Promise((resolve) => setTimeout(resolve, 2000))
  await workspace.up()
  await until('it says so', () => away().length === 1, 20_000)
  await on.restart()
  await until('the bot listens again', () => workspace.connections === 1)
  say('mei01', '帮助')
  await card('mei01', '/rollback')
  expect(away()).toHaveLength(1)
  expect(await on.eventsOf('chat.was-away')).toHaveLength(1)
}, 60_000)

test('an incident with a group of its own: made once, the people in it, the card there and not twice', async () => {
  await all.close()
  on = await all.open({
    incident: 'channel',
    dingtalk: { url: workspace.url, sceneGroup: 'incident-group-template' },
    env: { DINGTALK_SECRET: clientSecret },
  })
  await until('the bot listens to DingTalk', () => workspace.connections === 1)
  await on.ship('v1.8.0')
  // The answer to the first try is lost: it is found again, by its key.
  let lost = 0
  const heal = workspace.inject(({ api, body }) => {
    const isLive = JSON.stringify(body).includes('rollback.approve')
    return api.endsWith('createAndDeliver') && isLive && lost++ === 0 ? { reset: 'after' } : undefined
  })
  const live = await propose()
  heal()
  const [place] = workspace.card(live)?.places ?? []
  const own = workspace.conversation(place?.conversation ?? '')
  expect(own.title).toBe('inc-1-checkout-svc')
  expect([...own.members].sort()).toEqual(['ana01', 'kai01', 'mei01', 'tom01'])
  await press('tom01', live, 'rollback.approve')
  await until('it is restored', () => cardWords(workspace, 'ana01', live).includes('✅'), 20_000)
  expect(own.messages.filter(({ content }) => content.kind === 'card' && content.card === live)).toHaveLength(1)
  expect(workspace.conversations().filter(({ title }) => title === own.title)).toHaveLength(1)
  await until('the team hears how it ended', () => groupText().some((text) => text.includes('✅')))
}, 60_000)
