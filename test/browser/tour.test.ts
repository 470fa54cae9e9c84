import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser, openPage } from './kit/browser.ts'
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

it('leads through one incident, step by step, with a reload in the middle', async () => {
  const player = await openPage(browser, stage.url)
  const { page } = player
  const tour = page.getByRole('region', { name: 'Guided tour' })
  const step = (title: string) => tour.locator('b', { hasText: title }).waitFor()
  const help = (name: string) => player.button(name, tour).click()

  await step('One incident in two minutes')
  await help('Start the tour')
  await step('Ship a bad release')
  expect(await page.locator('.person.on').textContent()).toContain('Lin')
  await player.ship('errors')
  await step('Watch the error rate')
  await step('Ask what you can go back to')
  await help('Type it for me')
  await step('Read the card')
  await help('Press it for me')
  await step('Say why')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('5xx on the pay button')
  await player.button('Ask for approval', dialog).click()
  await step('A channel for the incident')
  await page.reload()
  await step('A channel for the incident')
  await help('Open it for me')
  await step('Two people')
  await help('Become Tom')
  await step('Approve')
  await help('Press it for me')
  await player.button('Roll back', dialog).click()
  await step('Region by region')
  await step('Restored, with numbers')
  await help('Open it for me')
  await step('Every line has its evidence')
  await help('Open it for me')
  await step('That was one incident')
  await help('Finish')
  await tour.waitFor({ state: 'hidden' })
  expect(player.complaints).toEqual([])
})

it('is offered in Chinese to who reads Chinese, can be left and taken up again, and blocks nothing', async () => {
  const player = await openPage(browser, stage.url, { as: '', locale: 'zh-CN' })
  const { page } = player
  const tour = page.getByRole('region', { name: '导览' })
  expect(await page.locator('.person.on').textContent()).toContain('Mei')
  await player.button('开始导览', tour).click()
  await tour.getByText('发布一个有问题的版本').waitFor()
  await player.button('下一步', tour).click()
  await tour.getByText('观察错误率').waitFor()
  await player.write('/astern-help')
  await player.messages.locator('.message.private').first().waitFor()
  await player.button('退出导览', tour).click()
  await tour.waitFor({ state: 'hidden' })
  await player.button('导览').click()
  await tour.getByText('发布一个有问题的版本').waitFor()
  expect(player.complaints).toEqual([])
})
