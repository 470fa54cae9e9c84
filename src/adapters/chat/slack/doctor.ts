import { z } from 'zod'
import { Fault } from '../../../core/fault.ts'
import type { ChatGiven } from '../../../ports/adapter.ts'
import type { Finding } from '../../../ports/effector.ts'
import { wording } from '../../../text/say.ts'
import { Api } from './api.ts'
import type { SlackConfig } from './config.ts'
import { slackError } from './faults.ts'
import { checkTenant } from './introduce.ts'
import { channelAnswer } from './wire.ts'

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

/** Connects and says what works and what is missing. Whether the bot is in a team's channel is seen when it writes there. */
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
    ...(await alertFindings(parts, signal)),
  ]
}

/** Where apps post alerts the bot only listens: nothing else would say that it hears nothing. */
async function alertFindings(
  { api, config }: { readonly api: Api; readonly config: SlackConfig },
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const channels = [...new Set(config.alertApps.flatMap((app) => app.channels))]
  if (channels.length === 0) return []
  const code = 'slack.alert-channel'
  const looked = channels.map((channel) =>
    found(code, async () => {
      const state = await standing(api, channel, signal)
      if (state === 'in') return [works(code, wording(code, { channel }))]
      return [{ code: `${code}.${state}`, wording: wording(`${code}-${state}`, { channel }), state: 'missing' }]
    }),
  )
  const events: Finding = { code: 'slack.alert-events', wording: wording('slack.alert-events'), state: 'unknown' }
  return [...(await Promise.all(looked)).flat(), events]
}

async function standing(
  api: Api,
  channel: string,
  signal: AbortSignal,
): Promise<'in' | 'not-in' | 'shared' | 'unknown'> {
  try {
    const { is_member, is_ext_shared } = (await api.call('conversations.info', { channel }, channelAnswer, signal))
      .channel
    return !is_member ? 'not-in' : is_ext_shared ? 'shared' : 'in'
  } catch (error) {
    if (error instanceof Fault && slackError(error) === 'channel_not_found') return 'unknown'
    throw error
  }
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
