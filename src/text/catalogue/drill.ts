import { defineTexts } from './define.ts'

/** Drills: rehearsals with a fault that was made on purpose. */
export const drill = defineTexts({
  'drill.mark': { en: 'DRILL', zh: '演练' },
  'drill.banner': {
    en: '🎯 DRILL {id}: rehearsed on purpose. Act as if it were real.',
    zh: '🎯 演练 {id}：人为制造的故障，请按真实故障处理。',
  },

  'drill.left-unknown': {
    en: 'nobody could see whether all is as it was',
    zh: '无法确认是否已完全恢复',
  },
  'drill.late': { en: 'no answer came in time', zh: '未及时响应' },
  'drill.busy-freeze': { en: 'frozen by {id} ({reason})', zh: '封网 {id}（{reason}）' },
  'drill.busy-holiday': { en: '{title}', zh: '{title}' },
  'drill.busy-drill': { en: 'drill {id} is then', zh: '与演练 {id} 时间冲突' },
  'drill.busy-taken-off': { en: 'drill {id} was taken off then', zh: '演练 {id} 当时已取消' },
  'drill.busy-incident': { en: '{id} was open', zh: '故障 {id} 未关闭' },
  'drill.busy-missed': { en: 'Astern did not run when it should have begun', zh: '到点时 Astern 未运行' },
  'drill.busy-changed': { en: 'its scenario has other times now', zh: '演练方案的时间已调整' },

  'refusal.drill-alerts': {
    en: 'Nothing was asked: {service} is not broken. {drill} only tells alerts there, and a rollback would change what customers use. Say what you would do, and close its incident. Is it real? `/drill stop {drill}`, then ask again.',
    zh: '未提交：{service} 没有真实故障。演练 {drill} 只发告警，回滚会改动真实环境。请说明处置方案并关闭演练故障。如果是真实故障：先 `/drill stop {drill}`，再重新发起。',
  },

  'audit.drill-planned': { en: 'planned drill {id} ({scenario}) for {at}', zh: '计划演练 {id}（{scenario}），{at}' },
  'audit.drill-moved': { en: 'moved the drill to {at}', zh: '演练改期至 {at}' },
  'audit.drill-started': {
    en: 'started the drill: {kind}, {service} in {environment}',
    zh: '开始演练：{environment} 的 {service}（{kind}）',
  },
  'audit.drill-fault': { en: 'breaks {where} on purpose for the drill', zh: '为演练人为制造故障：{where}' },
  'audit.drill-fault-failed': { en: 'could not break it for the drill ({code})', zh: '未能制造演练故障（{code}）' },
  'audit.drill-stopped': { en: 'the drill is over ({why})', zh: '演练结束（{why}）' },
  'audit.drill-restored': { en: 'all is as it was before the drill', zh: '已恢复到演练前的状态' },
  'audit.drill-not-restored': { en: 'not all is as it was before the drill', zh: '未能完全恢复到演练前的状态' },
  'audit.drill-scored': { en: 'the drill was scored: {services}', zh: '演练已评分：{services}' },
  'audit.drill-incident-opened': {
    en: 'opened {id} for drill {drill}: {title}',
    zh: '演练 {drill} 创建 {id}：{title}',
  },
  'audit.incident-drill-over': { en: 'closed with its drill {drill}', zh: '随演练 {drill} 结束而关闭' },

  'moment.incident-drill-over': {
    en: 'drill {drill} is over, and so is this incident',
    zh: '演练 {drill} 结束，故障随之关闭',
  },
  'incident.drill-over': { en: 'Closed: its drill is over', zh: '演练结束，已关闭' },
  'pm.summary-drill-over': { en: 'Closed at {at}: the drill was over.', zh: '{at} 随演练结束而关闭。' },
  'refusal.incident-drill-over': {
    en: '{id} was closed when its drill ended. `/postmortem {id}` shows its report.',
    zh: '{id} 已随演练结束而关闭。`/postmortem {id}` 可查看复盘。',
  },
})
