import { defineTexts } from './define.ts'

/** Who is on call, and how people change it. */
export const oncall = defineTexts({
  'help.oncall': {
    en: 'who is on call now, next and this week; `/oncall why`, `override`, `swap`, `cover`, `withdraw`, `list`',
    zh: '查看当前、下一班、本周值班；`/oncall why`、`override`（改班）、`swap`（换班）、`cover`（求代班）、`withdraw`（撤回）、`list`',
  },
  'oncall.of-services': { en: 'for {services}', zh: '负责 {services}' },
  'oncall.zone': { en: 'hands over by {zones} time', zh: '按 {zones} 时间交接' },
  'oncall.now': { en: 'Now: {people} until {until}', zh: '当前：{people}，至 {until}' },
  'oncall.now-open': { en: 'Now: {people}', zh: '当前：{people}' },
  'oncall.now-nobody': {
    en: '⚠ Now: NOBODY is on call, until {until}. Put somebody on call: `/oncall override {name} PERSON for 8h`',
    zh: '⚠ 当前无人值班，至 {until}。指定值班人：`/oncall override {name} 人员 for 8h`',
  },
  'oncall.now-nobody-open': {
    en: '⚠ Now: NOBODY is on call. Put somebody on call: `/oncall override {name} PERSON for 8h`',
    zh: '⚠ 当前无人值班。指定值班人：`/oncall override {name} 人员 for 8h`',
  },
  'oncall.stale': {
    en: '⚠ The calendar this comes from could not be read for too long: nobody has rights by it. Somebody of the team can be put on call: `/oncall override {name} PERSON for 8h`',
    zh: '⚠ 值班日历过久未能读取，不再据此授予任何权限。可由团队成员指定：`/oncall override {name} 人员 for 8h`',
  },
  'oncall.shadows': { en: 'looking over the shoulder: {people}', zh: '见习：{people}' },
  'oncall.next': { en: 'Next: {people} {from} to {until}', zh: '下一班：{people}，{from} 至 {until}' },
  'oncall.next-open': { en: 'Next: {people} from {from}', zh: '下一班：{people}，{from} 起' },
  'oncall.next-nobody': { en: '⚠ Next: NOBODY from {from}', zh: '⚠ {from} 起无人值班' },
  'oncall.next-none': { en: 'Next: nobody else in the ten weeks ahead', zh: '下一班：未来十周内无交接' },
  'oncall.week': { en: 'This week: {rows}', zh: '本周：{rows}' },
  'oncall.week-row': { en: '{people} {from} – {to}', zh: '{people} {from} – {to}' },
  'oncall.week-nobody': { en: '⚠ nobody {from} – {to}', zh: '⚠ 无人 {from} – {to}' },
  'oncall.none': {
    en: 'No schedule is configured: nobody is on call for anything. Whoever keeps the configuration adds one under `schedules`.',
    zh: '尚未配置值班表，任何服务都无人值班。请在配置的 `schedules` 中添加。',
  },
  'oncall.more': {
    en: 'and {count|one more schedule|# more}: `/oncall SCHEDULE`',
    zh: '还有 {count|# 个值班表}：`/oncall 值班表`',
  },
  'oncall.by-change': { en: '(by {kind} {id})', zh: '（{kind} {id}）' },
  'oncall.kind-override': { en: 'override', zh: '改班' },
  'oncall.kind-swap': { en: 'swap', zh: '换班' },
  'oncall.kind-cover': { en: 'cover', zh: '代班' },

  'oncall.mine': { en: 'Your shifts in the next {days} days', zh: '未来 {days} 天你的值班' },
  'oncall.mine-row': { en: '{schedule}: {from} to {to}', zh: '{schedule}：{from} 至 {to}' },
  'oncall.mine-now': { en: '{schedule}: now, until {to}', zh: '{schedule}：值班中，至 {to}' },
  'oncall.mine-shadow': { en: '(looking over the shoulder)', zh: '（见习）' },
  'oncall.mine-none': { en: 'none', zh: '无' },
  'oncall.mine-zone': { en: 'Your time zone here is {zone}.', zh: '你的时区：{zone}。' },
  'button.calendar': { en: 'Your shifts as a calendar', zh: '订阅我的值班日历' },

  'oncall.why-now': { en: '{schedule} at {at}: {people}', zh: '{schedule} {at}：{people}' },
  'oncall.why-nobody': { en: '⚠ {schedule} at {at}: NOBODY', zh: '⚠ {schedule} {at}：无人值班' },
  'oncall.why-layer': {
    en: '{person}: layer {layer}, turn {number} ({from} to {to}), by {zone} time',
    zh: '{person}：{layer} 层第 {number} 轮（{from} 至 {to}），按 {zone} 时间',
  },
  'oncall.why-temporary': {
    en: '{person}: temporary schedule {temporary}, layer {layer}, turn {number} ({from} to {to}), by {zone} time',
    zh: '{person}：临时值班表 {temporary} 的 {layer} 层第 {number} 轮（{from} 至 {to}），按 {zone} 时间',
  },
  'oncall.why-change': {
    en: '{person}: {kind} {id} by {actor}, {from} to {to}, instead of {instead}',
    zh: '{person}：{kind} {id}，{actor} 操作，{from} 至 {to}，替 {instead}',
  },
  'oncall.everybody': { en: 'everybody', zh: '原有人员' },
  'oncall.nobody': { en: 'nobody', zh: '无人' },
  'oncall.why-calendar': {
    en: '{person}: “{title}” in calendar {calendar}',
    zh: '{person}：日历 {calendar} 中的“{title}”',
  },
  'oncall.why-otherwise': { en: 'Without changes by hand: {people}', zh: '若无人工调整：{people}' },
  'oncall.why-until': {
    en: 'Stands from {since} until {until}, then {people}',
    zh: '{since} 起至 {until}，之后 {people}',
  },
  'oncall.why-open': { en: 'Nothing is known that would change it.', zh: '目前没有会改变它的安排。' },
  'oncall.why-ever': { en: 'ever', zh: '一直' },
  'oncall.why-clock-inside': {
    en: 'The clocks of {zone} go {way} by {by} within this, at {at}: the shift is {length} by as much.',
    zh: '期间 {zone} 于 {at} 因夏令时{way} {by}，本班次相应{length}。',
  },
  'oncall.why-clock-next': {
    en: 'Next change of the clocks of {zone}: {way} by {by} at {at}.',
    zh: '{zone} 下次夏令时调整：{at}，{way} {by}。',
  },
  'oncall.forward': { en: 'forward', zh: '拨快' },
  'oncall.back': { en: 'back', zh: '拨慢' },
  'oncall.shorter': { en: 'shorter', zh: '缩短' },
  'oncall.longer': { en: 'longer', zh: '延长' },
  'oncall.why-skips': {
    en: 'The clock of {zone} skips {typed} that day: hand-off at the first instant after it, {at}.',
    zh: '当天 {zone} 跳过 {typed}：顺延到其后第一刻 {at} 交接。',
  },
  'oncall.why-twice': {
    en: 'The clock of {zone} shows {typed} twice that day: hand-off the first time, {at}.',
    zh: '当天 {zone} 出现两次 {typed}：以第一次（{at}）交接。',
  },
  'oncall.why-unrecorded': {
    en: 'Before this schedule was known: answered as if its first version had always been in force.',
    zh: '此时值班表尚未记录：按其首个版本推算。',
  },

  'oncall.overridden': {
    en: '{person} is on call for {schedule} from {from} to {to}, instead of {instead}. Take it back: `/oncall withdraw {id}`',
    zh: '{from} 至 {to} 由 {person} 值班 {schedule}，替 {instead}。撤回：`/oncall withdraw {id}`',
  },
  'oncall.swap-asked': {
    en: 'Asked {person} to swap on {schedule}: your {from} to {to} for {from2} to {to2}. Nothing changes until {person} agrees, by {until}. Take it back: `/oncall withdraw {id}`',
    zh: '已向 {person} 申请 {schedule} 换班：你的 {from} 至 {to}，换对方的 {from2} 至 {to2}。{until} 前对方同意才生效。撤回：`/oncall withdraw {id}`',
  },
  'oncall.cover-asked': {
    en: 'Asked the channel to cover for you on {schedule}, {from} to {to}. You stay on call until somebody takes it. Take it back: `/oncall withdraw {id}`',
    zh: '已在频道里求代班：{schedule}，{from} 至 {to}。有人接手之前仍由你值班。撤回：`/oncall withdraw {id}`',
  },
  'oncall.withdrawn': { en: '{id} no longer counts from now on.', zh: '{id} 已撤回，即刻失效。' },
  'oncall.took': {
    en: 'You cover for {person} on {schedule}, {from} to {to}.',
    zh: '由你代 {person} 值班 {schedule}，{from} 至 {to}。',
  },
  'oncall.agreed': { en: 'Agreed. From now on the swap {id} counts.', zh: '已同意，换班 {id} 生效。' },
  'oncall.declined': { en: 'Declined. Nothing changed.', zh: '已拒绝，值班不变。' },
  'oncall.list': { en: 'Changes by hand that are not over', zh: '尚未结束的人工调整' },
  'oncall.list-row': {
    en: '{id} {kind}: {person} instead of {instead}, {from} to {to}',
    zh: '{id} {kind}：{person} 替 {instead}，{from} 至 {to}',
  },
  'oncall.list-ask': { en: '{id} {person} asks for cover, {from} to {to}', zh: '{id} {person} 求代班，{from} 至 {to}' },
  'oncall.list-swap': {
    en: '{id} {first} asks {second} to swap, answer by {until}',
    zh: '{id} {first} 向 {second} 申请换班，{until} 前答复',
  },
  'oncall.list-none': { en: 'none', zh: '无' },

  'oncall.cover-card': {
    en: '🙋 {person} asks for cover: {schedule}, {from} to {to}',
    zh: '🙋 {person} 求代班：{schedule}，{from} 至 {to}',
  },
  'oncall.cover-how': {
    en: 'The first who has rested enough gets it: {people}.',
    zh: '以下人员休息充足，先到先得：{people}。',
  },
  'oncall.cover-taken': {
    en: '✅ {taker} covers for {person}: {schedule}, {from} to {to}',
    zh: '✅ {taker} 代 {person} 值班：{schedule}，{from} 至 {to}',
  },
  'oncall.cover-withdrawn': {
    en: '⊘ No cover is wanted any more: {person}, {schedule}, {from} to {to}',
    zh: '⊘ 代班请求已撤回：{person}，{schedule}，{from} 至 {to}',
  },
  'oncall.reason': { en: '“{reason}”', zh: '原因：{reason}' },
  'button.take-cover': { en: 'Take it: cover for {name}', zh: '我来：代 {name} 值班' },
  'oncall.swap-card': { en: '🔁 {person} asks you to swap on {schedule}', zh: '🔁 {person} 想和你换班：{schedule}' },
  'oncall.swap-you-take': { en: 'You take {from} to {to}', zh: '你值 {from} 至 {to}' },
  'oncall.swap-they-take': { en: '{person} takes yours: {from} to {to}', zh: '{person} 值你的 {from} 至 {to}' },
  'oncall.swap-until': {
    en: 'Nothing changes unless you agree by {until}.',
    zh: '{until} 前同意才生效，否则值班不变。',
  },
  'oncall.swap-agreed': { en: '✅ You and {person} swapped on {schedule}', zh: '✅ 已与 {person} 换班：{schedule}' },
  'oncall.swap-declined': {
    en: '⊘ You declined to swap with {person} on {schedule}',
    zh: '⊘ 已拒绝与 {person} 换班：{schedule}',
  },
  'oncall.swap-expired': {
    en: '⊘ The swap with {person} on {schedule} was not answered in time',
    zh: '⊘ 与 {person} 换班（{schedule}）超时未答复',
  },
  'oncall.swap-withdrawn': {
    en: '⊘ {person} no longer asks to swap on {schedule}',
    zh: '⊘ {person} 撤回了换班申请：{schedule}',
  },
  'button.take-swap': { en: 'Take it: swap with {name}', zh: '同意：与 {name} 换班' },
  'button.decline-swap': { en: 'No, keep mine', zh: '不换' },

  'oncall.told-put': {
    en: '{by} put you on call for {schedule}, {from} to {to}, instead of {instead} ({id}).',
    zh: '{by} 安排你值班 {schedule}：{from} 至 {to}，替 {instead}（{id}）。',
  },
  'oncall.told-relieved': {
    en: '{by} put {person} on call for {schedule} instead of you, {from} to {to} ({id}).',
    zh: '{by} 安排 {person} 替你值班 {schedule}：{from} 至 {to}（{id}）。',
  },
  'oncall.told-covered': {
    en: '{person} covers for you on {schedule} ({id}).',
    zh: '{person} 代你值班 {schedule}（{id}）。',
  },
  'oncall.told-swapped': {
    en: '{person} agreed: the swap {id} on {schedule} counts.',
    zh: '{person} 已同意，{schedule} 换班 {id} 生效。',
  },
  'oncall.told-declined': {
    en: '{person} declined the swap {id} on {schedule}. Your shift stays yours.',
    zh: '{person} 拒绝了 {schedule} 换班 {id}，仍由你值班。',
  },
  'oncall.told-expired': {
    en: 'Nobody answered the swap {id} on {schedule} in time. Your shift stays yours; ask everybody: `/oncall cover`',
    zh: '{schedule} 换班 {id} 超时未答复，仍由你值班。可向全组求代班：`/oncall cover`',
  },

  'oncall.handed-off': {
    en: '🔄 On call for {schedule}: {from} hands over to {to} ({at})',
    zh: '🔄 {schedule} 值班交接：{from} → {to}（{at}）',
  },
  'oncall.handed-began': { en: '🔄 On call for {schedule} from {at}: {to}', zh: '🔄 {schedule} {at} 起值班：{to}' },
  'oncall.handed-nobody': {
    en: '🚨 NOBODY is on call for {schedule} since {at} (before: {from}). {people} can put somebody on call: `/oncall override {schedule} PERSON for 8h`',
    zh: '🚨 {schedule} 自 {at} 起无人值班（上一班：{from}）。请 {people} 指定值班人：`/oncall override {schedule} 人员 for 8h`',
  },
  'oncall.handed-open': { en: 'Open: {list}', zh: '未结：{list}' },
  'oncall.handed-incident': { en: '{id} {service} “{title}”', zh: '{id} {service}“{title}”' },
  'oncall.handed-rollback': { en: '{id} {service} (not finished)', zh: '{id} {service}（未完成）' },
  'oncall.handed-owed-post-mortem': {
    en: 'post-mortem of {incident} ({person}, by {due})',
    zh: '{incident} 复盘报告（{person}，{due} 前）',
  },
  'oncall.handed-owed-review': {
    en: 'review of {rollback} ({person}, by {due})',
    zh: '{rollback} 复核（{person}，{due} 前）',
  },
  'oncall.handed-nothing': { en: 'Nothing is open.', zh: '无未结事项。' },
  'oncall.handed-next': { en: 'Next hand-off: {at} to {people}', zh: '下次交接：{at}，{people}' },
  'oncall.handed-next-none': { en: 'No further hand-off is planned.', zh: '暂无后续交接安排。' },

  'home.shifts': { en: 'Your shifts', zh: '我的值班' },
  'home.shifts-none': { en: 'none in the next two weeks', zh: '两周内没有值班' },
  'home.asked-swap': {
    en: '{person} asks you to swap on {schedule}: you take {from} to {to}',
    zh: '{person} 想和你换班（{schedule}）：你值 {from} 至 {to}',
  },
  'home.asked-cover': {
    en: '{person} asks for cover: {schedule}, {from} to {to}',
    zh: '{person} 求代班：{schedule}，{from} 至 {to}',
  },
})
