import { defineTexts } from './define.ts'

/** What a calendar kept elsewhere has to say of itself; `{host}` is all that is told of its address. */
export const calendar = defineTexts({
  'calendar.bad-address': {
    en: 'The address of this calendar is none: it begins with https:// or webcal:// and holds no user or password. Correct the secret that `url` names.',
    zh: '该日历的地址无效：应以 https:// 或 webcal:// 开头，且不含用户名或密码。请修改 `url` 指向的密钥。',
  },
  'calendar.unreachable': { en: '{host} cannot be reached ({said}).', zh: '{host} 无法访问（{said}）。' },
  'calendar.late': { en: '{host} did not send the calendar in time.', zh: '{host} 未在时限内返回日历。' },
  'calendar.no-permission': {
    en: '{host} does not let us read the calendar ({said}). Its secret address may have been renewed: set the new one.',
    zh: '{host} 拒绝读取日历（{said}）。私密地址可能已重置，请填写新的地址。',
  },
  'calendar.not-there': {
    en: '{host} has no such calendar ({said}). Its secret address may have been renewed: set the new one.',
    zh: '{host} 没有这个日历（{said}）。私密地址可能已重置，请填写新的地址。',
  },
  'calendar.busy': { en: '{host} cannot send the calendar now ({said}).', zh: '{host} 暂时无法返回日历（{said}）。' },
  'calendar.redirected': {
    en: '{host} sends us to another host. If that is right, name it under `hosts` of this calendar.',
    zh: '{host} 跳转到了其他主机。如属正常，请将其加入该日历的 `hosts`。',
  },
  'calendar.too-large': {
    en: 'The calendar of {host} is larger than 10 MiB, or has more than 5,000 entries in the coming weeks. Export only the rotation.',
    zh: '{host} 的日历超过 10 MiB，或未来数周超过 5000 个条目。请只导出值班表。',
  },
  'calendar.not-understood': {
    en: '{host} sends no calendar ({said}), perhaps a sign-in page.',
    zh: '{host} 返回的不是日历（{said}），可能是登录页。',
  },
  'calendar.cut': {
    en: 'The calendar of {host} ends too early ({said}). Nothing of it is used.',
    zh: '{host} 的日历不完整（{said}），未采用其中任何内容。',
  },
  'calendar.zone-unknown': {
    en: 'The calendar is in a time zone nobody knows: {title}. Times without a zone are read in the one configured here.',
    zh: '日历的时区无法识别：{title}。未标时区的时间按此处配置的时区解读。',
  },
  'calendar.entry-unfinished': {
    en: '“{title}” is left out: the calendar breaks off within it.',
    zh: '已忽略“{title}”：该条目不完整。',
  },
  'calendar.entry-without-start': {
    en: '“{title}” is left out: it has no start.',
    zh: '已忽略“{title}”：缺少开始时间。',
  },
  'calendar.entry-without-length': {
    en: '“{title}” is left out: it lasts no time.',
    zh: '已忽略“{title}”：时长为零。',
  },
  'calendar.entry-backwards': {
    en: '“{title}” is left out: it ends before it begins.',
    zh: '已忽略“{title}”：结束早于开始。',
  },
  'calendar.entry-time': {
    en: '“{title}” is left out: one of its dates or times is none.',
    zh: '已忽略“{title}”：日期或时间无效。',
  },
  'calendar.entry-zone': {
    en: '“{title}” is left out: nobody knows the time zone it is in.',
    zh: '已忽略“{title}”：时区无法识别。',
  },
  'calendar.entry-rule': {
    en: '“{title}” is left out: it repeats by a rule that is not understood.',
    zh: '已忽略“{title}”：重复规则无法识别。',
  },
  'calendar.entry-too-often': {
    en: '“{title}” is left out: it repeats too often.',
    zh: '已忽略“{title}”：重复过于频繁。',
  },
  'calendar.entry-twice': {
    en: '“{title}”: several entries have one UID; all of them count.',
    zh: '“{title}”：多个条目使用同一个 UID，均计入。',
  },
  'calendar.unknown-person': {
    en: 'The calendar names {name}, whom nobody knows here. Say who that is under `people` of this calendar.',
    zh: '日历中的“{name}”无法对应到人员。请在该日历的 `people` 中指明。',
  },
  'calendar.nobody-named': {
    en: "“{title}” names nobody. If it is somebody's shift, say whose under `people` of this calendar, by this whole title.",
    zh: '“{title}”没有写明人员。如果是某人的班次，请在该日历的 `people` 中按完整标题指明。',
  },
  'calendar.read': {
    en: '{count|one entry|# entries} in the coming weeks',
    zh: '未来数周共 {count|# 个条目}',
  },
  'calendar.of-schedule': { en: 'On call: {schedule}', zh: '值班表：{schedule}' },
  'calendar.of-person': { en: 'On call: {person}', zh: '值班：{person}' },
  'calendar.shift': { en: '{schedule}: {person}', zh: '{schedule} 值班：{person}' },
  'calendar.own-shift': { en: 'On call: {schedule}', zh: '值班：{schedule}' },
  'calendar.own-shadow': { en: 'Shadow: {schedule}', zh: '跟班：{schedule}' },
  'calendar.by-layer': { en: 'Rotation {layer}', zh: '轮值 {layer}' },
  'calendar.by-change': { en: 'Changed by hand ({id})', zh: '手动调整（{id}）' },
  'calendar.by-instead': { en: 'Instead of {person} ({id})', zh: '代替 {person}（{id}）' },
  'calendar.by-calendar': { en: '{title} (calendar {calendar})', zh: '{title}（日历 {calendar}）' },
})
