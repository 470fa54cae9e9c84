import axe from 'axe-core'
import type { Browser, Locator } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser, openPage } from './kit/browser.ts'
import type { Player } from './kit/player.ts'
import { openStage, type Stage } from './kit/stage.ts'

let browser: Browser
let stage: Stage

beforeAll(async () => {
  ;[browser, stage] = await Promise.all([openBrowser(), openStage()])
})

afterAll(async () => {
  await browser?.close()
  await stage?.close()
})

const groups = (player: Player): Locator => player.page.locator('#groups')
const lastCard = (player: Player): Locator => groups(player).locator('.ding-card').last()

async function enterIncident(player: Player): Promise<void> {
  const choice = groups(player).getByRole('combobox', { name: /Conversation|会话/ })
  const incident = choice.locator('option', { hasText: 'inc-' })
  await incident.waitFor({ state: 'attached' })
  await choice.selectOption({ label: (await incident.textContent()) ?? '' })
}

const look = `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
  violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + ' at ' + target + ': ' + failureSummary)))`

it('shows one incident in both chats: asked in DingTalk, approved in either at the same moment, set back once', async () => {
  const options = { viewport: { width: 1600, height: 900 } }
  const [mei, tom, ana] = await Promise.all([
    openPage(browser, stage.url, { as: 'U0MEI00001', script: axe.source, ...options }),
    openPage(browser, stage.url, { as: 'U0TOM00001', ...options }),
    openPage(browser, stage.url, { as: 'U0ANA00001', ...options }),
  ])
  await Promise.all([mei, tom].map((player) => player.page.locator('#chats button').nth(2).click()))
  await mei.breakCheckout()
  await groups(mei).getByRole('textbox').fill('@Astern 把 checkout-svc 回滚到 v1.7.3')
  await groups(mei).getByRole('textbox').press('Enter')
  await lastCard(mei)
    .getByRole('button', { name: /回滚到 v1.7.3/ })
    .first()
    .click()
  const reason = lastCard(mei).getByRole('textbox').last()
  await reason.fill('发布后支付按钮大量 5xx')
  await lastCard(mei).getByRole('button', { name: /审批/ }).click()
  await enterIncident(mei)
  await lastCard(mei).getByText('发布后支付按钮大量 5xx').first().waitFor()
  expect(await mei.page.evaluate(look)).toEqual([])

  await enterIncident(tom)
  await Promise.all([tom.open(/inc-/), ana.open(/inc-/)])
  await lastCard(tom).getByRole('button', { name: /同意/ }).click()
  await ana.button(/^Approve/, ana.card).click()
  const dialog = (player: Player) => player.page.getByRole('dialog')
  await Promise.all([
    dialog(tom).getByRole('button', { name: '回滚', exact: true }).click(),
    dialog(ana).getByRole('button', { name: 'Roll back', exact: true }).click(),
  ])
  await ana.restored()
  await lastCard(mei).getByText('✅').first().waitFor()
  await ana.card.locator('.replies').click()
  const thread = ana.page.locator('#panel')
  await thread.getByText('R-1 restored').waitFor()
  expect(await thread.getByText(/(Tom|Ana) approved/).count()).toBe(1)
  expect(await thread.getByText('eu-1: setting back to').count()).toBe(1)
  await groups(mei).locator('.file', { hasText: '.zip' }).waitFor()
  for (const player of [mei, tom, ana]) expect(player.complaints).toEqual([])
})

it('is remembered in the address, and fits a phone', async () => {
  const player = await openPage(browser, stage.url, { as: 'U0MEI00001' })
  await player.page.locator('#chats button').nth(1).click()
  await groups(player).waitFor()
  expect(await player.page.locator('#chat').isVisible()).toBe(false)
  await player.page.reload()
  await groups(player).waitFor()
  await player.page.setViewportSize({ width: 390, height: 844 })
  await player.page.locator('#tabs').getByRole('button', { name: '钉钉' }).click()
  await groups(player).getByRole('textbox').waitFor()
  expect(await player.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
})
