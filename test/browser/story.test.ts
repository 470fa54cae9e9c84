import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser, openPage } from './kit/browser.ts'
import { openStage, type Stage } from './kit/stage.ts'

interface Picture {
  readonly naturalWidth: number
  decode(): Promise<void>
}

const widthOf = async (element: unknown): Promise<number> => {
  const picture = element as Picture
  await picture.decode()
  return picture.naturalWidth
}

let browser: Browser
let stage: Stage

beforeAll(async () => {
  ;[browser, stage] = await Promise.all([openBrowser(), openStage()])
})

afterAll(async () => {
  await browser?.close()
  await stage?.close()
})

it('tells the whole story from the first command to the post-mortem by clicking', async () => {
  const player = await openPage(browser, stage.url)
  const { page } = player
  await player.breakCheckout()

  await player.write('/roll')
  await player.page.locator('#write textarea').fill('/roll')
  expect(await page.getByRole('option', { name: '/rollback' }).count()).toBe(1)
  await player.askForRollback()
  await player.approve()
  await player.messages.getByText('Only visible to you').last().waitFor()
  expect(await player.button(/^Approve/, player.card).count()).toBe(1)

  expect(await page.locator('.person', { hasText: 'Ana' }).locator('.badge').count()).toBe(1)
  await player.become('Ana')
  await player.approve()
  await player.card.locator('.task.in_progress').first().waitFor()
  await player.restored()
  expect(await player.card.locator('.task.complete').count()).toBe(4)
  const plot = stage.playground.slack.files().find(({ mimetype }) => mimetype === 'image/png')
  expect(await player.card.locator(`img[src$="${plot?.id}"]`).evaluate(widthOf)).toBeGreaterThan(100)
  expect(await page.locator('.place', { hasText: 'v1.8.0' }).count()).toBe(0)

  await player.card.locator('.replies').click()
  const thread = page.locator('#panel')
  await thread.getByText('R-1 restored').waitFor()
  await thread.getByText('Ana approved').waitFor()

  await page.locator('#chat-head .chip', { hasText: 'Post-mortem' }).click()
  const draft = page.locator('#panel .document')
  await draft.getByText('R-1: v1.8.0 → v1.7.3 in eu-1 and us-1: restored.').waitFor()
  await player.write('/incident close INC-1 rolled back')
  await draft.getByText('rolled back').first().waitFor()
  expect(player.complaints).toEqual([])
})

it('shows the JSON of a message, and the evidence behind an incident with its chain', async () => {
  const player = await openPage(browser, stage.url)
  await player.open(/inc-1/)
  await player.card.hover()
  await player.button('Show the JSON of this message', player.card).click()
  const shown = await player.page.locator('#panel pre').textContent()
  expect(JSON.parse(shown ?? '')).toMatchObject({
    type: 'message',
    metadata: expect.anything(),
    blocks: expect.any(Array),
  })

  const [evidence] = await Promise.all([
    player.page.context().waitForEvent('page'),
    player.page.getByRole('link', { name: /Evidence of INC-1/ }).click(),
  ])
  await evidence.getByText('rollback.approved').first().waitFor()
  expect(await evidence.locator('article').count()).toBeGreaterThan(8)
  expect(await evidence.locator('body').textContent()).toMatch(/[0-9a-f]{64}/)
})

it('says why a command does not exist, and keeps what was written', async () => {
  const player = await openPage(browser, stage.url)
  await player.write('/deploy')
  await player.page.locator('.toast', { hasText: '/deploy is not a valid command.' }).waitFor()
  expect(await player.page.locator('#write textarea').inputValue()).toBe('/deploy')
})
