import { createPublicKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { adapters } from '../adapters/index.ts'
import type { AuditReport } from '../adapters/ledger/audit/finding.ts'
import { auditReport } from '../adapters/ledger/audit/report.ts'
import { verifyLedger } from '../adapters/ledger/sqlite/verify.ts'
import { alertWarnings } from '../app/alert-doctor.ts'
import { redacted } from '../config/effective.ts'
import { jsonSchema } from '../config/json-schema.ts'
import { reloadable } from '../config/live.ts'
import { type Loaded, loadConfig } from '../config/load.ts'
import { problemText } from '../config/problem.ts'
import { plain, sayPlain, sayWording } from '../text/say.ts'
import { startBot } from './bot.ts'
import { doctor } from './doctor.ts'
import type { Given } from './given.ts'
import { uncovered } from './uncovered.ts'

export const usage = `astern COMMAND [--config FILE] [--ledger FILE]

  start          the bot; without a configuration, the playground
  playground     a Slack workspace, two clusters and a shop of its own, and a page to play on [--seed N] [--speed X]
  tour           the whole story without a browser [--seed N] [--speed X] [--kubeconfig FILE [--context NAME]]
                 [--chat dingtalk] [--lang zh-CN]; --alert begins with an alert, and nobody types a word;
                 --drill plays a drill, from its announcement to its score
  check          validates the configuration and prints it without secrets
  doctor         connects to everything configured and says what works and what is missing
  audit verify   walks the ledger [--witness POSITION:HASH] [--key PUBLIC-KEY.pem]
  audit export   who did, approved, refused what [--from DAY] [--to DAY] [--format md|csv|jsonl] [--service NAME] [--key …]
  oncall who     who is on call for SCHEDULE, and why [--at INSTANT] [--json]
  runbook        of a SERVICE, as Markdown: who may, who answers, what will be checked [--lang en|zh-CN]
  report         readiness: what each service still lacks to be rolled back at 3 a.m. [--lang en|zh-CN] [--json]
  rollback       on the host, when chat is down: rollback SERVICE --to VERSION --in PLACE --as PERSON --reason TEXT
  schema         JSON Schema of the configuration

  --config FILE  else ASTERN_CONFIG        --ledger FILE  else ASTERN_LEDGER, else the configured one
  PORT and HOST change where it listens; LOG=debug says more`

/** Runs one command; answers with the exit code. */
export async function run(given: Given): Promise<number> {
  const [command = 'start', ...rest] = given.words
  switch (command) {
    case 'start':
      return given.config ? start(given, given.config) : (await import('./play.ts')).play(given)
    case 'playground':
      return (await import('./play.ts')).play(given)
    case 'tour':
      return (await import('./tour.ts')).tour(given)
    case 'check':
      return check(given)
    case 'doctor':
      return withConfig(given, (loaded) => doctor(given, loaded.config))
    case 'audit':
      if (rest[0] === 'verify') return audit(given)
      if (rest[0] === 'export') return exported(given)
      break
    case 'oncall':
      if (rest[0] === 'who') return who(given)
      break
    case 'runbook':
      return printedRunbook(given)
    case 'report':
      if (rest[0] === 'readiness') return printedReadiness(given)
      break
    case 'rollback':
      return fromHost(given)
    case 'schema':
      given.print(JSON.stringify(jsonSchema(adapters), null, 2))
      return 0
  }
  throw new TypeError(`there is no command “${given.words.join(' ')}”`)
}

const load = (given: Given, file: string): Promise<Loaded> =>
  loadConfig(file, { adapters, readFile: (path) => readFile(path, 'utf8'), readSecret: given.readSecret })

async function withConfig(
  given: Given,
  use: (loaded: Extract<Loaded, { ok: true }>) => Promise<number>,
): Promise<number> {
  if (!given.config) throw new TypeError('which configuration? Give --config FILE or set ASTERN_CONFIG')
  const loaded = await load(given, given.config)
  if (loaded.ok) return use(loaded)
  for (const problem of loaded.problems) given.print(problemText(problem))
  return 1
}

/** What a rollback at the host does without, when the shell there has not the secrets of it. */
const besides = ['chat', 'pagers', 'calendars', 'gate']

/** Chat may be down, and its tokens elsewhere: only the secrets of what is rolled back must be there. */
async function fromHost(given: Given): Promise<number> {
  const { hostRollback } = await import('./host-rollback.ts')
  const strict = given.config ? await load(given, given.config) : null
  const missing = strict?.ok === false ? strict.problems : []
  const idle = missing.length > 0 && missing.every(({ path }) => besides.some((part) => path.startsWith(`${part}.`)))
  const readSecret: Given['readSecret'] = (source) => {
    if (!idle) return given.readSecret(source)
    try {
      return given.readSecret(source) ?? 'not there'
    } catch (cause) {
      if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return 'not there'
      throw cause
    }
  }
  return withConfig({ ...given, readSecret }, ({ config }) => hostRollback(given, config))
}

const check = (given: Given): Promise<number> =>
  withConfig(given, async ({ config, digest }) => {
    given.print(redacted(config))
    given.print(`# valid · digest ${digest}`)
    if (config.pagers.size === 0) given.print(`# warning: ${sayPlain('en', 'paging.none')}`)
    for (const service of config.services.values())
      for (const { wording } of alertWarnings(config, service))
        given.print(`# warning: alerts of ${service.name}: ${plain(sayWording('en', wording))}`)
    const now = given.platform.clock.now()
    for (const line of uncovered(config, now, now.add({ hours: 24 * 366 }))) given.print(`# warning: ${line}`)
    return 0
  })

/** Asks for no secret: who is on call can be asked where none is set. */
async function who(given: Given): Promise<number> {
  const { onCallWho } = await import('./oncall-who.ts')
  if (!given.config && !given.ledger)
    throw new TypeError('which configuration? Give --config FILE or set ASTERN_CONFIG, or --ledger FILE')
  if (!given.config) return onCallWho(given, null, given.ledger ?? defaultLedger)
  return withConfig({ ...given, readSecret: () => 'not asked for' }, async ({ config }) =>
    onCallWho(given, config, given.ledger ?? config.ledger.file),
  )
}

/** Asks for no secret: it says who and where, and opens nothing. */
const printedRunbook = (given: Given): Promise<number> =>
  withConfig({ ...given, readSecret: () => 'not asked for' }, async ({ config }) =>
    (await import('./runbook.ts')).printRunbook(given, config, given.ledger ?? config.ledger.file),
  )

/** Asks for no secret, as above. */
const printedReadiness = (given: Given): Promise<number> =>
  withConfig({ ...given, readSecret: () => 'not asked for' }, async ({ config }) =>
    (await import('./readiness.ts')).printReadiness(given, config, given.ledger ?? config.ledger.file),
  )

const start = (given: Given, file: string): Promise<number> =>
  withConfig(given, async ({ config }) => {
    const { platform } = given
    const live = reloadable(config, () => load(given, file))
    const bot = await startBot({
      live,
      platform,
      ledgerFile: given.ledger ?? config.ledger.file,
      host: given.host ?? config.web.host,
      port: given.port ?? config.web.port,
    })
    platform.log.info('astern listens', { url: bot.url, config: config.digest.slice(0, 12) })
    given.onReload(() => void reload())
    async function reload() {
      const next = await live.reload()
      if (next.ok) return
      platform.log.error('configuration was not reloaded; the old one stays in force')
      for (const problem of next.problems) platform.log.error(problemText(problem))
    }
    await given.stopped
    await bot.close()
    return 0
  })

async function audit(given: Given): Promise<number> {
  const { lines, exitCode } = auditReport(await verified(given, await ledgerOf(given)), 'en')
  for (const line of lines) given.print(line)
  return exitCode
}

async function exported(given: Given): Promise<number> {
  const { exportAudit } = await import('./audit-export.ts')
  const file = await ledgerOf(given)
  return exportAudit(given, file, await verified(given, file))
}

function verified(given: Given, file: string): Promise<AuditReport> {
  const witnesses = given.witnesses.map((text) => {
    const [position, hash] = text.split(':')
    if (!/^[1-9]\d*$/.test(position ?? '') || !/^[0-9a-f]{64}$/.test(hash ?? ''))
      throw new TypeError(`--witness takes POSITION:HASH, not “${text}”`)
    return { position: Number(position), hash: hash ?? '' }
  })
  const publicKeys = given.keys.map((path) => createPublicKey(readFileSync(path, 'utf8')))
  return verifyLedger(file, { publicKeys, witnesses })
}

/** Where the ledger lies when nobody says. */
export const defaultLedger = '.astern/ledger.db'

const ledgerOf = async (given: Given): Promise<string> =>
  given.ledger ?? (await configuredLedger(given)) ?? defaultLedger

async function configuredLedger(given: Given): Promise<string | null> {
  const loaded = given.config ? await load(given, given.config) : null
  return loaded?.ok ? loaded.config.ledger.file : null
}
