import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser, openPage } from './kit/browser.ts'
import { openStageWithBotApart, type StageWithBotApart } from './kit/stage.ts'

let browser: Browser
let stage: StageWithBotApart

beforeAll(async () => {
  ;[browser, stage] = await Promise.all([openBrowser(), openStageWithBotApart({ speed: 1.5 })])
})

afterAll(async () => {
  await browser?.close()
  await stage?.close()
})

it('ends what a killed bot had begun, while the page stays open', async () => {
  const player = await openPage(browser, stage.url, { as: 'U0LIN00001' })
  const away = player.page.getByText('The bot is not connected.')
  await away.waitFor({ state: 'hidden' })
  await player.breakCheckout()
  await player.askForRollback()
  await player.become('Ana')
  await player.open(/inc-/)
  await player.approve()
  await player.card.locator('.task.in_progress').first().waitFor()

  await stage.kill()
  await away.waitFor()
  // Nobody answers: the page says so and goes on.
  await player.write('/astern-help')
  await player.page.locator('.toast').first().waitFor()
  await player.page.locator('#write textarea').fill('')

  stage.start()
  await away.waitFor({ state: 'hidden' })
  await player.restored()
  await player.card.locator('.replies').click()
  const thread = player.page.locator('#panel')
  await thread.getByText('R-1 restored').waitFor()
  expect(await thread.getByText('eu-1: setting back to').count()).toBe(1)
  expect(await player.card.locator('.task.complete').count()).toBe(4)
  expect(player.complaints).toEqual([])
})
