import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { slackConfig } from '../../../../src/adapters/chat/slack/config.ts'
import {
  type Bot,
  openBot,
  setup,
  shared,
  signingSecret,
  startSlack,
  team,
  tenant,
  type Workspace,
} from '../../../kit/slack/workspace.ts'

let workspace: Workspace
let bot: Bot

beforeEach(async () => {
  workspace = await startSlack(setup())
  bot = await openBot(workspace, { mode: 'http', alertApps: [{ app: 'A0ALERTS00', channels: [team], labels: {} }] })
  await bot.listen()
})
afterEach(async () => {
  await bot.stop()
  await workspace.close()
})

let count = 0
/** One event, signed as Slack signs it. */
async function said(event: object, more: object = {}): Promise<number> {
  const body = JSON.stringify({
    token: 'verification',
    team_id: tenant,
    api_app_id: 'A0ASTERN00',
    type: 'event_callback',
    event_id: `Ev${count++}`,
    event_time: 1_772_422_320,
    event: {
      type: 'message',
      subtype: 'bot_message',
      channel: team,
      channel_type: 'channel',
      ts: `1772422320.00000${count}`,
      bot_id: 'B0ALERTS00',
      bot_profile: { id: 'B0ALERTS00', app_id: 'A0ALERTS00', name: 'Alertmanager' },
      text: '',
      ...event,
    },
    ...more,
  })
  const at = String(Math.floor(Date.now() / 1000))
  const mac = createHmac('sha256', signingSecret).update(`v0:${at}:${body}`).digest('hex')
  const headers = {
    'content-type': 'application/json',
    'x-slack-request-timestamp': at,
    'x-slack-signature': `v0=${mac}`,
  }
  const handler = bot.routes.get('/slack/events')
  if (!handler) throw new TypeError('no route')
  return (await handler({ headers, body: new TextEncoder().encode(body), signal: new AbortController().signal })).status
}
const alerts = () => bot.received.map(({ deed }) => (deed.kind === 'alert-message' ? deed.alerts : []))

/** The default layouts: Alertmanager's notify/slack with default.tmpl, Grafana's Slack contact point. */
const alertmanager = (status: 'FIRING:1' | 'RESOLVED', color: string) => ({
  attachments: [
    {
      fallback: `[${status}] HighErrorRate checkout-svc | http://am.example`,
      title: `[${status}] HighErrorRate checkout-svc`,
      title_link: 'http://am.example/#/alerts?receiver=slack',
      text: '',
      color,
    },
  ],
})
const grafana = {
  attachments: [
    {
      title: '[FIRING:1] HighErrorRate (checkout-svc eu-1)',
      title_link: 'http://grafana.example/alerting/grafana/x/view',
      text: '*Firing*\n\nValue: A=0.41\nLabels:\n - alertname = HighErrorRate\n - region = eu-1\n - service = checkout-svc\nAnnotations:\n - summary = 5xx &gt; 5 %',
      color: '#D63232',
    },
  ],
}

test('Alertmanager’s messages are one alert that fires and ends', async () => {
  expect(await said(alertmanager('FIRING:1', 'danger'))).toBe(200)
  expect(await said(alertmanager('RESOLVED', 'good'))).toBe(200)
  const [[fired], [ended]] = alerts() as never as [{ [key: string]: unknown }[], { [key: string]: unknown }[]]
  expect(fired).toMatchObject({
    fingerprint: 'HighErrorRate checkout-svc',
    name: 'HighErrorRate checkout-svc',
    status: 'firing',
    undated: true,
    link: 'http://am.example/#/alerts?receiver=slack',
  })
  expect(ended).toMatchObject({ fingerprint: 'HighErrorRate checkout-svc', status: 'resolved' })
  expect(bot.received[0]).toMatchObject({ place: { channel: team }, deed: { source: 'slack-A0ALERTS00' } })
})

test('Grafana’s message tells its labels', async () => {
  await said(grafana)
  expect(alerts()).toMatchObject([[{ labels: { service: 'checkout-svc', region: 'eu-1' }, status: 'firing' }]])
})

test.each<[string, object, object?]>([
  [
    'a person’s message',
    {
      subtype: undefined,
      bot_id: undefined,
      bot_profile: undefined,
      user: 'U0EVE00000',
      text: '[FIRING:1] HighErrorRate',
    },
  ],
  ['another app’s', { ...grafana, bot_profile: { app_id: 'A0OTHER000' } }],
  ['one in another channel', { ...grafana, channel: 'C0OTHER000' }],
  ['one in a channel shared with others', { ...grafana, channel: shared }, { is_ext_shared_channel: true }],
  ['a reply', { ...grafana, thread_ts: '1772422300.000001' }],
  ['an edit', { ...grafana, subtype: 'message_changed' }],
  ['one that is no alert', { attachments: [{ title: 'Weekly report', text: 'all well' }] }],
])('%s is not read', async (_, event, more) => {
  await said(event, more)
  expect(bot.received).toEqual([])
})

test('what an app must be named by', () => {
  const config = { tenant: 'T0A', mode: 'socket', botToken: { env: 'A' }, appToken: { env: 'B' } }
  const read = (alertApps: unknown) => slackConfig.safeParse({ ...config, alertApps }).success
  expect(read([{ app: 'A0ALERTS00', channels: ['C0PAYMENT0'], key: 'id=(\\w+)' }])).toBe(true)
  expect(read([{ app: 'Alertmanager', channels: ['C0PAYMENT0'] }])).toBe(false)
  expect(read([{ app: 'A0ALERTS00', channels: [] }])).toBe(false)
  expect(read([{ app: 'A0ALERTS00', channels: ['C0PAYMENT0'], key: '(' }])).toBe(false)
})
