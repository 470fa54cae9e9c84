import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadStory } from '../../src/app/load.ts'
import type { Workspace } from '../../src/playground/dingtalk/index.ts'
import { plain } from '../../src/text/say.ts'
import { postMortem } from '../../src/view/post-mortem.ts'
import { cardWords } from '../kit/dingtalk/stage.ts'
import { clientSecret, team as group, setup, startDingTalk } from '../kit/dingtalk/workspace.ts'
import { type Name, type Story, stories, team, textOf, untilAsync, userOf } from '../kit/story.ts'
import { until } from '../kit/until.ts'

const all = stories()
let workspace: Workspace
let on: Story

beforeEach(async () => {
  const people = ['mei', 'tom', 'ana', 'kai', 'lin'].map((name) => ({ userId: `${name}01`, name }))
  workspace = await startDingTalk(
    setup({
      people: [...people, { userId: 'eve09', name: 'Eve' }],
      groups: [{ conversationId: group, title: '支付值班群', members: ['mei01', 'tom01', 'ana01', 'eve09'] }],
    }),
  )
})

afterEach(async () => {
  await all.close()
  await workspace.close()
})

async function open(incident: 'thread' | 'channel' = 'thread') {
  on = await all.open({ incident, dingtalk: { url: workspace.url }, env: { DINGTALK_SECRET: clientSecret } })
  await until('the bot listens to DingTalk', () => workspace.connections === 1)
}

/** Opens an incident by hand and waits for its card in both chats. */
async function opened(): Promise<string> {
  await on.type('mei', '/incident open checkout-svc pay fails')
  await until('the card stands in DingTalk', () => card())
  await until('the card stands in Slack', () => on.keyed('/incident:INC-1')[0])
  return 'INC-1'
}

const card = () => workspace.cards().find(({ id }) => cardWords(workspace, 'tom01', id).includes('INC-1'))?.id
const cardSays = (words: string) =>
  until(`DingTalk's card says “${words}”`, () => cardWords(workspace, 'tom01', card() ?? '').includes(words))
const noted = () => on.eventsOf('incident.noted')
const dropped = () => on.eventsOf('incident.note-dropped')
const handled = (outcome: string, count = 1) =>
  untilAsync(`${count} come to ${outcome}`, async () =>
    (await on.outcomes()).filter((one) => one === outcome).length >= count ? true : undefined,
  )
const write = async (who: Name, text: string, channel = team, thread?: string): Promise<string> => {
  const said = await on.slack.as(userOf(who)).say(channel, text, thread)
  if (!('ts' in said)) throw new Error(JSON.stringify(said))
  return String(said.ts)
}
const pin = (who: Name, ts: string) => on.slack.as(userOf(who)).react(team, ts, 'pushpin')

test('a message marked with 📌 in Slack, and what is said to the bot in DingTalk, stand in one timeline', async () => {
  await open()
  const before = await write('tom', 'pay button gives 502 since 9:01')
  const id = await opened()
  await pin('mei', before)
  await cardSays('来自 Slack')
  await cardSays('pay button gives 502 since 9:01')
  workspace.as('mei01').say(group, '@Astern 记一下 一切从 CDN 切换开始')
  await until('Slack hears of it', () =>
    on.slack.messages(team).some((message) => /from DingTalk.*一切从 CDN 切换开始/s.test(textOf(message.blocks))),
  )
  const [kept, said] = await noted()
  expect(kept?.data).toMatchObject({ person: 'tom', chat: 'slack', text: 'pay button gives 502 since 9:01' })
  expect(kept?.data.link).toContain(before.replace('.', ''))
  expect(said?.data).toMatchObject({ person: 'mei', chat: 'dingtalk', text: '一切从 CDN 切换开始' })
  // It was said before the incident was opened, and there it stands in the post-mortem.
  const story = await loadStory(on.bot.world, id)
  if (!story) throw new TypeError('no story')
  const { sections } = postMortem({ ...story, dueAt: null, evidence: () => 'https://e' }, 'en')
  const lines = (sections.find((section) => section.id === 'timeline')?.lines ?? []).map(plain)
  const at = (words: string) => lines.findIndex((line) => line.includes(words))
  expect(at('502')).toBe(0)
  expect(at('502')).toBeLessThan(at('opened INC-1'))
  expect(at('opened INC-1')).toBeLessThan(at('CDN'))
})

test('the same mark again adds nothing; taken off by the last who set it, it is taken back', async () => {
  await open()
  await opened()
  on.slack.disturb({ duplicateNext: 10 })
  const ts = await write('ana', 'rolled the cache')
  await pin('mei', ts)
  await handled('noted')
  await pin('tom', ts)
  await handled('nothing')
  expect(await noted()).toHaveLength(1)
  await on.slack.as(userOf('mei')).unreact(team, ts, 'pushpin')
  await handled('nothing', 2)
  expect(await dropped()).toHaveLength(0)
  await on.slack.as(userOf('tom')).unreact(team, ts, 'pushpin')
  await handled('dropped')
  await cardSays('撤回')
  expect(cardWords(workspace, 'tom01', card() ?? '')).not.toContain('rolled the cache')
  await pin('tom', ts)
  await handled('noted', 2)
  await cardSays('rolled the cache')
})

test('only 📌, only where an open incident lives, never the bot’s own words; who may not is told', async () => {
  await open('channel')
  const outside = await write('tom', 'lunch?')
  await pin('tom', outside)
  await handled('elsewhere')
  await opened()
  const own = on.keyed('/incident:INC-1')[0]
  const room = own?.channel ?? ''
  expect(room).not.toBe(team)
  // The team's own channel is not the incident's room.
  await on.slack.as(userOf('ana')).react(team, outside, 'pushpin')
  await handled('elsewhere', 2)
  await on.slack.as(userOf('mei')).react(room, own?.ts ?? '', 'pushpin')
  await handled('elsewhere', 3)
  // A reply in the thread counts like any other message.
  const ts = await write('mei', 'orders are down 40 %', room, own?.ts)
  await on.slack.as(userOf('mei')).react(room, ts, 'eyes')
  await on.slack.as(userOf('mei')).react(room, ts, 'pushpin')
  await handled('noted')
  expect((await noted()).map(({ data }) => data.text)).toEqual(['orders are down 40 %'])
})

test('in words: from the team’s channel, for a named incident, and refused where there is none', async () => {
  await open()
  await on.type('mei', '/note nothing is open')
  await on.told('mei', '没有进行中的故障')
  const id = await opened()
  await on.slack.as(userOf('tom')).say(team, `<@${on.slack.world.botUser}> note waiting for <@${userOf('mei')}>`)
  await handled('noted')
  await on.type('ana', `/note ${id} CDN is fine`)
  await handled('noted', 2)
  // To the bot alone there is no place: the incident has to be named.
  workspace.as('tom01').direct(`记一下 ${id}：已电话联系支付宝`)
  await handled('noted', 3)
  expect((await noted()).map(({ data }) => data.text)).toEqual(['waiting for @Mei', 'CDN is fine', '已电话联系支付宝'])
  expect((await noted())[0]?.data.link).toContain('/archives/')
})
