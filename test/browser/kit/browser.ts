import { type Browser, type BrowserContextOptions, chromium } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { Player } from './player.ts'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Debian's Chromium: no browser is downloaded. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags })

/** A page with a memory of its own, closed at the end of the test. Starts as Tom in the payment team's channel. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions & { readonly as?: string; readonly script?: string } = {},
): Promise<Player> {
  const { as = 'U0TOM00001', script, ...rest } = options
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', ...rest })
  onTestFinished(() => context.close())
  if (script !== undefined) await context.addInitScript(script)
  const page = await context.newPage()
  const player = new Player(page)
  await page.goto(`${url}/#as=${as}&in=C0PAYMENT1`)
  await page.locator('#write textarea').waitFor()
  return player
}
