import { defineTexts } from './define.ts'

/** Freezes: times when nothing may be released. */
export const freeze = defineTexts({
  'refusal.frozen': {
    en: 'Nothing was asked: releases are frozen until {until} by {id} (“{reason}”). (rule: a freeze stops every rollback outside an open incident)',
    zh: '未提交：封网中，至 {until}（{id}：{reason}）。（规则：封网期间只有故障内可以回滚）',
  },
  'refusal.frozen-next': {
    en: '{people} can override it with a reason. Is it an incident? `/incident open SERVICE TITLE`, then ask again: a freeze stops nothing inside one.',
    zh: '{people} 可填写原因后破例。如果是故障，请先 `/incident open 服务 标题`，再重新发起：故障内不受封网限制。',
  },
  'refusal.freeze-what': {
    en: 'Nothing was frozen: `{word}` is no service, environment or region. {nearest}',
    zh: '未封网：`{word}` 不是服务、环境或区域。{nearest}',
  },
  'refusal.freeze-what-next': {
    en: 'Name a service, a region, or `all`.',
    zh: '请写服务名、区域名，或 `all`。',
  },
  'refusal.freeze-when': {
    en: 'Nothing was frozen: I cannot read the time “{word}”. Write it like this: `{example}`',
    zh: '未封网：看不懂时间“{word}”。请这样写：`{example}`',
  },
  'refusal.freeze-zone': {
    en: 'Nothing was frozen: “{word}” is no time zone I know, or could be several. Write a place or an offset: `{example}`',
    zh: '未封网：时区“{word}”无法识别或有歧义。请写地区或时差：`{example}`',
  },
  'refusal.freeze-backwards': {
    en: 'Nothing was frozen: it would end ({to}) before it begins ({from}). Write the end with its date.',
    zh: '未封网：结束（{to}）早于开始（{from}）。请写明结束日期。',
  },
  'refusal.freeze-over': {
    en: 'Nothing was frozen: it would be over already ({to}). Write a later end.',
    zh: '未封网：结束时间 {to} 已过。请写更晚的结束时间。',
  },
  'refusal.freeze-too-long': {
    en: 'Nothing was frozen: {days|# day|# days} is longer than a year. Look at the year you wrote.',
    zh: '未封网：{days|# 天}超过一年，请检查年份。',
  },
  'refusal.may-not-freeze': {
    en: 'Nothing was changed: you may not freeze or lift this. {people} can.',
    zh: '未改变：你没有封网或解除的权限。{people} 可以。',
  },
  'refusal.freeze-unknown': {
    en: 'There is no freeze {id} to lift. Standing or to come: {known}',
    zh: '没有可解除的封网 {id}。现有：{known}',
  },
  'refusal.freeze-unknown-none': { en: 'none', zh: '无' },
  'refusal.freeze-configured': {
    en: '{id} stands in the configuration or in a calendar: change it there. For one rollback it can be overridden with a reason.',
    zh: '{id} 来自配置或日历，请在那里修改。单次回滚可填写原因破例。',
  },
  'moment.freeze-overridden': {
    en: '{person} overrode the freeze {freezes}: “{reason}”',
    zh: '{person} 破例通过封网 {freezes}，原因：{reason}',
  },
})
