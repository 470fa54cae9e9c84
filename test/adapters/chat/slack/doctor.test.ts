import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { commands } from '../../../../commands/index.ts'
import { defaultSlash, type SlackConfig } from '../../../../src/adapters/chat/slack/config.ts'
import { scopes } from '../../../../src/adapters/chat/slack/doctor.ts'
import { openBot, setup, shared, startSlack, team } from '../../../kit/slack/workspace.ts'

const never = new AbortController().signal

const findings = async (
  granted: readonly string[],
  spoil: Record<string, string> = {},
  mode: 'socket' | 'http' = 'socket',
  apps: SlackConfig['alertApps'] = [],
) => {
  const base = setup()
  const workspace = await startSlack({ ...base, app: { ...base.app, scopes: granted } })
  workspace.inject(({ method }) => (spoil[method] ? { error: spoil[method] } : undefined))
  const bot = await openBot(workspace, { mode, alertApps: apps })
  const found = await bot.connection.doctor(never)
  await bot.stop()
  await workspace.close()
  return found.map(({ code, state, wording }) => [
    code,
    state,
    (code.includes('scope.') ? wording.values?.scope : (wording.values?.error ?? wording.values?.channel)) ?? '',
  ])
}

test('all is well', async () => {
  expect(await findings(scopes)).toEqual([
    ['slack.connected', 'works', ''],
    ['slack.scopes', 'works', ''],
    ['slack.socket', 'works', ''],
  ])
})

test('every missing scope is named', async () => {
  expect(await findings(scopes.filter((scope) => !['users:read', 'pins:write'].includes(scope)))).toEqual([
    ['slack.connected', 'works', ''],
    ['slack.scope.pins:write', 'missing', 'pins:write'],
    ['slack.scope.users:read', 'missing', 'users:read'],
    ['slack.socket', 'works', ''],
  ])
})

test('a refused token and a refused app token are told apart', async () => {
  expect(await findings(scopes, { 'auth.test': 'token_revoked', 'apps.connections.open': 'invalid_auth' })).toEqual([
    ['slack.token', 'missing', 'token_revoked'],
    ['slack.socket', 'missing', 'invalid_auth'],
  ])
})

test('HTTP mode: what cannot be known from here is said', async () => {
  expect((await findings(scopes, {}, 'http')).at(-1)).toEqual(['slack.http', 'unknown', ''])
})

const alertApps = [{ app: 'A0ALERTS', channels: [team, 'C0NOBOT001'], labels: {} }]

test('of apps that post alerts it says where the bot is not, and what Slack does not tell', async () => {
  const apps = [...alertApps, { app: 'A0OTHERS', channels: [team, shared, 'C0GONE0001'], labels: {} }]
  const found = await findings(scopes, {}, 'socket', apps)
  expect(found.slice(3)).toEqual([
    ['slack.alert-channel', 'works', team],
    ['slack.alert-channel.not-in', 'missing', 'C0NOBOT001'],
    ['slack.alert-channel.shared', 'missing', shared],
    ['slack.alert-channel.unknown', 'missing', 'C0GONE0001'],
    ['slack.alert-events', 'unknown', ''],
  ])
})

test('and where Slack does not answer that is said of it, and of nothing else', async () => {
  const found = await findings(scopes, { 'conversations.info': 'internal_error' }, 'socket', alertApps)
  expect(found.slice(3).map(([code, state]) => [code, state])).toEqual([
    ['slack.alert-channel', 'unknown'],
    ['slack.alert-channel', 'unknown'],
    ['slack.alert-events', 'unknown'],
  ])
})

test('the manifest asks for exactly these scopes, events and commands', () => {
  const manifest = parse(readFileSync(new URL('../../../../deploy/slack/manifest.yaml', import.meta.url), 'utf8'))
  expect([...manifest.oauth_config.scopes.bot].sort()).toEqual([...scopes].sort())
  expect(manifest.settings.event_subscriptions.bot_events.sort()).toEqual([
    'app_home_opened',
    'app_mention',
    'reaction_added',
    'reaction_removed',
    'user_change',
  ])
  const slashes = manifest.features.slash_commands.map((one: { command: string }) => one.command)
  expect(slashes.sort()).toEqual(commands.map(({ name }) => defaultSlash(name)).sort())
  for (const one of manifest.features.slash_commands) expect(one.should_escape).toBe(true)
})
