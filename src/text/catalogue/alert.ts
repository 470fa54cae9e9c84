import { defineTexts } from './define.ts'

/** What is said of alerts and of what may be behind them. */
export const alert = defineTexts({
  'alert.burns': { en: '{where} since {at}', zh: '{where} {at} 起' },
  'alert.none-fires': {
    en: 'No alert fires any more. That alone does not show that all is well.',
    zh: '告警已全部结束，但不能仅凭此判断已恢复。',
  },
  'alert.ended-one': { en: '{name} (ended {at})', zh: '{name}（{at} 结束）' },
  'alert.counts': {
    en: '{firing|# alert fires|# alerts fire}, {ended|# ended|# ended}, told {told|# time|# times}',
    zh: '{firing|# 条告警触发中}，{ended|# 条已结束}，共通知 {told|# 次}',
  },
  'alert.more-services': {
    en: '{count|one more service burns|# more services burn}: {services}',
    zh: '{count|另有 # 个服务告警}：{services}',
  },
  'alert.silent': {
    en: '{count} of them fell silent: nobody said that they ended',
    zh: '其中 {count} 条长时间无消息，未收到恢复通知',
  },
  'alert.left': { en: '{count} more were left out by their source', zh: '另有 {count} 条被告警源截断' },
  'alert.watched-above': {
    en: '{value}, more than {limit} for {window}',
    zh: '{value}，超过阈值 {limit} 已持续 {window}',
  },
  'alert.watched-below': {
    en: '{value}, less than {limit} for {window}',
    zh: '{value}，低于阈值 {limit} 已持续 {window}',
  },
  'alert.lead': { en: '{person}: seen by the watch of Astern', zh: '{person}：由 Astern 监控发现，请关注' },
  'moment.alert-began': { en: '{name} fires in {where} since {at}', zh: '{where} 触发告警 {name}，始于 {at}' },
  'moment.alert-spread': {
    en: 'it burns in {where} now, {firing|# alert fires|# alerts fire}',
    zh: '异常范围扩大到 {where}，{firing|# 条告警触发中}',
  },
  'moment.alert-again': {
    en: 'it burns again in {where}, {firing|# alert fires|# alerts fire}',
    zh: '{where} 再次触发告警，{firing|# 条触发中}',
  },
  'moment.alert-ended': {
    en: 'no alert of {service} fires any more; nothing is concluded from that',
    zh: '{service} 告警已全部结束，不据此判定恢复',
  },
  'moment.alert-silent': {
    en: 'no alert of {service} fires any more, but of {count} nobody said that they ended',
    zh: '{service} 已无触发中的告警，但其中 {count} 条未收到恢复通知',
  },
  'suspect.line': { en: '🔎 Suspect, a guess: {release}', zh: '🔎 可疑版本（推测）：{release}' },
  'suspect.next': { en: 'Less suspect: {release}', zh: '其他可疑：{release}' },
  'suspect.none': {
    en: '🔎 Nothing that Astern watches changed in the {window} before: a rollback will probably not help.',
    zh: '🔎 此前 {window}内未监测到任何变更，回滚大概率无效。',
  },
  'suspect.also': { en: '{ids} suspects the same release', zh: '{ids} 怀疑的是同一版本' },
  'suspect.apart': {
    en: '{id} suspects the same release; they stay apart, for a rollback was asked for in {young}',
    zh: '{id} 怀疑的是同一版本；{young} 已申请回滚，故不合并',
  },
  'suspect.not': { en: 'Not suspected: {release}', zh: '已排除：{release}' },
  'suspect.blind': {
    en: '⚠ Not judged, for nothing is known of what runs there: {where}',
    zh: '⚠ 以下位置无版本记录，未纳入判断：{where}',
  },
  'suspect.under-way': { en: 'A rollback is under way: see {rollback}', zh: '回滚进行中：见 {rollback}' },
  'suspect.restored': { en: '{rollback} restored it', zh: '已由 {rollback} 恢复' },
  'suspect.tried': {
    en: '{rollback} did not restore it: probably not this release alone. See {rollback} for what is left to do.',
    zh: '{rollback} 未能恢复，可能并非（仅）该版本所致，后续操作见 {rollback}。',
  },
  'suspect.candidates-late': {
    en: 'What it could go back to is not known yet: the cluster does not answer.',
    zh: '集群无应答，暂时无法列出可回滚的版本。',
  },
  'moment.dated': {
    en: 'what {service} was alerted for begins in {region}, {lead} before the alert, by the monitor',
    zh: '据监控数据，{service} 在 {region} 自此开始异常，早于告警 {lead}',
  },
  'moment.suspected': { en: 'suspect, a guess: {release}', zh: '可疑版本（推测）：{release}' },
  'moment.unsuspected': {
    en: 'nothing that Astern watches changed in the {window} before',
    zh: '此前 {window}内未监测到任何变更',
  },
  'suspect.named': { en: 'the alert names it', zh: '告警中点名了该版本' },
  'suspect.before': {
    en: 'shipped {lead} before the first alert in {regions}',
    zh: '上线 {lead}后 {regions} 首次告警',
  },
  'suspect.before-symptom': {
    en: 'shipped {lead} before it began in {regions}, as measured',
    zh: '上线 {lead}后 {regions} 开始异常（以监控数据为准）',
  },
  'suspect.only-there': {
    en: 'only {regions} burns, and only there it runs',
    zh: '仅 {regions} 异常，且只有那里在跑它',
  },
  'suspect.asked-by': { en: '{service} depends on it', zh: '{service} 依赖它' },
  'suspect.burnt-before': { en: 'but {regions} burnt before it came', zh: '但在它上线之前 {regions} 已异常' },
  'suspect.burns-without': { en: 'but {regions} burns without it', zh: '但 {regions} 没有它也异常' },
  'suspect.runs-well': { en: 'but it runs well in {regions}', zh: '但在 {regions} 运行正常' },
  'suspect.had-left': { en: 'but another version ran there by then', zh: '但出现异常时那里已是别的版本' },
  'suspect.maybe-after': {
    en: 'but it may have begun before: an alert waits before it fires, up to {pending}',
    zh: '但告警触发前可能已持续最多 {pending}，异常或许早于上线',
  },
  'suspect.long-ago': { en: 'but that is long ago', zh: '但已过去较久' },
  'suspect.came-after': { en: 'came after it began', zh: '异常出现之后才上线' },
  'suspect.elsewhere': { en: 'came to {regions} only, which does not burn', zh: '只上线到 {regions}，那里没有异常' },
  'suspect.brought-back': { en: 'was brought back by {by}', zh: '由 {by} 恢复' },
})
