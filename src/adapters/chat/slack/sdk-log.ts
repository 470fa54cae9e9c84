import { LogLevel, type webApi } from '@slack/bolt'
import type { Log } from '../../../ports/log.ts'

type Logger = NonNullable<webApi.WebClientOptions['logger']>

/**
 * The SDK's log as ours. Its debug lines carry whole requests and payloads, so they are never passed on; the others lose every
 * token and address with a ticket in it.
 */
export function sdkLogger(log: Log, secrets: readonly string[]): Logger {
  const say = (level: 'info' | 'warn' | 'error') => {
    return (...parts: unknown[]) =>
      log[level === 'info' ? 'debug' : level]('Slack SDK', { detail: scrub(parts.map(String).join(' '), secrets) })
  }
  return {
    debug: () => undefined,
    info: say('info'),
    warn: say('warn'),
    error: say('error'),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  }
}

/** Without tokens, and without the query of any address. */
export function scrub(text: string, secrets: readonly string[]): string {
  let clean = text
    .replace(/\bx(?:ox[a-z]|app)-[\w-]+/g, '<secret>')
    .replace(/(\b(?:https?|wss?):\/\/[^\s?]+)\?\S*/g, '$1')
  for (const secret of secrets) clean = clean.replaceAll(secret, '<secret>')
  return clean.slice(0, 500)
}
