import { defineChatAdapter } from '../../../ports/adapter.ts'
import { slackConfig } from './config.ts'

export const slack = defineChatAdapter({
  port: 'chat',
  id: 'slack',
  title: 'Slack',
  config: slackConfig,
  // The SDK takes a fifth of a second and 40 MB: only who uses Slack pays for it.
  open: async (config, given) => (await import('./connection.ts')).openSlack(config, given),
})
