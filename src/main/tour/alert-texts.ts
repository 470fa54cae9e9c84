import type { Language } from '../../text/language.ts'
import { handTexts } from './hand-texts.ts'

export type AlertTexts = typeof en

const en = {
  ...handTexts.en,
  shipped: (version: string) => `${version} is shipped, and nobody looks`,
  alerted: 'the alert opened an incident with a place of its own; nobody typed a word',
  suspect: (version: string) => `its card names ${version} as the suspect, and why`,
  offered: 'it burns in both regions now, and the card offers to set both back',
  reason: 'alert on the checkout since the release',
  waiting: 'the live card, with what will be checked: also what fired',
  back: 'every workload went back, and every pod runs it, says the API server',
  verified: 'restored: what fired was asked again in each region, and its numbers are on the card',
  ended: 'Alertmanager says that the alert ended',
  quiet: 'the card of the incident says who restored it; there is still one incident',
  postMortem: 'the post-mortem draft',
  over: (fromFault: string, fromCard: string) =>
    `the tour is over: from the release to restored in ${fromFault} s, from the card to restored in ${fromCard} s`,
}

const zh: typeof en = {
  ...handTexts['zh-CN'],
  shipped: (version) => `${version} 已发布，没有人在看`,
  alerted: '告警自动创建了故障和专属群，没有人输入任何命令',
  suspect: (version) => `卡片指出可疑版本 ${version} 并说明理由`,
  offered: '两个区域都已异常，卡片给出两个区域的回滚按钮',
  reason: '发布后结账服务告警',
  waiting: '回滚卡片，列出将检查的内容，包括触发过的告警',
  back: 'API server 确认：所有工作负载都已回滚，Pod 全部就绪',
  verified: '已恢复：每个区域都复查了触发过的告警，数值在卡片上',
  ended: 'Alertmanager 通知告警已恢复',
  quiet: '故障卡片显示由谁恢复；故障始终只有一个',
  postMortem: '复盘草稿',
  over: (fromFault, fromCard) => `演示结束：从发布到恢复用时 ${fromFault} 秒，从出卡片到恢复用时 ${fromCard} 秒`,
}

/** What the tour of an alert prints. */
export const alertTexts = (language: Language): typeof en => (language === 'zh-CN' ? zh : en)
