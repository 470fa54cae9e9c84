import axe from 'axe-core'
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

/** What axe finds wrong, each with where. https://github.com/dequelabs/axe-core/blob/develop/doc/API.md */
const look = `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
  violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + ' at ' + target + ': ' + failureSummary)))`

const expectAccessible = async (player: Player, state: string): Promise<void> =>
  expect([state, await player.page.evaluate(look)]).toEqual([state, []])

it('can be used by everybody in every state: light and dark, English and Chinese', async () => {
  const player = await openPage(browser, stage.url, { script: axe.source })
  const { page } = player
  await expectAccessible(player, 'empty')
  await player.breakCheckout()
  await player.write('/rollback checkout-svc')
  await player
    .button(/^Roll back both regions/, player.messages)
    .last()
    .click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('5xx on the pay button since the release')
  await expectAccessible(player, 'dialog')
  await player.button('Ask for approval', dialog).click()
  await dialog.waitFor({ state: 'detached' })
  await expectAccessible(player, 'candidates')
  await player.open(/inc-/)
  await player.button(/^Approve/, player.card).waitFor()
  await expectAccessible(player, 'waiting card')
  await page.emulateMedia({ colorScheme: 'dark' })
  await expectAccessible(player, 'waiting card, dark')

  await player.become('Ana')
  await player.open(/inc-/)
  await player.approve()
  await player.card.locator('.task.in_progress').first().waitFor()
  await expectAccessible(player, 'running, dark')
  await player.restored()
  await player.card.locator('.replies').click()
  await page.locator('#panel').getByText('R-1 restored').waitFor()
  await expectAccessible(player, 'restored with thread, dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await expectAccessible(player, 'restored with thread')
  await page.locator('#chat-head .chip', { hasText: 'Post-mortem' }).click()
  await page.locator('#panel .document').first().waitFor()
  await expectAccessible(player, 'canvas')
  await player.open(/Astern · Home/)
  await page.locator('.home .block').first().waitFor()
  await expectAccessible(player, 'home')
  await player.become('Mei')
  await player.open('payment')
  await expectAccessible(player, 'Chinese')
  expect(player.complaints).toEqual([])
})

it('takes an approval from somebody who has only a keyboard', async () => {
  const player = await openPage(browser, stage.url)
  const { page } = player
  const { keyboard } = page
  /** Goes on with Tab until the focus is on what has this name. */
  const reach = async (name: RegExp): Promise<void> => {
    for (let steps = 0; steps < 120; steps += 1) {
      await keyboard.press('Tab')
      const focused = await page.evaluate(
        "(document.activeElement?.getAttribute('aria-label') || document.activeElement?.textContent || '').trim()",
      )
      if (name.test(String(focused))) return
    }
    throw new Error(`Tab does not lead to ${name}`)
  }
  await player.breakCheckout()
  await page.locator('#write textarea').focus()
  await keyboard.type('/rollb')
  await keyboard.press('Tab')
  await keyboard.type('check')
  await keyboard.press('Enter')
  await keyboard.press('Enter')
  await player
    .button(/^Roll back both regions/, player.messages)
    .last()
    .waitFor()
  await page.locator('#messages').focus()
  await reach(/^Roll back both regions/)
  await keyboard.press('Enter')
  await page.getByRole('dialog').getByRole('textbox').waitFor()
  await keyboard.type('5xx on the pay button')
  await keyboard.press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page
    .locator('.channel', { hasText: 'inc-2' })
    .or(page.locator('.channel', { hasText: 'inc-1' }))
    .first()
    .waitFor()

  await page.locator('.person').first().focus()
  await reach(/^A?\s*Ana/)
  await keyboard.press('Enter')
  await page.locator('.person.on', { hasText: 'Ana' }).waitFor()
  await reach(/inc-/)
  await keyboard.press('Enter')
  await player.button(/^Approve/, player.card).waitFor()
  await page.locator('#messages').focus()
  await reach(/^Approve/)
  await keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  await keyboard.press('Enter')
  await player.card.locator('.task.in_progress').first().waitFor()
  await player.restored()
  expect(player.complaints).toEqual([])
})
