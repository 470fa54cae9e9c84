#!/usr/bin/env -S node --max-semi-space-size=4
// A small young generation: its collections hold up what Slack waits for by 1 ms instead of 5 to 15, at 500 commands a second.
import { readFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { keepRoomInHeap } from './adapters/system/heap.ts'
import { systemPlatform } from './adapters/system/index.ts'
import { logLevels } from './adapters/system/log.ts'
import { Fault } from './core/fault.ts'
import { run, usage } from './main/commands.ts'
import type { Given } from './main/given.ts'
import { plain, sayWording } from './text/say.ts'

/** The command line: the only reader of the environment and the arguments. */
async function main(): Promise<number> {
  const options = {
    config: { type: 'string' },
    ledger: { type: 'string' },
    witness: { type: 'string', multiple: true },
    key: { type: 'string', multiple: true },
    seed: { type: 'string' },
    speed: { type: 'string' },
    kubeconfig: { type: 'string' },
    context: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    format: { type: 'string' },
    service: { type: 'string' },
    lang: { type: 'string' },
    chat: { type: 'string' },
    alert: { type: 'boolean' },
    drill: { type: 'boolean' },
    at: { type: 'string' },
    json: { type: 'boolean' },
    in: { type: 'string' },
    as: { type: 'string' },
    reason: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  } as const
  const { values, positionals } = parseArgs({ options, allowPositionals: true, strict: true })
  const { env } = process
  if (values.help) {
    process.stdout.write(`${usage}\n`)
    return 0
  }
  const config = values.config ?? env.ASTERN_CONFIG ?? null
  const given: Given = {
    words: positionals,
    config,
    ledger: values.ledger ?? env.ASTERN_LEDGER ?? null,
    witnesses: values.witness ?? [],
    keys: values.key ?? [],
    seed: numberOf('--seed', values.seed),
    speed: numberOf('--speed', values.speed),
    kubeconfig: values.kubeconfig ?? null,
    context: values.context ?? null,
    from: values.from ?? null,
    to: values.to ?? null,
    format: values.format ?? null,
    service: values.service ?? null,
    language: values.lang ?? null,
    chat: values.chat ?? null,
    alert: values.alert ?? false,
    drill: values.drill ?? false,
    at: values.at ?? null,
    json: values.json ?? false,
    in: values.in ?? null,
    as: values.as ?? null,
    reason: values.reason ?? null,
    user: userInfo().username,
    host: env.HOST ?? null,
    port: numberOf('PORT', env.PORT),
    platform: systemPlatform({
      log: {
        level: logLevels.find((level) => level === env.LOG) ?? 'info',
        format: process.stderr.isTTY ? 'pretty' : 'json',
        write: (line) => process.stderr.write(line),
      },
    }),
    readSecret: (source) => {
      if ('env' in source) return env[source.env] ?? null
      return readFileSync(resolve(config ? dirname(config) : '.', source.file), 'utf8')
    },
    print: (line) => process.stdout.write(`${line}\n`),
    write: (text) => process.stdout.write(text),
    onReload: (reload) => process.on('SIGHUP', reload),
    stopped: new Promise((stop) => {
      for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => stop())
    }),
  }
  return run(given)
}

function numberOf(name: string, text: string | undefined): number | null {
  if (text === undefined || text === '') return null
  const number = Number(text)
  if (!Number.isFinite(number) || number < 0) throw new TypeError(`${name} takes a number, not “${text}”`)
  return number
}

keepRoomInHeap()
try {
  process.exitCode = await main()
} catch (cause) {
  process.exitCode = 1
  if (cause instanceof Fault) process.stderr.write(`${plain(sayWording('en', cause.hint))} (${cause.code})\n`)
  else if (cause instanceof TypeError) process.stderr.write(`${cause.message}\n${usage}\n`)
  else throw cause
}
