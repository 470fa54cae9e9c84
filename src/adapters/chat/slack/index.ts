import { defineChatAdapter } from '../../../ports/adapter.ts'
import { slackConfig } from './config.ts'
import { openSlack } from './connection.ts'

export const slack = defineChatAdapter({
  port: 'chat',
  id: 'slack',
  title: 'Slack',
  config: slackConfig,
  open: openSlack,
})
