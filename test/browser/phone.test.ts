import type { Browser } from 'playwright-core'
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

const phone = { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }

/** Whatever sticks out to the right of the screen and cannot be scrolled to, and whatever a thumb would miss. */
const misplaced = `(() => {
  const scrolls = (node) => node && (/auto|scroll/.test(getComputedStyle(node).overflowX) || scrolls(node.parentElement))
  const all = [...document.querySelectorAll('body *')].filter((node) => node.checkVisibility() && node.getClientRects().length)
  const name = (node) => node.tagName + '.' + node.className + ' ' + (node.textContent ?? '').slice(0, 30)
  const out = all.filter((node) => node.getBoundingClientRect().right > innerWidth + 1 && !scrolls(node.parentElement)).map(name)
  const small = all
    .filter((node) => node.matches('button.button, #tabs button, .person, .channel'))
    .filter((node) => node.getBoundingClientRect().height < 32)
    .map(name)
  return { out, small, wide: document.scrollingElement.scrollWidth > innerWidth }
})()`

const expectFits = async (player: Player): Promise<void> =>
  expect(await player.page.evaluate(misplaced)).toEqual({ out: [], small: [], wide: false })

it('shows one thing at a time on a phone, all within reach, through a whole approval', async () => {
  const player = await openPage(browser, stage.url, phone)
  const { page } = player
  const tab = (name: string) => page.locator('#tabs').getByRole('button', { name })
  await expectFits(player)
  await tab('Shop').tap()
  await page.locator('.place').first().waitFor()
  await page.locator('#chat').waitFor({ state: 'hidden' })
  await expectFits(player)
  await player.ship('errors')
  await page.locator('.place.burning').first().waitFor()
  await tab('Chat').tap()

  await player.write('/rollback checkout-svc')
  await player
    .button(/^Roll back both regions/, player.messages)
    .last()
    .waitFor()
  await expectFits(player)
  await player
    .button(/^Roll back both regions/, player.messages)
    .last()
    .tap()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('5xx on the pay button since the release')
  await expectFits(player)
  await player.button('Ask for approval', dialog).tap()
  await dialog.waitFor({ state: 'detached' })

  await tab('Channels').tap()
  await expectFits(player)
  await player.become('Ana')
  await player.open(/inc-/)
  await page.locator('#chat').waitFor({ state: 'visible' })
  await expectFits(player)
  await player.approve()
  await player.restored()
  await expectFits(player)
  await player.card.locator('.replies').tap()
  await page.locator('#panel').getByText('R-1 restored').waitFor()
  await expectFits(player)
  await player.button('Close', page.locator('#panel')).tap()
  await page.locator('#panel').waitFor({ state: 'hidden' })
  expect(player.complaints).toEqual([])
})
