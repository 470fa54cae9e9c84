import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Workspace } from '../../src/playground/dingtalk/index.ts'
import { alerting } from '../kit/alerting.ts'
import { announcementSays, counting, counts, stops } from '../kit/counting.ts'
import { cardSaying, cardWords } from '../kit/dingtalk/stage.ts'
import { clientSecret, team as group, setup, startDingTalk } from '../kit/dingtalk/workspace.ts'
import { type Story, seen, stories } from '../kit/story.ts'
import { until } from '../kit/until.ts'

const all = stories()
let workspace: Workspace
let stage: Awaited<ReturnType<typeof counting>>
let on: Story

beforeEach(async () => {
  workspace = await startDingTalk(
    setup({
      people: [
        { userId: 'mei01', name: 'Mei' },
        { userId: 'tom01', name: 'Tom' },
        { userId: 'ana01', name: 'Ana' },
        { userId: 'lin01', name: 'Lin' },
      ],
      groups: [{ conversationId: group, title: '支付值班群', members: ['mei01', 'tom01', 'ana01', 'lin01'] }],
      limits: 'dingtalk',
    }),
  )
  stage = await counting({
    dingtalk: { url: workspace.url },
    env: { ...alerting.env, DINGTALK_SECRET: clientSecret },
  })
  on = await all.open(stage.options)
  await until('the bot listens to DingTalk', () => workspace.connections === 1)
  await on.ship('v1.8.0')
  await seen(on, 'v1.8.0')
  await stage.burn(on, ['eu-1', 'us-1'])
})

afterEach(async () => {
  await all.close()
  await Promise.all([workspace.close(), stage.close()])
})

const card = (words: string): Promise<string> => cardSaying(workspace, 'mei01', words)

it('is announced in both chats, each in its language; one press in DingTalk stops it in both', async () => {
  const due = await counts(on)
  const shown = await card('自动回滚到 v1.7.3')
  const words = cardWords(workspace, 'mei01', shown)
  expect(words).toContain('期间可随时终止')
  expect(words).toContain('此次回滚无需审批，倒计时 1 分钟，依据策略 policies.standard.automatic')
  expect(words).toContain('终止自动回滚')
  await announcementSays(on, due.position, 'by itself at')
  expect((await workspace.as('lin01').press(shown, 'rollback.stop-automatic')).ok).toBe(true)
  await on.outcome('refused:may-not-stop')
  expect(await stops(on)).toEqual([])
  expect((await workspace.as('mei01').press(shown, 'rollback.stop-automatic')).ok).toBe(true)
  await card('自动回滚已取消')
  await until('it says by whom', () => cardWords(workspace, 'mei01', shown).includes('终止了自动回滚'))
  await announcementSays(on, due.position, 'does not go back by itself')
  expect(await stops(on)).toEqual([{ why: 'hand', person: 'mei' }])
  stage.set(Temporal.Instant.from(due.dueAt))
  await new Promise((resolve) => setTimeout(resolve, 2_000))
  expect(await on.eventsOf('rollback.proposed')).toEqual([])
}, 60_000)

it('acts where nobody stops it, and the card leads to the rollback', async () => {
  const due = await counts(on)
  const shown = await card('自动回滚到 v1.7.3')
  stage.set(Temporal.Instant.from(due.dueAt))
  await until('the card leads there', () => cardWords(workspace, 'mei01', shown).includes('见 R-1'), 20_000)
  await card('自动回滚，无需审批，依据 policies.standard.automatic')
}, 60_000)
