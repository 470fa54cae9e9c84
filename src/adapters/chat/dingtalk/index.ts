import { defineChatAdapter } from '../../../ports/adapter.ts'
import { dingtalkConfig } from './config.ts'

export const dingtalk = defineChatAdapter({
  port: 'chat',
  id: 'dingtalk',
  title: 'DingTalk',
  config: dingtalkConfig,
  // Only who uses DingTalk pays for its SDK.
  open: async (config, given) => (await import('./connection.ts')).openDingtalk(config, given),
})
