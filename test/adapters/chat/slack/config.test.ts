import { describe, expect, test } from 'vitest'
import { defaultSlash, slackConfig } from '../../../../src/adapters/chat/slack/config.ts'

const good = { tenant: 'T0ASTERN1', botToken: { env: 'BOT' }, mode: 'socket', appToken: { env: 'APP' } }

test('the least one needs', () => {
  expect(slackConfig.parse(good)).toMatchObject({ apiUrl: 'https://slack.com/api/', commands: {} })
  const http = { tenant: 'E0ORG1', botToken: { file: '/run/bot' }, mode: 'http', signingSecret: { env: 'SIGN' } }
  expect(slackConfig.safeParse(http).success).toBe(true)
})

describe('each mistake is named at its place', () => {
  test.each<[string, unknown, string, RegExp]>([
    ['a token in the open', { ...good, botToken: 'xoxb-1' }, 'botToken', /env: NAME/],
    ['no app token', { ...good, appToken: undefined }, 'appToken', /env: NAME/],
    ['the other mode’s secret', { ...good, signingSecret: { env: 'X' } }, '', /signingSecret/],
    ['an unknown mode', { ...good, mode: 'rtm' }, 'mode', /socket .*http/],
    ['a mistyped key', { ...good, apiURL: 'https://slack.com/api/' }, '', /apiURL/],
    ['a workspace by its name', { ...good, tenant: 'acme' }, 'tenant', /workspace id/],
    ['an address that is none', { ...good, apiUrl: 'slack.com' }, 'apiUrl', /address/],
    ['a command without its slash', { ...good, commands: { rollback: 'rb' } }, 'commands.rollback', /slash command/],
    ['two commands of one name', { ...good, commands: { a: '/x', b: '/x' } }, 'commands.b', /already means a/],
  ])('%s', (_, config, path, message) => {
    const { error } = slackConfig.safeParse(config)
    const found = error?.issues.map((issue) => [issue.path.join('.'), issue.message])
    expect(found).toHaveLength(1)
    expect(found?.[0]).toEqual([path, expect.stringMatching(message)])
  })
})

test('Slack keeps /help for itself', () => {
  expect([defaultSlash('help'), defaultSlash('rollback')]).toEqual(['/astern-help', '/rollback'])
})
