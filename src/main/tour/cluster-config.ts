import type { SlackSetup } from '../../playground/slack/index.ts'

export const tourPeople = {
  mei: 'U0MEI00000',
  tom: 'U0TOM00000',
  bot: 'U0ASTERN00',
  channel: 'C0PAYMENT0',
  team: 'T0TOUR0000',
}

const scopes =
  'app_mentions:read bookmarks:write canvases:read canvases:write channels:history channels:manage channels:read chat:write commands files:read files:write groups:history groups:read groups:write im:history im:write pins:read pins:write reactions:read team:read usergroups:read users:read users:read.email bookmarks:read'

/** A workspace of its own, so that the tour needs no account. */
export const tourWorkspace: SlackSetup = {
  team: { id: tourPeople.team, domain: 'tour', name: 'Tour' },
  users: [
    { id: tourPeople.mei, name: 'mei', realName: 'Mei', tz: 'Asia/Shanghai' },
    { id: tourPeople.tom, name: 'tom', realName: 'Tom', tz: 'Europe/London' },
  ],
  channels: [{ id: tourPeople.channel, name: 'payment', members: [tourPeople.mei, tourPeople.tom, tourPeople.bot] }],
  app: {
    appId: 'A0ASTERN00',
    botUserId: tourPeople.bot,
    botId: 'B0ASTERN00',
    botToken: 'xoxb-tour',
    appToken: 'xapp-tour',
    signingSecret: 'tour',
    scopes: scopes.split(' '),
    commands: ['/rollback', '/versions', '/incident', '/postmortem', '/astern-help'],
    events: ['app_mention', 'app_home_opened', 'user_change'],
  },
}

/** The configuration for a namespace of the given cluster. */
export function tourConfig(apiUrl: string, namespace: string, context: string | null): string {
  const account = (user: string) => `accounts: [{ chat: slack, tenant: ${tourPeople.team}, user: ${user} }]`
  const region = (name: string) =>
    `${name}: { targets: { app: { connection: cluster, kind: Deployment, namespace: ${namespace}, name: checkout-svc-${name} } } }`
  return `
chat:
  slack: { tenant: ${tourPeople.team}, mode: socket, botToken: { env: SLACK_BOT_TOKEN }, appToken: { env: SLACK_APP_TOKEN }, apiUrl: "${apiUrl}" }
connections:
  cluster: { adapter: kubernetes, kubeconfig: { env: KUBECONFIG_TOUR }${context ? `, context: ${JSON.stringify(context)}` : ''} }
people:
  mei: { name: Mei, timeZone: Asia/Shanghai, ${account(tourPeople.mei)} }
  tom: { name: Tom, timeZone: Europe/London, ${account(tourPeople.tom)} }
teams:
  payment: { members: [mei, tom] }
policies:
  critical: { propose: [anyone], approve: [owners], approvals: 1, fourEyes: true, expiresAfter: 10m, incident: channel }
services:
  checkout-svc:
    tier: critical
    team: payment
    channels: { slack: ${tourPeople.channel} }
    environments:
      production:
        regions:
          ${region('eu-1')}
          ${region('us-1')}
`
}
