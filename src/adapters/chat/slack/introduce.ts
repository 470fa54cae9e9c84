import { Fault } from '../../../core/fault.ts'
import type { Platform } from '../../../ports/adapter.ts'
import type { Api, Self } from './api.ts'
import { faultOf } from './faults.ts'

const firstWaitMs = 500
const longestWaitMs = 30_000

/** Refuses a token of another workspace: its people would be strangers, and its channels not ours. */
export function checkTenant(self: Self, tenant: string): void {
  if (self.team_id === tenant || self.enterprise_id === tenant) return
  throw faultOf('slack.wrong-tenant', 'no', 'slack.tenant', { found: self.team_id, wanted: tenant })
}

/** Asks Slack who we are until it answers; rejects when it refuses the token or the workspace is another one. */
export async function introduce(api: Api, tenant: string, given: Platform, signal: AbortSignal): Promise<void> {
  for (let wait = firstWaitMs; ; wait = Math.min(longestWaitMs, wait * 2)) {
    try {
      checkTenant(await api.self(signal), tenant)
      return
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof Fault) || error.retry === 'no') throw error
      given.log.warn('Slack cannot be reached yet', { code: error.code })
      await given.clock.sleep(Math.max(wait * (0.5 + given.chance.number()), error.retryAfterMs ?? 0), signal)
    }
  }
}
