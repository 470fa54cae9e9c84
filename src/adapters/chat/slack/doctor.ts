import { z } from 'zod'
import { Fault } from '../../../core/fault.ts'
import type { ChatGiven } from '../../../ports/adapter.ts'
import type { Finding } from '../../../ports/effector.ts'
import { wording } from '../../../text/say.ts'
import { Api } from './api.ts'
import type { SlackConfig } from './config.ts'
import { checkTenant } from './introduce.ts'

/** Every scope the bot uses; `deploy/slack/manifest.yaml` asks for exactly these, its README says what each is for. */
export const scopes: readonly string[] = [
  'app_mentions:read',
  'bookmarks:read',
  'bookmarks:write',
  'canvases:read',
  'canvases:write',
  'channels:history',
  'channels:manage',
  'channels:read',
  'chat:write',
  'commands',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'im:write',
  'pins:write',
  'reactions:read',
  'usergroups:write',
  'users:read',
]

/** Connects and says what works and what is missing. Whether the bot is in a channel is seen when it writes there. */
export async function diagnose(
  parts: { readonly api: Api; readonly config: SlackConfig; readonly given: ChatGiven },
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { api, config } = parts
  return [
    ...(await found('slack.token', async () => {
      const self = await api.self(signal)
      checkTenant(self, config.tenant)
      const granted = self.response_metadata?.scopes
      const connected = works('slack.connected', wording('slack.connected', { team: self.team, bot: self.user }))
      return [connected, ...(granted ? scopeFindings(granted) : [unknownScopes])]
    })),
    ...(await found('slack.socket', () => transport(parts, signal))),
  ]
}

const works = (code: string, text: Finding['wording']): Finding => ({ code, wording: text, state: 'works' })
const unknownScopes: Finding = {
  code: 'slack.scopes',
  wording: wording('slack.scopes-unknown'),
  state: 'unknown',
}

function scopeFindings(granted: readonly string[]): Finding[] {
  const missing = scopes.filter((scope) => !granted.includes(scope))
  if (missing.length === 0) return [works('slack.scopes', wording('slack.scopes-works', { count: scopes.length }))]
  return missing.map((scope) => ({
    code: `slack.scope.${scope}`,
    wording: wording('slack.scope-missing', { scope }),
    state: 'missing',
  }))
}

async function transport(
  { config, given }: { readonly config: SlackConfig; readonly given: ChatGiven },
  signal: AbortSignal,
): Promise<Finding[]> {
  if (config.mode === 'http') return [{ code: 'slack.http', wording: wording('slack.http'), state: 'unknown' }]
  const token = config.appToken.reveal()
  const app = new Api({ ...given, token, apiUrl: config.apiUrl, secrets: [token] })
  await app.call('apps.connections.open', {}, z.object({ url: z.string() }), signal)
  return [works('slack.socket', wording('slack.socket-works'))]
}

async function found(code: string, look: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await look()
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return [{ code, wording: error.hint, state: error.retry === 'no' ? 'missing' : 'unknown' }]
  }
}
