import { setTimeout as pause } from 'node:timers/promises'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser, openPage } from './kit/browser.ts'
import { openStage, type Stage } from './kit/stage.ts'

const tries = 3
const idleMs = 10_000

/** When something was first seen, in milliseconds since the page was asked for. https://www.w3.org/TR/paint-timing/ */
const firstPaint = `new Promise((resolve) =>
  new PerformanceObserver((list) => {
    const found = list.getEntriesByName('first-contentful-paint')[0]
    if (found) resolve(found.startTime)
  }).observe({ type: 'paint', buffered: true }))`

let browser: Browser
let stage: Stage

beforeAll(async () => {
  ;[browser, stage] = await Promise.all([openBrowser(), openStage({ speed: 1 })])
})

afterAll(async () => {
  await browser?.close()
  await stage?.close()
})

it('paints within a second', async () => {
  const paints: number[] = []
  for (let at = 0; at < tries; at += 1) {
    const { page } = await openPage(browser, stage.url)
    paints.push(Number(await page.evaluate(firstPaint)))
  }
  expect(Math.min(...paints)).toBeLessThan(1000)
})

it('takes under 5 % of a core with traffic switched off: playground, bot and an open page', async () => {
  const { page } = await openPage(browser, stage.url)
  await page.getByRole('switch', { name: 'Traffic' }).click()
  await pause(2000)
  const before = process.cpuUsage()
  await pause(idleMs)
  const { user, system } = process.cpuUsage(before)
  expect((user + system) / 1000 / idleMs).toBeLessThan(0.05)
})
