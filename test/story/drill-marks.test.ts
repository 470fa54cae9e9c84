import { afterEach, expect, it } from 'vitest'
import { alerting, fire } from '../kit/alerting.ts'
import { cardWords } from '../kit/dingtalk/stage.ts'
import { clientSecret, team as group, setup, startDingTalk } from '../kit/dingtalk/workspace.ts'
import { serveHttp } from '../kit/loopback.ts'
import { stagePager } from '../kit/pages/stage-pager.ts'
import { settableClock } from '../kit/set-clock.ts'
import { stories, untilAsync, userOf } from '../kit/story.ts'
import { until } from '../kit/until.ts'

const all = stories()
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  await all.close()
  for (const close of closing.splice(0)) await close()
})

const drills = `
drills:
  pay-fails:
    services: [checkout-svc]
    environment: production
    production: true
    fault: { failing: { image: "shop.test/checkout-svc:v9.9.9" } }
    timeZone: UTC
    length: 30m
    within: { verify: 10m }
`
const mark = /DRILL D-1|演练[ -][Dd]-1|drill-inc-1/
/** The ways by which Slack is told words that people read. */
const words =
  /^(chat\.(postMessage|update|postEphemeral)|views\.(open|update|push)|conversations\.(create|setTopic)|bookmarks\.add|canvases\.create|files\.completeUploadExternal)$/

it('everything that goes out of a drill says so: each message, card, dialog, room, document and page, in both chats and languages', async () => {
  const pager = await stagePager()
  const workspace = await startDingTalk(
    setup({
      people: ['mei', 'tom', 'ana', 'kai', 'lin'].map((name) => ({ userId: `${name}01`, name })),
      groups: [{ conversationId: group, title: '支付值班群', members: ['mei01', 'tom01', 'ana01'] }],
      limits: 'off',
    }),
  )
  const well = await serveHttp((_, response) => void response.writeHead(200).end('well'))
  closing.push(
    () => pager.stop(),
    () => workspace.close(),
    () => well.stop(),
  )
  const time = settableClock()
  const config = pager.config()
  const noon = time.clock.now().toZonedDateTimeISO('UTC').with({ hour: 12, minute: 0 }).toInstant()
  time.set(noon)
  const on = await all.open({
    ...config,
    clock: time.clock,
    alarm: time.alarm,
    incident: 'channel',
    service: 'alerts: { wellFor: 1s }',
    check: `http: ${well.url}`,
    dingtalk: { url: workspace.url },
    env: { ...config.env, ...alerting.env, DINGTALK_SECRET: clientSecret },
    sections: `${config.sections}${alerting.sections}${drills}`,
  })
  pager.connect(on)
  await until('the bot listens to DingTalk', () => workspace.connections === 1)
  await until('it is planned', () => on.bot.world.desk.drill('D-1'))

  const before = on.slack.calls().length
  await on.type('tom', '/drill start pay-fails')
  await untilAsync('its fault is there', async () => (await on.eventsOf('drill.fault-made'))[0])
  const startsAtMs = time.clock.now().epochMilliseconds
  await fire(on.bot.url, { fingerprint: 'a', startsAtMs })
  await until('phones ring', () => pager.rang().length > 1, 20_000)
  // In the team's channel and in Chinese, to her alone.
  const shown = await on.candidates('mei', '/rollback checkout-svc to v1.7.3')
  expect(JSON.stringify(shown.blocks)).toContain('🎯【演练 D-1】')
  await on.press('tom', await on.candidates('tom', '/rollback checkout-svc to v1.7.3'), 'rollback.choose')
  const id = await on.proposeInDialog('tom')
  const card = await on.cardSays(id, 'R-1')
  await on.press('tom', card, 'rollback.approve')
  await on.outcome('refused:self-approval')
  await on.type('ana', '/incident list')
  await on.slack.as(userOf('tom')).openHome()
  await until('her page lists the drill', () => mark.test(JSON.stringify(on.slack.home(userOf('tom'))?.body)))
  const live = await until('its card stands in DingTalk', () =>
    workspace.cards().find(({ data }) => data.b1_action === 'rollback.approve'),
  )
  expect((await workspace.as('ana01').press(live.id, 'rollback.approve')).ok).toBe(true)
  await fire(on.bot.url, { fingerprint: 'a', startsAtMs, status: 'resolved' })
  expect(await on.ended(id, 30_000)).toBe('restored')
  await until('it is over', () => on.bot.world.desk.drill('D-1')?.scores, 20_000)
  await until('everything is said', () => on.bot.world.store.outbox.due(10).length === 0, 40_000)
  await until('all phones are quiet', () => pager.server.pages().every(({ status }) => status === 'resolved'), 20_000)

  // There is nothing left to stop.
  const stops = /"(drill\.stop|Stop D-1|停止 D-1)"/
  expect(
    on.slack
      .channels()
      .flatMap(({ id: one }) => on.slack.messages(one))
      .filter((one) => stops.test(JSON.stringify(one))),
  ).toEqual([])
  expect(workspace.cards().filter(({ data }) => stops.test(JSON.stringify(data)))).toEqual([])
  expect(JSON.stringify(workspace.cards())).toContain('全程演练完毕')

  const told = on.slack
    .calls()
    .slice(before)
    .filter(({ method, status }) => words.test(method) && status === 200)
    // What is answered to whoever typed /drill is about drills, not of one.
    .filter(({ args }) => !/has begun|已开始/.test(JSON.stringify(args)))
  expect(new Set(told.map(({ method }) => method)).size).toBeGreaterThan(5)
  expect(told.filter(({ args }) => !mark.test(JSON.stringify(args)))).toEqual([])
  // Answers to slash commands go another way.
  const alone = (['mei', 'tom', 'ana'] as const).flatMap((who) => on.slack.ephemeral(userOf(who)))
  expect(alone.length).toBeGreaterThan(4)
  expect(alone.filter(({ blocks }) => !mark.test(JSON.stringify(blocks)))).toHaveLength(1)

  const cards = workspace.cards().map((one) => cardWords(workspace, 'tom01', one.id))
  expect(cards.length).toBeGreaterThan(3)
  expect(cards.filter((text) => !mark.test(text))).toEqual([])
  for (const { content } of workspace.messages(group))
    if (content.kind !== 'card') expect(JSON.stringify(content)).toMatch(mark)

  const pages = pager.server.pages()
  expect(pages.length).toBeGreaterThan(1)
  expect(pages.filter(({ title }) => !mark.test(title))).toEqual([])
  const story = await (await fetch(on.bot.world.link('/incidents/INC-1').replace(/^http:\/\/[^/]+/, on.bot.url))).text()
  expect(story).toMatch(mark)
}, 120_000)
