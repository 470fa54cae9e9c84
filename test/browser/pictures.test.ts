import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, it, onTestFinished } from 'vitest'
import { openBrowser, openPage } from './kit/browser.ts'
import { openStage } from './kit/stage.ts'

const folder = 'deploy/pictures'
const schemes = ['light', 'dark'] as const
/** So that the plot shows what was before. */
const burningMs = 10_000
const size = { width: 1440, height: 900 }
const pictureOf = (scheme: string): string => `${folder}/playground-${scheme}.png`
const digestFile = `${folder}/playground.sha256`

/** Of what the pictures show: the page's own files. */
function digest(): string {
  const sources = 'src/playground/page/browser'
  const hash = createHash('sha256')
  for (const name of readdirSync(sources).sort()) hash.update(name).update(readFileSync(`${sources}/${name}`))
  return `${hash.digest('hex')}\n`
}

/** Takes them: the restored card in the incident's channel, the shop beside it. */
async function take(): Promise<void> {
  const [browser, stage] = await Promise.all([openBrowser(), openStage({ speed: 1 })])
  onTestFinished(async () => {
    await browser.close()
    await stage.close()
  })
  const player = await openPage(browser, stage.url, { as: 'U0LIN00001', viewport: size })
  const { page } = player
  await player.button('No, thanks').click()
  await player.breakCheckout()
  await page.locator('.place.burning').nth(1).waitFor()
  await page.waitForTimeout(burningMs)
  await player.askForRollback()
  await player.become('Tom')
  await player.open(/inc-/)
  await player.approve()
  await player.restored()
  await page.locator('#chat-head .chip', { hasText: 'Post-mortem' }).waitFor()
  await player.messages.getByText('is yours, due').waitFor()
  await page.locator('.place.burning').waitFor({ state: 'detached' })
  await player.card.locator('img').waitFor()
  await page.mouse.move(700, 880)
  mkdirSync(folder, { recursive: true })
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme })
    await page.screenshot({ path: pictureOf(colorScheme), animations: 'disabled' })
  }
  writeFileSync(digestFile, digest())
}

if (process.env.UPDATE === '1') it('takes the pictures of the README anew', take, 240_000)

it.each(schemes)('has a %s picture of the page as it is now; UPDATE=1 takes it anew', (scheme) => {
  const png = readFileSync(pictureOf(scheme))
  // The header chunk comes first: https://www.w3.org/TR/png-3/#11IHDR
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  expect({ width: png.readUInt32BE(16), height: png.readUInt32BE(20) }).toEqual(size)
  expect(png.length).toBeGreaterThan(50_000)
  expect(readFileSync(digestFile, 'utf8')).toBe(digest())
  for (const readme of ['README.md', 'README.zh-CN.md'])
    expect(readFileSync(readme, 'utf8')).toContain(pictureOf(scheme))
})
