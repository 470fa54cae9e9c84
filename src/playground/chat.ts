import { userSetups, usersOf } from './people.ts'
import { startSlack, type Workspace } from './slack/index.ts'

export const tenant = 'T0ASTERN01'
const bot = 'U0ASTERN01'

export const paymentChannel = 'C0PAYMENT1'
export const webChannel = 'C0WEBTEAM1'
export const oncallGroup = 'S0PAYONCAL'

/** The scopes that the bot's manifest asks for. */
export const scopes = [
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
] as const

/** What the composer completes. */
export const commands = [
  { command: '/rollback', usage: 'SERVICE [to VERSION] [in ENV | REGION | ENV/REGION]' },
  { command: '/versions', usage: 'SERVICE' },
  { command: '/incident', usage: 'open SERVICE TITLE | list | show INCIDENT | close INCIDENT NOTE' },
  { command: '/note', usage: '[INCIDENT] TEXT' },
  { command: '/postmortem', usage: '[INCIDENT]' },
  { command: '/oncall', usage: '[SERVICE] | mine | why | override | swap | cover | list' },
  { command: '/freeze', usage: 'SERVICE|REGION|all from … to … reason …' },
  { command: '/drill', usage: 'list | plan SCENARIO | start SCENARIO | stop DRILL | score [SERVICE]' },
  { command: '/audit', usage: '[SERVICE|PERSON|INCIDENT] [since …]' },
  { command: '/runbook', usage: 'SERVICE' },
  { command: '/readiness', usage: '[SERVICE]' },
  { command: '/astern-help', usage: '' },
] as const

/** Opens the company's workspace with the bot installed. */
export function openChat(of: {
  readonly seed: number
  readonly now: () => number
  readonly botToken: string
  readonly appToken: string
}): Promise<Workspace> {
  const everybody = usersOf('mei', 'tom', 'ana', 'lin', 'kai')
  return startSlack({
    team: { id: tenant, domain: 'shop', name: 'Shop' },
    users: [...userSetups, { id: bot, name: 'astern', realName: 'Astern', isBot: true }],
    channels: [
      {
        id: paymentChannel,
        name: 'payment',
        members: [...everybody, bot],
        topic: 'checkout-svc and payment-svc',
      },
      { id: webChannel, name: 'web', members: [...usersOf('lin', 'mei', 'ana'), bot], topic: 'storefront' },
      { id: 'C0GENERAL1', name: 'general', members: [...usersOf('mei', 'tom', 'ana', 'lin'), bot] },
    ],
    usergroups: [{ id: oncallGroup, handle: 'payment-oncall', name: 'Payment on call', users: usersOf('ana') }],
    app: {
      appId: 'A0ASTERN01',
      botUserId: bot,
      botId: 'B0ASTERN01',
      botToken: of.botToken,
      appToken: of.appToken,
      signingSecret: 'unused-in-socket-mode',
      scopes: [...scopes],
      commands: commands.map(({ command }) => ({ command, shouldEscape: true })),
      events: ['app_mention', 'app_home_opened', 'user_change', 'reaction_added', 'reaction_removed'],
    },
    seed: of.seed,
    now: of.now,
  })
}
