import { readFile } from 'node:fs/promises'
import { type Loaded, loadConfig } from '../../src/config/load.ts'
import type { SecretSource } from '../../src/ports/secret.ts'
import { adapters } from './adapters.ts'

export const secrets: Readonly<Record<string, string>> = {
  SLACK_BOT_TOKEN: 'xoxb-hush',
  SLACK_APP_TOKEN: 'xapp-hush',
  REGISTRY_PASSWORD: 'hush-registry',
  PROMETHEUS_TOKEN: 'hush-prometheus',
  DATABASE_CALENDAR: 'https://calendar.example/hush-calendar.ics',
  PAGERDUTY_KEY: 'a1b2c3d4e5f6a1b2c3d4e5f6a1b2c3d4',
  PAGERDUTY_CHECKOUT_KEY: 'b1b2c3d4e5f6a1b2c3d4e5f6a1b2c3d4',
  PAGERDUTY_TOM_KEY: 'c1b2c3d4e5f6a1b2c3d4e5f6a1b2c3d4',
  PAGERDUTY_WEBHOOK_SECRET: 'hush-webhook',
  PAGERDUTY_TOKEN: 'hush-pagerduty',
  ALERTS_TOKEN: 'hush-alerts',
  PAGES_SECRET: 'hush-pages',
  GATE_TOKEN: 'hush-gate',
  EMPTY: '',
  'keys/templates.key': 'hush-templates',
  'keys/checkpoint.pem': 'hush-pem',
  'keys/kubeconfig': 'hush-kubeconfig',
}

export const readSecret = (source: SecretSource): string | null => {
  const name = 'env' in source ? source.env : source.file
  if (name === 'keys/forbidden') throw Object.assign(new Error('not yours'), { code: 'EACCES' })
  return secrets[name] ?? null
}

/** Loads text as the file `astern.yaml`, with the stand-in adapters. */
export const loadText = (text: string): Promise<Loaded> =>
  loadConfig('astern.yaml', { adapters, readSecret, readFile: () => Promise.resolve(text) })

export const loadFile = (file: string): Promise<Loaded> =>
  loadConfig(file, { adapters, readSecret, readFile: (path) => readFile(path, 'utf8') })
