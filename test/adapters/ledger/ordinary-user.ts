import { openLedger } from '../../../src/adapters/ledger/sqlite/open.ts'
import { verifyLedger } from '../../../src/adapters/ledger/sqlite/verify.ts'
import { systemClock } from '../../../src/adapters/system/clock.ts'
import { Fault } from '../../../src/core/fault.ts'
import type { Log } from '../../../src/ports/log.ts'
import { seededChance } from '../../kit/seeded-chance.ts'

/** Run as a process of its own, as somebody who may not write the file: prints what came of it as JSON. */
const [what, file = ''] = process.argv.slice(2)
const nothing = () => {}
const log: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing, child: () => log }
const work = async (): Promise<unknown> => {
  if (what === 'verify') return await verifyLedger(file, { publicKeys: [], witnesses: [] })
  await openLedger({ file, clock: systemClock, chance: seededChance(), log, templateKey: new Uint8Array(32) })
  return 'opened'
}
const answer = await work().catch((error: unknown) =>
  error instanceof Fault ? { code: error.code, cause: String(error.cause) } : String(error),
)
process.stdout.write(JSON.stringify(answer))
