import { onTestFinished } from 'vitest'
import { systemClock } from '../../src/adapters/system/clock.ts'
import type { Log, LogFields } from '../../src/ports/log.ts'
import { Metrics } from '../../src/web/metrics.ts'
import { startWeb, type Web, type WebOptions } from '../../src/web/server.ts'

export interface StartedWeb extends Web {
  /** Messages of all errors that were logged. */
  readonly errors: readonly string[]
  readonly metrics: Metrics
}

/** The server on a free port of 127.0.0.1, closed when the test ends. */
export async function startedWeb(given: Partial<WebOptions> = {}): Promise<StartedWeb> {
  const errors: string[] = []
  const metrics = new Metrics()
  const web = await startWeb({
    host: '127.0.0.1',
    port: 0,
    clock: systemClock,
    log: errorLog(errors),
    health: { ready: () => ({ ready: true, parts: {} }) },
    metrics,
    ...given,
  })
  onTestFinished(() => web.close())
  return { ...web, errors, metrics }
}

function errorLog(errors: string[]): Log {
  const quiet = () => undefined
  const error = (message: string, _fields?: LogFields) => {
    errors.push(message)
  }
  return { debug: quiet, info: quiet, warn: quiet, error, child: () => errorLog(errors) }
}
