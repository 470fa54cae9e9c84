import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser, openPage } from './kit/browser.ts'
import { openStage, type Stage } from './kit/stage.ts'

const mei = 'U0MEI00001'
const tom = 'U0TOM00001'
const ana = 'U0ANA00001'

let browser: Browser
let stage: Stage

beforeAll(async () => {
  ;[browser, stage] = await Promise.all([openBrowser(), openStage()])
})

afterAll(async () => {
  await browser?.close()
  await stage?.close()
})

it('takes one of two approvals at the same moment, sets back once, and survives a reload in the middle', async () => {
  const [lin, first, second] = await Promise.all([
    openPage(browser, stage.url, { as: 'U0LIN00001' }),
    openPage(browser, stage.url, { as: tom }),
    openPage(browser, stage.url, { as: ana }),
  ])
  await lin.breakCheckout()
  await lin.askForRollback()
  await Promise.all([first.open(/inc-/), second.open(/inc-/)])
  await Promise.all([first.approve(), second.approve()])
  await lin.card.locator('.task.in_progress').first().waitFor()

  await lin.page.reload()
  await lin.card.waitFor()
  expect(await lin.page.locator('.person.on').textContent()).toContain('Lin')
  expect(await lin.page.locator('.channel.on').textContent()).toContain('inc-1')
  await Promise.all([lin.restored(), first.restored(), second.restored()])

  await lin.card.locator('.replies').click()
  const thread = lin.page.locator('#panel')
  await thread.getByText('R-1 restored').waitFor()
  expect(await thread.getByText(/(Tom|Ana) approved/).count()).toBe(1)
  expect(await thread.getByText('eu-1: setting back to').count()).toBe(1)
  for (const player of [lin, first, second]) expect(player.complaints).toEqual([])
})

it('speaks the language of whoever plays, and shows each only what is for her', async () => {
  const player = await openPage(browser, stage.url, { as: mei })
  await player.page.locator('#shop').getByRole('heading', { name: '商店' }).waitFor()
  await player.write('/versions checkout-svc')
  const answer = player.messages.locator('.message.private')
  await answer.getByText('仅你可见').waitFor()
  await answer
    .getByText(/正式|production/)
    .first()
    .waitFor()
  await player.become('Tom')
  expect(await player.messages.locator('.message.private', { hasText: '仅你可见' }).count()).toBe(0)
  expect(await player.page.locator('html').getAttribute('lang')).toBe('en')
})
