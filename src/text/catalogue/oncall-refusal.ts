import { defineTexts } from './define.ts'

/** What is refused about who is on call. */
export const oncallRefusal = defineTexts({
  'refusal.oncall-what': {
    en: 'There is no service or schedule `{word}`. {nearest}',
    zh: '没有名为 `{word}` 的服务或值班表。{nearest}',
  },
  'refusal.oncall-who': { en: 'I know nobody called `{word}`. {nearest}', zh: '不认识 `{word}`。{nearest}' },
  'refusal.oncall-what-next': { en: '`/oncall` alone shows all of them.', zh: '直接输入 `/oncall` 可列出全部。' },
  'refusal.oncall-who-next': {
    en: 'Mention the person, or write the name as in the configuration.',
    zh: '请 @ 对方，或写配置中的姓名。',
  },
  'refusal.oncall-unscheduled': {
    en: '{service} has no schedule: nobody is on call for it. Whoever keeps the configuration sets `onCall` for it or its team.',
    zh: '{service} 没有值班表，无人值班。请在配置中为该服务或其团队设置 `onCall`。',
  },
  'refusal.oncall-which': {
    en: 'Say which schedule you mean, after the first word as in `/oncall why {name}`: {names}',
    zh: '请写明是哪张值班表，例如 `/oncall why {name}`：{names}',
  },
  'refusal.oncall-when': {
    en: 'Nothing was changed: I cannot read the time “{word}”. Write it like this: `{example}`',
    zh: '未改变：看不懂时间“{word}”。请这样写：`{example}`',
  },
  'refusal.oncall-no-shift': {
    en: 'Nothing was changed: {person} has no shift ahead on {schedule}. `/oncall week {schedule}` shows who has.',
    zh: '未改变：{person} 近期在 {schedule} 没有班次。可用 `/oncall week {schedule}` 查看。',
  },
  'refusal.schedule-unknown': {
    en: 'There is no schedule `{id}`. There are: {known}',
    zh: '没有值班表 `{id}`。现有：{known}',
  },
  'refusal.not-of-schedule': {
    en: 'Nothing was changed: {person} is not of this schedule or its teams. {people} can be put on call and change it.',
    zh: '未改变：{person} 不在该值班表及其团队中。{people} 可以值班和调整。',
  },
  'refusal.only-shadow': {
    en: 'Nothing was changed: {person} only looks over the shoulder on this schedule. {people} can put somebody on call.',
    zh: '未改变：{person} 在该值班表中只是见习，不能调整值班。可由 {people} 安排。',
  },
  'refusal.same-person': {
    en: 'Nothing was changed: that is {person} on both sides. Name somebody else.',
    zh: '未改变：双方都是 {person}，请换一个人。',
  },
  'refusal.span-empty': {
    en: 'Nothing was changed: it would end before it begins. Write the end with its date.',
    zh: '未改变：结束早于开始，请写明结束日期。',
  },
  'refusal.span-past': {
    en: 'Nothing was changed: it would be over already ({to}). What was stays as it was; write a later end.',
    zh: '未改变：{to} 已过。过去的值班不可更改，请写更晚的结束时间。',
  },
  'refusal.not-on-call': {
    en: 'Nothing was changed: {person} is not on call between {from} and {to}. `/oncall week` shows who is.',
    zh: '未改变：{from} 至 {to} {person} 不值班。可用 `/oncall week` 查看。',
  },
  'refusal.already-on-call': {
    en: 'Nothing was changed: {person} is on call already between {from} and {to}, so that there would be one person less. Name another person or another time.',
    zh: '未改变：{from} 至 {to} {person} 本就值班，这样会少一个人。请换人或换时间。',
  },
  'refusal.oncall-overlaps': {
    en: 'Nothing was changed: the same time was changed already:',
    zh: '未改变：该时段已有调整：',
  },
  'refusal.oncall-overlaps-next': {
    en: 'To lie over it knowingly, add `over {ids}` to `/oncall override`; or take it back: `/oncall withdraw {id}`',
    zh: '如确要覆盖，请在 `/oncall override` 后加 `over {ids}`；或先撤回：`/oncall withdraw {id}`',
  },
  'refusal.too-little-rest': {
    en: 'Nothing was changed: {person} would have {rest} of rest before or after the shift {from} to {to}; at least {least} are asked for. Somebody else can take it; in need, `/oncall override` with `anyway` puts {person} on call all the same, on record.',
    zh: '未改变：{person} 与 {from} 至 {to} 的班次之间只有 {rest} 休息，至少需 {least}。请换人；确有必要时，`/oncall override` 加 `anyway` 可强制安排，并留痕。',
  },
  'refusal.change-unknown': { en: 'There is no `{id}`. There are: {known}', zh: '没有 `{id}`。现有：{known}' },
  'refusal.cover-taken': { en: 'Too late: {person} took it already.', zh: '晚了一步：{person} 已接手。' },
  'refusal.change-over': { en: '{id} is over; what was is not changed.', zh: '{id} 已结束，过去的值班不可更改。' },
  'refusal.swap-not-yours': { en: 'Only {person} can answer the swap {id}.', zh: '换班 {id} 只有 {person} 能答复。' },
  'refusal.swap-over': {
    en: '{id} is not open any more: declined, withdrawn or out of time. Nothing was changed; ask anew: `/oncall swap`',
    zh: '{id} 已失效（被拒绝、撤回或超时），值班不变。可重新申请：`/oncall swap`',
  },
  'refusal.swap-agreed': {
    en: '{id} is agreed already and counts. To undo it: `/oncall withdraw {id}`',
    zh: '{id} 已同意并生效。如需撤销：`/oncall withdraw {id}`',
  },
})
