import { Fault } from '../../core/fault.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Log, LogFields } from '../../ports/log.ts'

export const logLevels = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof logLevels)[number]

export interface LogOptions {
  readonly level: LogLevel
  /** `json`: one object a line; `pretty`: for people at a terminal. */
  readonly format: 'json' | 'pretty'
  /** Gets each whole line with its line feed. */
  readonly write: (line: string) => void
}

type Value = LogFields[string]
type Entry = Record<string, Value>

/** What a message of somebody else's may take of a line. */
const foreignLength = 300

/** Writes lines at or above the level. */
export function systemLog(clock: Clock, options: LogOptions, fields: LogFields = {}): Log {
  const lowest = logLevels.indexOf(options.level)
  const line = (level: LogLevel, message: string, more: LogFields | undefined, cause?: unknown) => {
    if (logLevels.indexOf(level) < lowest) return
    const entry = { ...fields, ...more, ...(cause === undefined ? {} : causes(cause)) }
    const at = clock.now().toString({ fractionalSecondDigits: 3 })
    options.write(
      options.format === 'json'
        ? `${JSON.stringify({ at, level, message, ...entry })}\n`
        : `${pretty(at, level, message, entry)}\n`,
    )
  }
  return {
    debug: (message, more) => line('debug', message, more),
    info: (message, more) => line('info', message, more),
    warn: (message, more) => line('warn', message, more),
    error: (message, more, cause) => line('error', message, more, cause),
    child: (more) => systemLog(clock, options, { ...fields, ...more }),
  }
}

/**
 * What may be told of an error: of our own faults the code; of a foreign one its name, code and first line. Never its other
 * properties: vendors' errors carry whole requests with their headers and bodies.
 */
function causes(cause: unknown): Entry {
  const told: string[] = []
  let at = cause
  for (let depth = 0; at !== undefined && depth < 5; depth++) {
    told.push(tell(at))
    at = at instanceof Error ? at.cause : undefined
  }
  return { ...(cause instanceof Fault ? { fault: cause.code, retry: cause.retry } : {}), cause: told.join(' < ') }
}

function tell(cause: unknown): string {
  if (cause instanceof Fault) return `Fault ${cause.code}`
  if (!(cause instanceof Error)) return `a thrown ${typeof cause}`
  const code = 'code' in cause && (typeof cause.code === 'string' || typeof cause.code === 'number') ? cause.code : null
  const first = (cause.message.split('\n', 1)[0] ?? '').slice(0, foreignLength)
  return [cause.name, code, first].filter((part) => part !== null && part !== '').join(' ')
}

function pretty(at: string, level: LogLevel, message: string, entry: Entry): string {
  const pairs = Object.entries(entry)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${typeof value === 'string' ? quoted(value) : String(value)}`)
  return [at.slice(11), level.toUpperCase().padEnd(5), message, ...pairs].join(' ')
}

/** Quoted where a bare word could be misread or move the cursor. */
const quoted = (value: string): string => (/^[\w./:@+-]+$/.test(value) ? value : JSON.stringify(value))
