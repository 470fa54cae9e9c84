import { rmSync } from 'node:fs'
import { startPlayground } from '../playground/world.ts'
import { startBot } from './bot.ts'
import { embeddedConfig } from './embedded.ts'
import type { Given } from './given.ts'

const ledgerFile = '.astern/playground.db'

/** The bot with a workspace, two clusters and a shop of its own, and the page to play on, until somebody stops it. */
export async function play(given: Given): Promise<number> {
  const { platform } = given
  const host = given.host ?? '127.0.0.1'
  const port = given.port ?? 7400
  const url = `http://${host}:${port}`
  const playground = await startPlayground({ seed: given.seed ?? 1, speed: given.speed ?? 1, url })
  // The playground's workspace and clusters begin anew at each start; a ledger that remembers others would only confuse.
  const file = given.ledger ?? ledgerFile
  if (!given.ledger) for (const end of ['', '-wal', '-shm', '.key', '.lock']) rmSync(file + end, { force: true })
  const live = await embeddedConfig(playground)
  const bot = await startBot({
    live,
    platform,
    ledgerFile: file,
    host,
    port,
    fallback: (request, response) => playground.handle(request, response),
  })
  playground.alertsTo(bot.url)
  given.print(`Astern's playground: ${bot.url}`)
  given.print(
    'Ship a bad release on the right, and wait for its alert or type /rollback checkout-svc on the left. Ctrl-C stops it.',
  )
  given.print(
    'To rehearse it: /drill start bad-release breaks the checkout, /drill start false-alarm only says that something is broken.',
  )
  await given.stopped
  await bot.close()
  await playground.close()
  return 0
}
