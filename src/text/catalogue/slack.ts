import { defineTexts } from './define.ts'

export const slack = defineTexts({
  'slack.unreachable': {
    en: 'Slack does not answer ({detail}). Nothing is lost: what is due is sent as soon as it does.',
    zh: 'Slack 没有响应（{detail}）。内容不会丢失，恢复后会补发。',
  },
  'slack.unreadable': {
    en: 'Slack answered {method} with something unreadable. A proxy may stand between.',
    zh: 'Slack 对 {method} 的应答无法识别，中间可能有代理。',
  },
  'slack.busy': {
    en: 'Slack asks for a pause of {wait}; it is sent again by itself.',
    zh: 'Slack 要求暂停 {wait}，之后会自动重发。',
  },
  'slack.token': {
    en: 'Slack refuses the token ({error}). Reinstall the app to the workspace and set the new token.',
    zh: 'Slack 拒绝了令牌（{error}）。请把应用重新安装到工作区，并更新令牌。',
  },
  'slack.scope': {
    en: 'The Slack app lacks the scope {scope}. Add it under “OAuth & Permissions” and reinstall the app.',
    zh: 'Slack 应用缺少权限 {scope}。请在 “OAuth & Permissions” 中添加，并重新安装应用。',
  },
  'slack.channel': {
    en: 'The bot cannot write in {channel} ({error}). Invite it there: /invite @astern',
    zh: '机器人无法在 {channel} 发消息（{error}）。请在该频道执行 /invite @astern。',
  },
  'slack.archived': {
    en: 'The channel {channel} is archived. Unarchive it or name another one in the configuration.',
    zh: '频道 {channel} 已归档。请取消归档，或在配置中改用其他频道。',
  },
  'slack.gone': {
    en: 'That message or thread is no longer there ({error}).',
    zh: '这条消息或话题已不存在（{error}）。',
  },
  'slack.blocks': {
    en: 'Slack cannot show this card ({error}). Please report this as a bug of Astern, with the log line.',
    zh: 'Slack 无法显示这张卡片（{error}）。这是 Astern 的缺陷，请附上日志反馈。',
  },
  'slack.person': {
    en: 'Slack does not let the bot reach {user} ({error}).',
    zh: 'Slack 不允许机器人联系 {user}（{error}）。',
  },
  'slack.restricted': {
    en: 'A setting of the workspace forbids {method} ({error}). Ask a workspace admin.',
    zh: '工作区设置不允许 {method}（{error}）。请联系工作区管理员。',
  },
  'slack.refused': {
    en: 'Slack refused {method}: {error}.',
    zh: 'Slack 拒绝了 {method}：{error}。',
  },
  'slack.tenant': {
    en: 'The token belongs to workspace {found}, the configuration names {wanted}. Correct chat.slack.tenant or the token.',
    zh: '令牌属于工作区 {found}，配置写的是 {wanted}。请更正 chat.slack.tenant 或令牌。',
  },
  'slack.aborted': {
    en: 'Stopped while waiting for Slack.',
    zh: '等待 Slack 时被中止。',
  },
  'slack.connected': {
    en: 'Connected to Slack workspace {team} as {bot}.',
    zh: '已连接 Slack 工作区 {team}，身份 {bot}。',
  },
  'slack.socket-works': {
    en: 'Socket Mode works with the app-level token.',
    zh: 'Socket Mode 可用，应用级令牌有效。',
  },
  'slack.http': {
    en: 'HTTP mode: whether Slack reaches /slack/events is seen with the first delivery.',
    zh: 'HTTP 模式：首次投递时才能确认 Slack 能访问 /slack/events。',
  },
  'slack.scope-missing': {
    en: 'The scope {scope} is missing. Add it under “OAuth & Permissions” and reinstall the app.',
    zh: '缺少权限 {scope}。请在 “OAuth & Permissions” 中添加，并重新安装应用。',
  },
  'slack.scopes-works': {
    en: 'All {count} scopes are granted.',
    zh: '{count} 项权限均已授予。',
  },
  'slack.scopes-unknown': {
    en: 'Slack did not say which scopes the token has.',
    zh: 'Slack 没有返回令牌的权限列表。',
  },
  'slack.alert-channel': {
    en: 'Alert apps: the bot is in {channel}.',
    zh: '告警应用：机器人已在 {channel} 中。',
  },
  'slack.alert-channel-not-in': {
    en: 'Alert apps: the bot is not in {channel} and hears nothing there. Invite it: `/invite @astern`.',
    zh: '告警应用：机器人不在 {channel} 中，收不到告警。请邀请它：`/invite @astern`。',
  },
  'slack.alert-channel-shared': {
    en: 'Alert apps: {channel} is shared with another organisation, and what is posted there is not taken. Name a channel of your own under `chat.slack.alertApps`.',
    zh: '告警应用：{channel} 与其他组织共享，其中的消息不会采信。请在 `chat.slack.alertApps` 中改用自己的频道。',
  },
  'slack.alert-channel-unknown': {
    en: 'Alert apps: the bot sees no channel {channel}. If it is private, invite the bot; else correct `chat.slack.alertApps`.',
    zh: '告警应用：机器人看不到频道 {channel}。私有频道请先邀请机器人，否则请更正 `chat.slack.alertApps`。',
  },
  'slack.alert-events': {
    en: 'Alert apps: Slack does not tell whether the events `message.channels` and `message.groups` are on. They stand under “Event Subscriptions”; without them no alert arrives.',
    zh: '告警应用：Slack 不提供事件订阅状态，请在 “Event Subscriptions” 中确认已开启 `message.channels` 和 `message.groups`，否则收不到告警。',
  },
  'slack.document': {
    en: '📄 {title}: write below Astern’s lines; those it keeps up to date.',
    zh: '📄 {title}：请写在 Astern 的内容下方，它写的行会自动更新。',
  },
  'slack.document-file': {
    en: '{title} is in the thread as a Markdown file; this workspace lets the bot write no canvas.',
    zh: '{title} 以 Markdown 文件发在话题中；此工作区不允许机器人写画布。',
  },
})
