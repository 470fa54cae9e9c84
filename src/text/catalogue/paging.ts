import { defineTexts } from './define.ts'

/** Who is woken: on phones, in the timeline, on cards. */
export const paging = defineTexts({
  'page.incident': {
    en: '{service} ({tier}): {id} “{title}”, since {since}. Acknowledge within {within}.',
    zh: '【故障】{service}（{tier}）{id} {title}，{since} 起。请在 {within}内确认。',
  },
  'page.approval': {
    en: '{id}: {who} asks to roll back {service} in {regions} from {from} to {to}: “{reason}”. Nobody has agreed yet; it expires at {until}.',
    zh: '【回滚审批】{id} {service}（{regions}）{from} → {to}，发起人 {who}，原因：{reason}。尚无人审批，{until} 失效。',
  },
  'page.glass': {
    en: '{id}: {who} broke the glass at {at} and rolls back {service} in {regions} from {from} to {to} without approval: “{reason}”.',
    zh: '【越权回滚】{id} {who} 于 {at} 未经审批回滚 {service}（{regions}）{from} → {to}，原因：{reason}。',
  },

  'moment.paged': { en: '{person} was paged', zh: '已呼叫 {person}' },
  'moment.paged-again': { en: '{person} was paged again', zh: '再次呼叫 {person}' },
  'moment.page-failed': {
    en: '{person} could not be paged ({code}); trying again',
    zh: '呼叫 {person} 失败（{code}），重试中',
  },
  'moment.page-lost': { en: '{person} could not be paged ({code})', zh: '呼叫不到 {person}（{code}）' },
  'moment.escalated': { en: 'nobody answered: escalated to {people}', zh: '无人响应，升级上报：{people}' },
  'moment.escalated-vacant': { en: 'escalated to {people}', zh: '升级上报：{people}' },
  'moment.vacant': {
    en: 'there is nobody ({roles}): going to the next level at once',
    zh: '{roles} 当前无人，立即升级上报',
  },
  'moment.asleep': { en: '{people} sleep until {until}: paged then', zh: '{people} 处于免打扰时段，{until} 再呼叫' },
  'moment.exhausted': { en: 'everybody was paged, and nobody answered', zh: '已呼叫所有人，仍无人响应' },
  'moment.acknowledged': { en: '{person} is on it, after {took}', zh: '{person} 已接手，用时 {took}' },
  'moment.acknowledged-pager': {
    en: '{person} answered the page, after {took}',
    zh: '{person} 已响应呼叫，用时 {took}',
  },

  'role.on-call': { en: 'on call', zh: '值班人' },
  'role.owners': { en: 'the team', zh: '团队' },
  'role.commander': { en: 'the commander', zh: '故障指挥官' },
  'role.approvers': { en: 'the approvers', zh: '审批人' },

  'paging.ringing': { en: '📟 Paged: {people} · nobody has answered', zh: '📟 已呼叫：{people} · 无人响应' },
  'paging.next': { en: 'next at {at}', zh: '下一级 {at}' },
  'paging.under-way': { en: '📟 Paging {people} …', zh: '📟 正在呼叫 {people} …' },
  'paging.soon': { en: '📟 Nobody is paged yet: first at {at}', zh: '📟 尚未呼叫，{at} 开始' },
  'paging.exhausted': {
    en: '📟 Everybody was paged, and nobody answered: {people}',
    zh: '📟 已呼叫所有人，无人响应：{people}',
  },
  'paging.taken': { en: '📟 {person} is on it since {at}', zh: '📟 {person} {at} 已接手' },

  'alarm.vacant': {
    en: '🚨 Nobody is on call for {service} ({roles})! {id} goes to the next level at once.',
    zh: '🚨 {service} 当前无人值班（{roles}）！{id} 立即升级上报。',
  },
  'alarm.unreachable': {
    en: '🚨 No pager reaches {people} for {id} ({service})! Call them; the next level is paged at once.',
    zh: '🚨 呼叫不到 {people}（{id}，{service}）！请电话联系，已立即升级上报。',
  },
  'alarm.exhausted': {
    en: '🚨 Everybody was paged for {id} ({service}), and nobody answered. Who is here?',
    zh: '🚨 {id}（{service}）已呼叫所有人，无人响应。有谁在？',
  },

  'button.on-it': { en: 'I am on it', zh: '我来处理' },
  'answer.on-it': { en: 'You have {id}: nobody is paged for it any more.', zh: '{id} 由你接手，不再呼叫其他人。' },
  'answer.on-it-taken': { en: '{person} has it already.', zh: '{person} 已接手。' },
  'answer.on-it-over': { en: 'Nobody is being paged for it any more.', zh: '已不再为此呼叫。' },

  'pm.time-acknowledged': {
    en: '{id}: paged → {person} answered {took} (limit {limit})',
    zh: '{id}：呼叫 → {person} 响应 {took}（时限 {limit}）',
  },
  'pm.time-unanswered': { en: '{id}: nobody answered the pages', zh: '{id}：呼叫无人响应' },
  'paging.none': {
    en: 'No pager is configured: nobody will be woken. Chat messages wake nobody; name one under `pagers`.',
    zh: '未配置呼叫渠道，不会叫醒任何人。聊天消息叫不醒人，请在 `pagers` 中配置。',
  },
  'paging.nobody-reaches': {
    en: 'No pager reaches {people}: give them a contact under `people`, or the pager a key for everybody.',
    zh: '{people} 没有可用的呼叫渠道，请在 `people` 中填写联系方式，或配置默认密钥。',
  },
})
