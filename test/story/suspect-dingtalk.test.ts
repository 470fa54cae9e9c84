import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Workspace } from '../../src/playground/dingtalk/index.ts'
import { alerting, fire } from '../kit/alerting.ts'
import { cardSaying, cardWords } from '../kit/dingtalk/stage.ts'
import { clientSecret, team as group, setup, startDingTalk } from '../kit/dingtalk/workspace.ts'
import { type Story, seen, stories, textOf } from '../kit/story.ts'
import { until } from '../kit/until.ts'

const all = stories()
let workspace: Workspace
let on: Story

beforeEach(() => begin())

async function begin(more: { approve?: string; incident?: 'channel'; sceneGroup?: string } = {}): Promise<void> {
  const { sceneGroup, ...others } = more
  workspace = await startDingTalk(
    setup({
      people: [
        { userId: 'mei01', name: 'Mei' },
        { userId: 'tom01', name: 'Tom' },
        { userId: 'ana01', name: 'Ana' },
        { userId: 'kai01', name: 'Kai' },
        { userId: 'lin01', name: 'Lin' },
      ],
      groups: [{ conversationId: group, title: '支付值班群', members: ['mei01', 'tom01', 'ana01'] }],
      limits: 'dingtalk',
    }),
  )
  on = await all.open({
    ...alerting,
    incident: 'thread',
    dingtalk: { url: workspace.url, ...(sceneGroup && { sceneGroup }) },
    ...others,
    env: { ...alerting.env, DINGTALK_SECRET: clientSecret },
  })
  await until('the bot listens to DingTalk', () => workspace.connections === 1)
  await on.ship('v1.8.0')
  await seen(on, 'v1.8.0')
}

afterEach(async () => {
  await all.close()
  await workspace.close()
})

const card = (words: string): Promise<string> => cardSaying(workspace, 'mei01', words)

it('one incident stands filled in in both chats, each in its language; a press in DingTalk makes both quiet', async () => {
  const startsAtMs = Date.now() + 2_000
  await fire(
    on.bot.url,
    { fingerprint: 'a', region: 'eu-1', startsAtMs },
    { fingerprint: 'b', region: 'us-1', startsAtMs },
  )
  const shown = await card('可疑版本（推测）')
  const words = cardWords(workspace, 'mei01', shown)
  expect(words).toContain('checkout-svc v1.8.0')
  expect(words).toContain('← 推荐：v1.8.0 之前的最近版本')
  expect(words).toContain('两个区域都回滚到 v1.7.3')
  const slack = () => textOf(on.keyed('/incident:INC-1')[0]?.blocks).replaceAll(/\s+/g, ' ')
  await until('Slack shows it as well', () => slack().includes('Suspect, a guess: checkout-svc v1.8.0'), 15_000)

  const outcome = await workspace.as('mei01').press(shown, 'rollback.choose')
  expect(outcome.ok).toBe(true)
  await until('the form opens', () => workspace.card(shown)?.privateData.get('mei01')?.form_submit)
  await workspace.as('mei01').press(shown, 'form', { reason: '发布后支付按钮大量 5xx' })
  const [id] = await until('it is proposed', () => {
    const ids = on.bot.world.desk.unfinished()
    return ids.length > 0 ? ids : undefined
  })
  expect(on.bot.world.desk.rollback(id ?? '')).toMatchObject({ incident: 'INC-1', service: 'checkout-svc' })
  await card(`回滚进行中：见 ${id}`)
  await until('Slack is quiet too', () => slack().includes(`A rollback is under way: see ${id}`), 15_000)
  expect(await on.eventsOf('incident.suspected')).toHaveLength(1)
  expect(on.keyed('/incident:INC-1')).toHaveLength(1)
}, 60_000)

it('the group of an incident that an alert opened has the team and those who could approve in it, not only who is paged', async () => {
  await all.close()
  await workspace.close()
  await begin({ incident: 'channel', approve: '[owners, lin]', sceneGroup: 'incident-group-template' })
  await fire(on.bot.url, { fingerprint: 'a', region: 'eu-1', startsAtMs: Date.now() + 2_000 })
  const room = await until(
    'the incident has its group',
    () => on.bot.world.desk.incident('INC-1')?.rooms.find(({ chat }) => chat === 'dingtalk'),
    15_000,
  )
  expect(room.own).toBe(true)
  expect([...workspace.conversation(room.channel).members].sort()).toEqual(['ana01', 'kai01', 'lin01', 'tom01'])
}, 60_000)
