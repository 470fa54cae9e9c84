import { openLedger } from '../../../src/adapters/ledger/sqlite/open.ts'
import { systemChance } from '../../../src/adapters/system/chance.ts'
import { systemClock } from '../../../src/adapters/system/clock.ts'
import type { AppendContext } from '../../../src/ports/ledger.ts'
import type { Log } from '../../../src/ports/log.ts'

/** Run as a process of its own: writes with several writers at once and says each event that was acknowledged, until killed. */
const [file = '', writers = '8', guest = ''] = process.argv.slice(2)
const nothing = () => {}
const log: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing, child: () => log }
const context: AppendContext = { at: '2026-03-02T09:00:00Z', actor: { kind: 'astern' }, config: 'c' }

const { ledger } = await openLedger({
  file,
  clock: systemClock,
  chance: systemChance,
  log,
  templateKey: new Uint8Array(32),
  guest: guest === 'guest',
})
process.stdout.write('open\n')

async function write(stream: string): Promise<never> {
  for (;;) {
    const events = Array.from({ length: 3 }, (_, index) => ({
      type: 'incident.noted' as const,
      v: 1 as const,
      data: { text: `${index} ${'x'.repeat(300)}`, person: null },
    }))
    const appended = await ledger.append([{ stream: `${stream}${guest}`, expected: 'any', events }], context)
    if (appended.status !== 'appended') throw new Error(appended.status)
    const acknowledged = appended.events.map(({ position, hash }) => `${position}:${hash}`)
    process.stdout.write(`${acknowledged.join(' ')}\n`)
  }
}

await Promise.all(Array.from({ length: Number(writers) }, (_, index) => write(`incident/${index}`)))
