import { defineTexts } from './define.ts'

/** Freezes: times when nothing may be released. */
export const freeze = defineTexts({
  'refusal.frozen': {
    en: 'Nothing was asked: releases are frozen until {until} by {id} (“{reason}”). (rule: a freeze stops every rollback outside an open incident)',
    zh: '未提交：封网中，至 {until}（{id}：{reason}）。（规则：封网期间只有故障内可以回滚）',
  },
  'refusal.frozen-next': {
    en: '{people} can override it with a reason. Is it an incident? `/incident open {service} TITLE`, then ask again: a freeze stops nothing inside one.',
    zh: '{people} 可填写原因后破例。如果是故障，请先 `/incident open {service} 标题`，再重新发起：故障内不受封网限制。',
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

  'help.freeze': {
    en: 'a time when nothing may be released; `/freeze list`, `/freeze lift ID`',
    zh: '封网：期间禁止发布；`/freeze list` 查看，`/freeze lift ID` 解除',
  },
  'freeze.usage': {
    en: 'Times are in your time zone ({zone}) unless you write another. For example: `{example}`',
    zh: '时间默认按你的时区（{zone}），也可以写明时区。例如：`{example}`',
  },
  'freeze.everything': { en: 'everything', zh: '全部服务' },
  'freeze.what': { en: '{services}', zh: '{services}' },
  'freeze.what-in': { en: '{services} in {places}', zh: '{places} 的 {services}' },
  'freeze.set': {
    en: '❄ {id}: {what} is frozen from {from} to {to} (“{reason}”). Lift it early with `/freeze lift {id}`.',
    zh: '❄ {id}：{what} 封网，{from} 至 {to}，原因：{reason}。提前解除：`/freeze lift {id}`。',
  },
  'freeze.set-told': {
    en: '❄ {person} froze {what} from {from} to {to}: “{reason}” ({id})',
    zh: '❄ {person} 对 {what} 封网，{from} 至 {to}，原因：{reason}（{id}）',
  },
  'freeze.meaning': {
    en: 'CI is told no by the release gate, and no rollback starts outside an open incident.',
    zh: '期间发布门禁拒绝 CI，故障之外不能发起回滚。',
  },
  'freeze.lifted': { en: '{id} is lifted: {what} may be released again.', zh: '{id} 已解除，{what} 可以发布。' },
  'freeze.lifted-told': {
    en: '{person} lifted {id}: {what} may be released again.',
    zh: '{person} 解除了 {id}，{what} 可以发布。',
  },
  'freeze.lifted-others': {
    en: 'Still frozen by {ids}.',
    zh: '仍有封网 {ids}。',
  },
  'freeze.row': {
    en: '{glyph} {id} · {what} · {from} to {to} · {reason}',
    zh: '{glyph} {id} · {what} · {from} 至 {to} · {reason}',
  },
  'freeze.row-by': { en: 'by {person}', zh: '{person} 设置' },
  'freeze.row-configured': { en: 'by the configuration', zh: '来自配置' },
  'freeze.none': { en: 'No freeze stands or is to come.', zh: '没有封网。' },
  'freeze.more': { en: 'and {count|# more|# more}', zh: '另有 {count|# 项}' },
  'freeze.unread': {
    en: '⚠ The calendar {name} has not been read since {since}; what it last said still counts.',
    zh: '⚠ 日历 {name} 自 {since} 起读取失败，按最后一次读到的内容生效。',
  },
  'freeze.never-read': {
    en: '⚠ The calendar {name} was never read: its freezes are not known. `astern doctor` says why.',
    zh: '⚠ 日历 {name} 从未读到，其中的封网未知。运行 `astern doctor` 查看原因。',
  },
  'freeze.card': {
    en: '❄ Frozen until {until} by {id}: {reason}',
    zh: '❄ 封网中，至 {until}（{id}：{reason}）',
  },
  'button.override-freeze': { en: 'Override with a reason…', zh: '破例并填写原因…' },
  'form.override-title': { en: 'Override the freeze', zh: '封网破例' },
  'form.override-submit': { en: 'Override and ask', zh: '破例并提交' },
  'form.override-reason': { en: 'Why now, in spite of the freeze', zh: '为什么现在必须执行' },
  'form.override-told': {
    en: 'It is recorded with your name and stands in the timeline.',
    zh: '将以你的名义记录并写入时间线。',
  },
  'home.freezes': { en: 'Frozen', zh: '封网' },
})
