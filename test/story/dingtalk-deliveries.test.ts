import { afterEach, beforeEach, expect, test } from 'vitest'
import { cardWords } from '../kit/dingtalk/stage.ts'
import { clientSecret, team as group, setup, startDingTalk, type Workspace } from '../kit/dingtalk/workspace.ts'
import { type Story, stories } from '../kit/story.ts'
import { until } from '../kit/until.ts'

type Who = 'mei01' | 'tom01' | 'ana01'
const names = ['mei', 'tom', 'ana', 'kai', 'lin'] as const

const all = stories()
let workspace: Workspace
let on: Story

beforeEach(async () => {
  workspace = await startDingTalk(
    setup({
      people: names.map((name) => ({ userId: `${name}01`, name })),
      groups: [{ conversationId: group, title: '支付值班群', members: names.map((name) => `${name}01`) }],
      callbackTimeoutMs: 10_000,
    }),
  )
  on = await all.open({ incident: 'thread', dingtalk: { url: workspace.url }, env: { DINGTALK_SECRET: clientSecret } })
  await until('the bot listens to DingTalk', () => workspace.connections === 1)
  await on.ship('v1.8.0')
})

afterEach(async () => {
  await all.close()
  await workspace.close()
})

const say = (who: Who, line: string) => workspace.as(who).say(group, `@Astern ${line}`)

/** The card on which this person sees these words. */
const card = (who: Who, words: string): Promise<string> =>
  until(
    `${who} sees “${words}”`,
    () => workspace.cards().findLast(({ id }) => cardWords(workspace, who, id).includes(words))?.id,
  )

/** From a command in the group to the card that waits for approval. */
async function propose(): Promise<string> {
  say('mei01', '回滚 checkout-svc 到 v1.7.3')
  const shown = await card('mei01', 'v1.7.3')
  await workspace.as('mei01').press(shown, 'rollback.choose')
  await until('the form opens', () => workspace.card(shown)?.privateData.get('mei01')?.form_submit)
  await workspace.as('mei01').press(shown, 'form', { reason: '发布后 5xx' })
  return until(
    'the live card stands',
    () => workspace.cards().find(({ data }) => data.b1_action === 'rollback.approve')?.id,
  )
}

/** A push once more, word for word or, `anew`, under another frame: DingTalk's own copies come both ways. */
function again({ topic, messageId, data }: ReturnType<Workspace['pushes']>[number], anew = ''): void {
  const headers = { topic, messageId: `${messageId}${anew}`, contentType: 'application/json', time: '0' }
  workspace.sendRaw(JSON.stringify({ specVersion: '1.0', type: 'CALLBACK', headers, data: JSON.stringify(data) }))
}

const lastPush = () => {
  const push = workspace.pushes().at(-1)
  if (!push) throw new TypeError('nothing was pushed')
  return push
}

const received = async () => (await on.eventsOf('delivery.received')).map(({ data }) => data.id)

/** Everything that came has its outcome. */
async function quiet(): Promise<void> {
  await on.handled((await received()).length)
}

test('messages to the robot five times and out of order: each is answered once', async () => {
  workspace.disturb({ reverseNext: 2 })
  say('mei01', '帮助')
  const help = lastPush()
  say('mei01', '版本 checkout-svc')
  const versions = lastPush()
  for (const push of [versions, help, versions, help, help, versions, versions, help]) again(push)
  await card('mei01', '/rollback')
  await card('mei01', 'v1.7.3')
  await quiet()
  expect(await received()).toEqual([`dingtalk:message:${versions.data.msgId}`, `dingtalk:message:${help.data.msgId}`])
  expect(workspace.cards()).toHaveLength(2)
  expect(workspace.messages(group).filter(({ content }) => content.kind === 'card')).toHaveLength(2)
})

test('Done at most once: the press that approves comes five times under one frame and four times under others', async () => {
  const live = await propose()
  const pressed = workspace.as('tom01').press(live, 'rollback.approve')
  const push = lastPush()
  for (const anew of ['', '', '', '', '-a', '-b', '-c', '-d']) again(push, anew)
  expect((await pressed).ok).toBe(true)
  expect(await on.ended('R-1')).toBe('restored')
  await quiet()
  const copies = (await received()).filter((id) => id.includes(':press:') && id.includes(push.messageId))
  expect(copies).toHaveLength(5)
  expect(await on.eventsOf('rollback.approved')).toHaveLength(1)
  expect([on.writes('eu-1'), on.writes('us-1')]).toEqual([1, 1])
  await until('the card says it', () => cardWords(workspace, 'ana01', live).includes('✅'), 20_000)
})

test('a form is sent five times under five frames: one proposal', async () => {
  say('mei01', '回滚 checkout-svc 到 v1.7.3')
  const shown = await card('mei01', 'v1.7.3')
  await workspace.as('mei01').press(shown, 'rollback.choose')
  await until('the form opens', () => workspace.card(shown)?.privateData.get('mei01')?.form_submit)
  const sent = workspace.as('mei01').press(shown, 'form', { reason: '发布后 5xx' })
  const push = lastPush()
  for (const anew of ['', '-a', '-b', '-c', '-d']) again(push, anew)
  expect((await sent).ok).toBe(true)
  await until('it is proposed', () => on.bot.world.desk.unfinished()[0])
  await quiet()
  expect((await received()).filter((id) => id.includes(':submit:'))).toHaveLength(1)
  expect(await on.eventsOf('rollback.proposed')).toHaveLength(1)
})

test('pressed one after the other, come the other way round: what comes first counts, and who came too late is told', async () => {
  const live = await propose()
  await workspace.as('ana01').press(live, 'rollback.reject')
  await until('the form opens', () => workspace.card(live)?.privateData.get('ana01')?.form_submit)
  workspace.disturb({ reverseNext: 2 })
  const [approves, rejects] = await Promise.all([
    workspace.as('tom01').press(live, 'rollback.approve'),
    workspace.as('ana01').press(live, 'form', { reason: '等待修复版本' }),
  ])
  expect([approves.ok, rejects.ok]).toEqual([true, true])
  expect(await on.ended('R-1')).toBe('rejected')
  await quiet()
  expect(await on.eventsOf('rollback.approved')).toEqual([])
  expect([on.writes('eu-1'), on.writes('us-1')]).toEqual([0, 0])
  expect(on.locks()).toEqual([undefined, undefined])
  await until('tom is told', () =>
    workspace.card(live)?.privateData.get('tom01')?.note1?.includes('Nothing changed: Ana was faster'),
  )
})

test('everything that ever came, once more, five times and backwards, after the end and after a restart: nothing happens', async () => {
  const live = await propose()
  expect((await workspace.as('tom01').press(live, 'rollback.approve')).ok).toBe(true)
  expect(await on.ended('R-1')).toBe('restored')
  await until('the card says it', () => cardWords(workspace, 'ana01', live).includes('✅'), 20_000)
  await until('the file is there', () => workspace.messages(group).some(({ content }) => content.kind === 'media'))
  await quiet()
  await until('all is said', () => on.bot.world.store.outbox.due(10).length === 0)
  const told = () => workspace.messages(group).filter(({ by }) => by.kind !== 'person').length
  const before = { events: (await on.events()).length, told: told(), cards: workspace.cards().length }
  const pushes = [...workspace.pushes()].reverse()
  for (let times = 0; times < 5; times++) for (const push of pushes) again(push)
  await on.restart()
  await until('the bot listens again', () => workspace.connections === 1)
  for (let times = 0; times < 5; times++) for (const push of pushes) again(push)
  // What comes after them is heard after them.
  say('mei01', '帮助')
  await until('she is helped', () => workspace.cards().length === before.cards + 1)
  await quiet()
  const news = (await on.events()).slice(before.events).map(({ event }) => event.type)
  expect(news.filter((type) => /^(rollback|step|lock|incident)\./.test(type))).toEqual([])
  expect(news.filter((type) => type === 'delivery.received')).toHaveLength(1)
  expect(told()).toBe(before.told + 1)
  expect([on.writes('eu-1'), on.writes('us-1')]).toEqual([1, 1])
})
