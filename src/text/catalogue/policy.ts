import { defineTexts } from './define.ts'

/** Who may do what, and by which rule: consent, acting at once, the broken glass and its review. */
export const policy = defineTexts({
  'people.named': { en: '{person} ({role})', zh: '{person}（{role}）' },
  'people.on-call': { en: 'on call', zh: '值班人' },
  'people.on-call-of': { en: 'on call for {service}', zh: '{service} 值班人' },
  'people.commander': { en: 'incident commander', zh: '故障指挥官' },
  'people.owners': { en: 'owning team', zh: '负责团队' },
  'people.voided-shift': {
    en: 'the consent of {person} no longer counts: not on call any more. It has to be given anew.',
    zh: '{person} 的审批已失效：已不在值班。需要重新审批。',
  },
  'people.voided-right': {
    en: 'the consent of {person} no longer counts: the policy does not give that right any more. It has to be given anew.',
    zh: '{person} 的审批已失效：按当前规则已无权限。需要重新审批。',
  },
  'people.voided-account': {
    en: 'the consent of {person} no longer counts: the account was deactivated. It has to be given anew.',
    zh: '{person} 的审批已失效：账号已停用。需要重新审批。',
  },

  'refusal.needs-a-person': {
    en: 'Nothing was asked: here nothing starts without a person. {people} can ask for it.',
    zh: '未提交：这里必须由人发起。可由 {people} 发起。',
  },
  'refusal.second-kind': {
    en: 'Not counted: there is enough consent of the kind you can give. What is missing: {kinds}. (rule: a second kind of approval) {people} can give it.',
    zh: '未生效：你这一类审批已经够了，还缺：{kinds}。（规则：需要另一类审批）可由 {people} 审批。',
  },
  'refusal.plain-kind': { en: 'the plain approval', zh: '普通审批' },
  'refusal.not-at-once': {
    en: 'Nothing was done: only whoever is on call for the service may act at once. (rule: emergency, {tier} services) {people} may. You can ask for approval.',
    zh: '未执行：只有该服务的当班值班人可以立即执行。（规则：{tier} 级服务应急）可由 {people} 执行；你可以走审批。',
  },
  'refusal.not-at-once-nobody': {
    en: 'Nothing was done: nobody may act at once here now: the policy of {tier} services does not allow it, or it is not known for certain who is on call. Wait for approval, or break the glass if you may.',
    zh: '未执行：当前没有人可以立即执行：{tier} 级服务的规则不允许，或无法确认当前值班人。请等待审批；如有权限可紧急破例。',
  },
  'refusal.no-glass': {
    en: 'Nothing was done: you may not break the glass here. (rule: break-glass, {tier} services) {people} may.',
    zh: '未执行：你没有紧急破例的权限。（规则：{tier} 级服务破例）可由 {people} 执行。',
  },
  'refusal.no-glass-nobody': {
    en: 'Nothing was done: the policy of {tier} services lets nobody break the glass. It waits for approval.',
    zh: '未执行：{tier} 级服务的规则不允许任何人紧急破例，请等待审批。',
  },
  'refusal.own-review': {
    en: 'Not closed: you broke this glass yourself. (rule: somebody else reviews it) {people} can.',
    zh: '未关闭：这是你自己的破例操作。（规则：必须由他人复核）可由 {people} 复核。',
  },
  'refusal.not-a-reviewer': {
    en: 'Not closed: you do not answer for this service. {people} can close the review.',
    zh: '未关闭：你不是该服务的负责人。可由 {people} 复核。',
  },
  'refusal.no-review': { en: 'No review of {id} is owed.', zh: '{id} 没有待复核的事项。' },
  'refusal.no-review-by': {
    en: 'The review of {id} was already closed by {person}.',
    zh: '{id} 的复核已由 {person} 关闭。',
  },
  'refusal.way-act-at-once': {
    en: 'You are on call for the service: you may act at once.',
    zh: '你是该服务的当班值班人，可以立即执行。',
  },
  'refusal.way-break-glass': {
    en: 'If nobody answers you may break the glass: with a reason, told to everyone, reviewed by somebody else.',
    zh: '若无人响应，你可以紧急破例：需填写原因，会通知所有相关人，并由他人复核。',
  },

  'rollback.waiting-nobody': {
    en: 'Nobody may approve at this moment · until {until}',
    zh: '当前没有人可以审批 · {until} 失效',
  },
  'rollback.counted': { en: '{given} of {count} agreed', zh: '已同意 {given}/{count}' },
  'rollback.needs-kinds': { en: 'also needs: {kinds}', zh: '还需：{kinds} 审批' },
  'rollback.at-once-by': { en: '{person}, on call, acted at once {at}', zh: '{person}（值班人）{at} 立即执行' },
  'rollback.glass': {
    en: '🔨 {person} broke the glass {at}: “{reason}”',
    zh: '🔨 {person} {at} 紧急破例，原因：{reason}',
  },
  'rollback.glass-host': {
    en: '🔨 {person} broke the glass {at} on the host: “{reason}”',
    zh: '🔨 {person} {at} 在主机上紧急破例，原因：{reason}',
  },
  'rollback.review-open': { en: 'review open', zh: '待复核' },
  'rollback.reviewed': { en: 'reviewed by {person}: “{note}”', zh: '{person} 已复核：{note}' },

  'button.at-once': { en: 'Act at once, on call: {where}', zh: '值班人立即执行：{where}' },
  'button.at-once-short': { en: 'Act at once', zh: '立即执行' },
  'button.break-glass': { en: 'Break glass…', zh: '紧急破例…' },
  'button.review': { en: 'Close the review', zh: '关闭复核' },
  'button.who-may': { en: 'Who may?', zh: '谁有权限？' },
  'confirm.at-once': {
    en: 'Roll back {service} in {where} from {from} to {to} now, without approval? Only for who is on call for it.',
    zh: '不经审批，现在把 {service}（{where}）从 {from} 回滚到 {to}？仅限当班值班人。',
  },

  'form.at-once': {
    en: 'You are on call for it: after asking you may act at once, without approval.',
    zh: '你是当班值班人：提交后可以不经审批立即执行。',
  },
  'form.glass-title': { en: 'Break glass: {id}', zh: '紧急破例：{id}' },
  'form.glass-submit': { en: 'Roll back now', zh: '立即回滚' },
  'form.glass-reason': { en: 'Why without approval? Everybody will read it', zh: '为什么不经审批？所有人都会看到' },
  'form.glass-effect': {
    en: '{service} goes from {from} to {to} in {regions} at once, without the approval it needs.',
    zh: '不经审批，立即把 {service}（{regions}）从 {from} 回滚到 {to}。',
  },
  'form.glass-told': { en: 'Told at once: {people} and the team’s channel.', zh: '立即通知：{people} 以及团队频道。' },
  'form.glass-reviewed': {
    en: 'A review stays open until somebody else closes it.',
    zh: '需由他人复核后才能关闭。',
  },
  'form.review-title': { en: 'Review of {id}', zh: '复核 {id}' },
  'form.review-note': { en: 'What did you find?', zh: '复核结论' },

  'glass.channel': {
    en: '🔨 {person} broke the glass for {id}: {service} {from} → {to} in {regions}, without approval. “{reason}”',
    zh: '🔨 {person} 对 {id} 紧急破例：{service} {from} → {to}（{regions}），未经审批。原因：{reason}',
  },
  'glass.channel-host': {
    en: '🔨 {person} broke the glass for {id} on the host, at {at}: {service} {from} → {to} in {regions}, without approval. “{reason}”',
    zh: '🔨 {person} 于 {at} 在主机上对 {id} 紧急破例：{service} {from} → {to}（{regions}），未经审批。原因：{reason}',
  },
  'glass.concerned': { en: 'For you to know: {people}', zh: '请知悉：{people}' },
  'glass.review': {
    en: 'Review by {person}, due {due}; anyone else who answers for the service can close it too.',
    zh: '复核人 {person}，截止 {due}；其他服务负责人也可以复核。',
  },

  'moment.approval-voided': { en: '{why}', zh: '{why}' },
  'moment.at-once': { en: '{person}, on call, acted at once ({id})', zh: '{person}（值班人）立即执行（{id}）' },
  'moment.glass': { en: '{person} broke the glass for {id}: “{reason}”', zh: '{person} 对 {id} 紧急破例：{reason}' },
  'moment.glass-host': {
    en: '{person} broke the glass for {id} on the host: “{reason}”',
    zh: '{person} 在主机上对 {id} 紧急破例：{reason}',
  },
  'moment.reviewed': {
    en: '{person} reviewed the broken glass of {id}: “{note}”',
    zh: '{person} 复核了 {id} 的破例：{note}',
  },

  'pm.decision-at-once': { en: 'acted at once, being on call (plan {hash})', zh: '作为值班人立即执行（计划 {hash}）' },
  'pm.decision-glass': { en: 'broke the glass: “{reason}”', zh: '紧急破例，原因：{reason}' },
  'pm.decision-reviewed': { en: 'reviewed the broken glass: “{note}”', zh: '复核破例：{note}' },
  'pm.review-open': { en: 'The review of the broken glass is still open.', zh: '破例的复核尚未完成。' },

  'home.owed-review': {
    en: 'Review of {id}: {person} broke the glass, due {due}',
    zh: '复核 {id}：{person} 紧急破例，截止 {due}',
  },

  'verdict.title': { en: 'Who may, {id}:', zh: '{id} 的权限：' },
  'verdict.yes': { en: '✓ You may {what}. (rule: {rule})', zh: '✓ 你可以{what}。（规则：{rule}）' },
  'verdict.no': { en: '✕ You may not {what}. (rule: {rule})', zh: '✕ 你不能{what}。（规则：{rule}）' },
  'verdict.anyone': { en: 'Everyone in the configuration may.', zh: '配置中的所有人都可以。' },
  'verdict.who': { en: '{people} may.', zh: '可由 {people} 处理。' },
  'verdict.others': { en: '{people} may too.', zh: '{people} 也可以。' },
  'verdict.only-you': { en: 'Nobody else may.', zh: '其他人不可以。' },
  'verdict.nobody': { en: 'Nobody may at this moment.', zh: '当前没有人可以。' },
  'verdict.deed-propose': { en: 'ask for a rollback', zh: '发起回滚' },
  'verdict.deed-approve': { en: 'approve it', zh: '审批' },
  'verdict.deed-reject': { en: 'reject it or take it back', zh: '驳回或撤回' },
  'verdict.deed-abort': { en: 'stop it', zh: '终止' },
  'verdict.deed-act-at-once': { en: 'act at once', zh: '立即执行' },
  'verdict.deed-break-glass': { en: 'break the glass', zh: '紧急破例' },
  'verdict.deed-review': { en: 'close the review', zh: '关闭复核' },
  'verdict.rule-known-people': { en: 'only people of the configuration', zh: '仅限配置中的人员' },
  'verdict.rule-members-only': {
    en: 'only full, active members of the organisation, in internal channels',
    zh: '仅限内部频道中的正式在职成员',
  },
  'verdict.rule-propose': { en: 'who may start', zh: '发起人名单' },
  'verdict.rule-approve': { en: 'who approves', zh: '审批人名单' },
  'verdict.rule-act-at-once': { en: 'emergency: on call for the service', zh: '应急：该服务当班值班人' },
  'verdict.rule-break-glass': { en: 'who may break the glass', zh: '破例权限名单' },
  'verdict.rule-four-eyes': { en: 'two people: never one’s own request', zh: '双人复核：不能审批自己的申请' },
  'verdict.rule-second-kind': { en: 'a second kind of approval', zh: '需要另一类审批' },
  'verdict.rule-enough': { en: 'no consent is missing', zh: '审批已足够' },
  'verdict.rule-once-each': { en: 'each consent counts once', zh: '每人只计一次' },
  'verdict.rule-own-request': { en: 'one’s own request', zh: '自己的申请' },
  'verdict.rule-freeze': { en: 'a freeze stands', zh: '封网中' },
  'verdict.rule-freeze-overridden': { en: 'the freeze is overridden', zh: '已破例封网' },
  'verdict.rule-open-incident': { en: 'a freeze never stops an open incident', zh: '故障处理不受封网限制' },
  'verdict.rule-human': { en: 'never without a person', zh: '必须有人参与' },
  'verdict.rule-in-time': { en: 'a proposal waits only so long', zh: '申请超时失效' },
  'verdict.rule-review': { en: 'somebody else reviews it', zh: '必须由他人复核' },
  'verdict.way-be-configured': {
    en: 'Ask an operator to add your account under `people`.',
    zh: '请联系运维在 `people` 下添加你的账号。',
  },
  'verdict.way-internal-channel': { en: 'Do it in an internal channel.', zh: '请到内部频道操作。' },
  'verdict.way-try-again': {
    en: 'The chat did not answer who you are: try again in a few seconds.',
    zh: '聊天平台未确认你的身份，请几秒后重试。',
  },
  'verdict.way-ask-again': { en: 'Ask for it again.', zh: '请重新申请。' },
  'verdict.way-act-at-once': { en: 'You may act at once.', zh: '你可以立即执行。' },
  'verdict.way-break-glass': { en: 'You may break the glass.', zh: '你可以紧急破例。' },
  'verdict.way-open-incident': { en: 'Open an incident: `/incident open`.', zh: '可先创建故障：`/incident open`。' },
  'verdict.way-override-freeze': { en: 'You may override the freeze, with a reason.', zh: '你可以填写原因破例封网。' },
})
