import type { Language } from '../../text/language.ts'
import { handTexts } from './hand-texts.ts'

export type DrillTexts = typeof en

const en = {
  ...handTexts.en,
  planned: (drill: string, at: string) => `${drill} is planned by itself for ${at}; the clock is put forward`,
  week: 'a week before: its channel is told, with who is on duty then',
  day: 'a day before: told again',
  hour: 'an hour before: told again',
  begins: 'it begins, and says so',
  broken: 'a bad release is on every workload of its scope, says the API server',
  alerted: 'the shop’s alert opened an incident of the drill; nobody typed a word',
  marked: 'its card says that it is a drill, and names the bad release as the suspect',
  offered: 'and offers what ran before, for both regions',
  reason: 'alert on the checkout',
  waiting: 'the live card says drill, too',
  back: 'every workload runs what it ran before, says the API server',
  verified: 'restored: checked in each region',
  over: 'the drill is over',
  put: 'all is as it was before, compared with what stood',
  scored: 'it was scored: passed',
  asked: '/drill score shows how the checkout did',
  everything: 'its cards and the page on Tom’s phone said DRILL',
  end: (fromFault: string) => `the drill is over: from the fault to verified in ${fromFault}`,
}

const zh: typeof en = {
  ...handTexts['zh-CN'],
  planned: (drill, at) => `已自动计划演练 ${drill}（${at}），时钟快进`,
  week: '提前一周：群内通知，并说明届时值班人',
  day: '提前一天：再次通知',
  hour: '提前一小时：再次通知',
  begins: '演练开始，群内通知',
  broken: 'API server 确认：范围内的工作负载都已换成坏版本',
  alerted: '商店告警自动创建了演练故障，没有人输入任何命令',
  marked: '卡片标明是演练，并指出坏版本为可疑版本',
  offered: '并给出两个区域之前运行的版本',
  reason: '结账服务告警',
  waiting: '回滚卡片也标明是演练',
  back: 'API server 确认：所有工作负载都回到演练前的版本',
  verified: '已恢复：每个区域都检查通过',
  over: '演练结束',
  put: '已恢复到演练前的状态，并逐一比对',
  scored: '已评分：通过',
  asked: '“演练 评分”显示结账服务的成绩',
  everything: '卡片和 Tom 手机上的呼叫都标注了“演练”',
  end: (fromFault) => `演练结束：从故障到验证用时 ${fromFault}`,
}

/** What the tour of a drill prints. */
export const drillTexts = (language: Language): typeof en => (language === 'zh-CN' ? zh : en)
