import { defineTexts } from './define.ts'

/** Drills: rehearsals with a fault that was made on purpose. */
export const drill = defineTexts({
  'drill.mark': { en: 'DRILL', zh: '演练' },
  'drill.banner': {
    en: '🎯 DRILL {id}: rehearsed on purpose. Act as if it were real.',
    zh: '🎯 演练 {id}：人为制造的故障，请按真实故障处理。',
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
