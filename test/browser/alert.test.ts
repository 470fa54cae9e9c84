import type { Browser } from 'playwright-core'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openBrowser, openPage } from './kit/browser.ts'
import { openStage, type Stage } from './kit/stage.ts'

let browser: Browser
let stage: Stage

beforeEach(async () => {
  ;[browser, stage] = await Promise.all([openBrowser(), openStage({ alerts: true })])
})

afterEach(async () => {
  await browser?.close()
  await stage?.close()
})

it('opens its card by itself, filled in; two people go back from it, and what fired is asked again', async () => {
  const player = await openPage(browser, stage.url)
  const { messages } = player
  // Nobody types a word.
  await player.ship('errors')
  await player.open(/inc-1/)
  const card = messages.locator('.message:not(.private)', { hasText: 'HighErrorRate' }).first()
  await card
    .getByText(/Suspect, a guess/)
    .first()
    .waitFor()
  await card
    .getByText(/checkout-svc v1\.8\.0/)
    .first()
    .waitFor()
  await player.goBack('alert on the checkout since the release')
  await card.getByText(/A rollback is under way: see R-1/).waitFor()
  await player.become('Ana')
  await player.approve()
  await player.restored()
  await player.card
    .getByText(/HighErrorRate/)
    .first()
    .waitFor()
  await card.getByText('No alert fires any more').waitFor()
  await card.getByText('R-1 restored it').waitFor()
  expect(await player.page.locator('.place', { hasText: 'v1.8.0' }).count()).toBe(0)
  expect(await player.page.locator('.channel', { hasText: /inc-/ }).count()).toBe(1)
  expect(player.complaints).toEqual([])
})

it('rehearses: a drill is begun in chat, gone back from, put back and scored', async () => {
  const player = await openPage(browser, stage.url)
  const { messages } = player
  await player.write('/drill start bad-release')
  await messages
    .getByText(/begins now/)
    .first()
    .waitFor()
  await player.open(/inc-/)
  await messages
    .getByText(/Suspect, a guess/)
    .first()
    .waitFor()
  await player.goBack('alert on the checkout')
  await player.become('Ana')
  await player.approve()
  await player.restored()
  await player.open('payment')
  await messages
    .getByText(/it is over/)
    .first()
    .waitFor()
  await player.write('/drill score checkout-svc')
  await messages.locator('.message.private', { hasText: 'D-1' }).last().waitFor()
  expect(player.complaints).toEqual([])
})
