import { defineTexts } from './define.ts'

/** A rollback that nobody asked for: announced, stopped, begun. */
export const automatic = defineTexts({
  'automatic.counts': {
    en: '⏱ {service} in {regions} goes back to {version} by itself at {at} unless somebody stops it',
    zh: '⏱ {service}（{regions}）将于 {at} 自动回滚到 {version}，期间可随时终止',
  },
  'automatic.told': {
    en: '{people}: nobody has to agree to this. It waits {after}, by {line}.',
    zh: '{people}：此次回滚无需审批，倒计时 {after}，依据策略 {line}。',
  },
  'automatic.suspect': { en: '{release} is suspected', zh: '可疑版本 {release}' },
  'automatic.again': {
    en: 'Looked at once more before it begins. Whoever rolls back now takes over, as usual.',
    zh: '执行前会再次核对现场。此时手动回滚即由你接手，流程照常。',
  },
  'automatic.acted': {
    en: '▶ {service} goes back to {version} by itself: see {rollback}. It can be aborted there.',
    zh: '▶ {service} 正在自动回滚到 {version}：见 {rollback}，可在其卡片上终止',
  },
  'automatic.stopped': {
    en: '⏹ {service} does not go back by itself · {at}',
    zh: '⏹ {service} 自动回滚已取消 · {at}',
  },
  'automatic.by-hand': {
    en: 'Astern tries nothing more by itself in this incident: look at what can be gone back to, and roll back by hand.',
    zh: '本次故障不会再自动回滚，请查看可回滚的版本，由人处理。',
  },
  'automatic.told-anew': {
    en: 'It is announced anew, with the whole time before it.',
    zh: '将重新发布通知并重新倒计时。',
  },
  'automatic.reason': {
    en: 'by itself: {release} is suspected ({why}), and nobody stopped it',
    zh: '自动回滚：可疑版本 {release}（{why}），倒计时内无人终止',
  },
  'automatic.why-hand': { en: '{person} stopped it', zh: '{person} 终止了自动回滚' },
  'automatic.why-human-proposed': { en: '{person} rolls back by hand', zh: '{person} 已手动发起回滚' },
  'automatic.why-closed': { en: 'the incident was closed', zh: '故障已关闭' },
  'automatic.why-resolved': {
    en: 'its source does not say any more that all of it burns',
    zh: '告警已不再全部触发',
  },
  'automatic.why-doubt': {
    en: 'it is no longer certain which release is behind it',
    zh: '已无法确定由哪个版本引起',
  },
  'automatic.why-other-suspect': { en: 'another release is suspected now', zh: '可疑版本已变化' },
  'automatic.why-spread': { en: 'where it burns is told otherwise now', zh: '异常范围有变化' },
  'automatic.why-late': {
    en: 'Astern was away when the time was up: nobody could have stopped it',
    zh: '到点时 Astern 不在线，期间无法终止',
  },
  'automatic.why-freeze': { en: 'a freeze began', zh: '已进入封网' },
  'automatic.why-policy': { en: 'the policy does not allow it any more', zh: '策略已不允许自动回滚' },
  'automatic.why-capability': {
    en: 'what runs there cannot be set back without a person',
    zh: '该目标必须由人确认才能回滚',
  },
  'automatic.why-locked': { en: 'another rollback holds it', zh: '该目标正被其他回滚占用' },
  'automatic.why-moved': { en: 'another version runs there now', zh: '线上运行的版本已变化' },
  'automatic.why-candidate': {
    en: 'it is not what would be gone back to any more',
    zh: '推荐的回滚版本已变化',
  },
  'automatic.why-blocked': {
    en: 'something stands in the way that a person has to look at',
    zh: '存在需要人确认的阻碍或警告',
  },
  'automatic.why-not-seen': { en: 'what runs there could not be looked at in time', zh: '未能及时核对线上状态' },
  'automatic.why-untold': {
    en: 'no chat took the announcement: nobody could have stopped it',
    zh: '通知未能送达任何聊天平台，期间无法终止',
  },
  'automatic.why-once': {
    en: 'Astern went back from this release by itself once before',
    zh: '该版本曾自动回滚过一次，不再重复',
  },
  'automatic.already': {
    en: 'It does not go back by itself any more: {why}.',
    zh: '自动回滚此前已取消：{why}。',
  },
  'button.automatic-stop': { en: 'Stop', zh: '终止自动回滚' },
  'button.automatic-now': { en: 'Roll back now', zh: '立即手动回滚' },
  'moment.automatic-due': {
    en: '{service} goes back to {version} in {regions} by itself at {until} unless somebody stops it ({line})',
    zh: '{service} 将于 {until} 在 {regions} 自动回滚到 {version}，可随时终止（{line}）',
  },
  'moment.automatic-stopped': { en: 'no automatic rollback: {why}', zh: '自动回滚取消：{why}' },
  'moment.proposed-automatic': {
    en: '{person} begins to go back to {version} in {regions}, nobody having consented, by {line}: “{reason}” ({id})',
    zh: '{person} 依据策略 {line} 在 {regions} 自动回滚到 {version}，无人审批，原因：{reason}（{id}）',
  },
  'people.voided-automatic': {
    en: 'the policy does not let {person} do it alone any more. Somebody has to agree.',
    zh: '策略已不允许 {person} 自动回滚，需要人工审批。',
  },
  'rollback.by-itself': {
    en: 'By itself, nobody had to consent: {line} · {reason}',
    zh: '自动回滚，无需审批，依据 {line} · {reason}',
  },
  'rollback.ran-by-itself': { en: 'Began by itself {asked} · ran {ran}', zh: '{asked} 自动发起 · 执行 {ran}' },
  'pm.decision-automatic': {
    en: 'went back by itself from {from} to {to}: no person consented, {line} allows it (plan {hash}): “{reason}”',
    zh: '自动从 {from} 回滚到 {to}，无人审批，依据策略 {line}（方案 {hash}），原因：{reason}',
  },
  'audit.rollback-automatic': {
    en: 'set {service} back to {to} in {regions} by itself ({id}); no person consented',
    zh: '自动将 {service} 在 {regions} 回滚到 {to}（{id}），无人审批',
  },
  'audit.automatic-due': {
    en: 'announced that {service} in {regions} goes back from {from} to {to} by itself at {at}',
    zh: '通知：{service}（{regions}）将于 {at} 从 {from} 自动回滚到 {to}',
  },
  'audit.automatic-stopped': { en: 'the automatic rollback does not begin ({why})', zh: '自动回滚取消（{why}）' },
  'refusal.may-not-stop': {
    en: 'Not stopped: you have no part in this service. {people} may; tell them now.',
    zh: '未终止：你没有该服务的相关权限，请立即联系 {people}。',
  },
  'refusal.automatic-acted': {
    en: 'Too late to stop: {rollback} has begun. Press Abort on its card.',
    zh: '倒计时已结束，{rollback} 已开始执行，请在其卡片上点击终止。',
  },
})
