import type { Language } from '../../text/language.ts'

const en = {
  connected: 'the bot is connected to DingTalk',
  shipped: (version: string, regions: string) => `${version} is shipped to ${regions}`,
  candidates: 'the card with what runs and what it could go back to',
  form: 'the form that asks why',
  reason: '5xx on the pay button since the release',
  waiting: 'the live card, waiting for approval',
  group: 'an incident group of its own',
  notHer: 'whoever asked may not approve',
  approved: 'another person approves',
  back: 'every workload went back, and every pod runs it, says the API server',
  restored: 'the card says restored',
  postMortem: 'the post-mortem draft, as a file',
  calls: (count: number) => `${count} calls of DingTalk’s interfaces in all`,
  over: (seconds: string) => `the tour is over: from the first command to restored in ${seconds} s`,
}

const zh: typeof en = {
  connected: '机器人已连上钉钉',
  shipped: (version, regions) => `${version} 已发布到 ${regions}`,
  candidates: '卡片：当前版本和可回滚的版本',
  form: '填写回滚原因的表单',
  reason: '发布后支付按钮大量 5xx',
  waiting: '回滚卡片，等待审批',
  group: '专属故障群',
  notHer: '发起人不能自审批',
  approved: '由另一个人审批通过',
  back: 'API server 确认：所有工作负载都已回滚，Pod 全部就绪',
  restored: '卡片显示已恢复',
  postMortem: '复盘草稿已作为文件发出',
  calls: (count) => `全程共调用钉钉接口 ${count} 次`,
  over: (seconds) => `演示结束：从发出命令到恢复用时 ${seconds} 秒`,
}

/** What the tour prints. */
export const tourTexts = (language: Language): typeof en => (language === 'zh-CN' ? zh : en)
