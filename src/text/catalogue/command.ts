import { defineTexts } from './define.ts'

/** Answers to commands and clicks, above all the refusals: what was refused, why, and what to do next. */
export const command = defineTexts({
  'commit.contended': { en: 'Too many people write here at once. Try again.', zh: '并发写入过多，请重试。' },

  'ledger.witness': {
    en: '🔏 Ledger witness `{witness}`: keep this message. `astern audit verify --witness` with it finds a cut tail or a rebuilt chain.',
    zh: '🔏 账本见证 `{witness}`：请保留此消息。用 `astern audit verify --witness` 可据此发现截断或重写。',
  },

  'refusal.unknown-service': { en: 'There is no service `{word}`. {nearest}', zh: '没有服务 `{word}`。{nearest}' },
  'refusal.nearest': { en: 'Did you mean {names}?', zh: '是不是 {names}？' },
  'refusal.nearest-none': {
    en: '`/rollback` without a name lists them all.',
    zh: '直接输入 `/rollback` 可列出全部服务。',
  },
  'refusal.unknown-place': { en: 'There is no `{word}` here. Known: {known}', zh: '没有 `{word}`。可用：{known}' },
  'refusal.not-a-candidate': {
    en: '{version} is not a version that {service} can go back to. It can go back to: {known}',
    zh: '{service} 不能回到 {version}。可以回到：{known}',
  },
  'refusal.no-candidates': {
    en: '{version} is not a version that {service} can go back to, and no other is known.',
    zh: '{service} 不能回到 {version}，也没有其他已知版本。',
  },
  'refusal.candidate-blocked': {
    en: '{service} cannot go back to {version}: {why}. It can go back to: {known}',
    zh: '{service} 不能回到 {version}：{why}。可以回到：{known}',
  },
  'refusal.unknown-person': {
    en: 'Nothing was done: your account is not in Astern’s configuration. Ask an operator to add it under `people` ({account}).',
    zh: '未执行：你的账号不在 Astern 配置中。请联系运维在 `people` 下添加（{account}）。',
  },
  'refusal.standing-guest': {
    en: 'Nothing was done: guests cannot do this. {people} can.',
    zh: '未执行：访客无权操作。可由 {people} 处理。',
  },
  'refusal.standing-stranger': {
    en: 'Nothing was done: people of other workspaces cannot do this. {people} can.',
    zh: '未执行：外部工作区成员无权操作。可由 {people} 处理。',
  },
  'refusal.standing-bot': {
    en: 'Nothing was done: bots cannot do this. {people} can.',
    zh: '未执行：机器人无权操作。可由 {people} 处理。',
  },
  'refusal.standing-deactivated': {
    en: 'Nothing was done: this account is deactivated. {people} can.',
    zh: '未执行：该账号已停用。可由 {people} 处理。',
  },
  'refusal.standing-other-organisation': {
    en: 'Nothing was done: this channel is shared with another organisation. Do it in an internal channel; {people} can.',
    zh: '未执行：这是与外部组织共享的频道，请到内部频道操作。可由 {people} 处理。',
  },
  'refusal.standing-could-not-ask': {
    en: 'Nothing was done: the chat did not answer who you are, and without that nobody may. Press again in a few seconds; if it stays so, {people} can from another client.',
    zh: '未执行：无法向聊天平台确认你的身份。请几秒后重试；若仍失败，可由 {people} 在其他客户端处理。',
  },
  'refusal.somebody': { en: 'somebody of the team', zh: '团队成员' },
  'refusal.may-not-propose': {
    en: 'Nothing was asked: you may not start a rollback here. (rule: who may start) {people} may.',
    zh: '未提交：你没有发起回滚的权限。（规则：发起人名单）{people} 可以。',
  },
  'refusal.no-reason': {
    en: 'Nothing was done: a reason is needed, one line. Do it again and give one; in a command it stands at the end: `reason TEXT`.',
    zh: '未执行：需要填写原因（一句话）。请重试并填写；命令中写在末尾：`原因 …`。',
  },
  'refusal.locked': {
    en: 'Nothing was asked: {person} already has {rollback} under way on {target}. Here it is:',
    zh: '未提交：{person} 已发起 {rollback}，正在处理 {target}：',
  },
  'refusal.blocked': { en: 'Nothing was asked: this cannot work.', zh: '未提交：无法执行。' },
  'refusal.blocked-line': { en: '✕ {region}: {why}', zh: '✕ {region}：{why}' },
  'refusal.blocked-next': {
    en: 'Mend what is named, or choose another version.',
    zh: '请先处理以上问题，或选择其他版本。',
  },
  'refusal.nothing-to-do': {
    en: 'Nothing to do: {version} already runs there. Look again to see what runs now.',
    zh: '无需操作：{version} 已在运行。可重新查看当前版本。',
  },
  'refusal.nobody-approves': {
    en: 'Nothing was asked: the rule of this tier leaves nobody who may approve. An operator must name more approvers under `policies`.',
    zh: '未提交：按当前规则没有可审批的人。请运维在 `policies` 中增加审批人。',
  },
  'refusal.not-an-approver': {
    en: 'Not counted: you may not decide on this. (rule: who approves) {people} can.',
    zh: '未生效：你不在审批人之列。（规则：审批人名单）{people} 可以审批。',
  },
  'refusal.self-approval': {
    en: 'Not approved: you asked for this rollback yourself. (rule: two people for {tier} services) {people} can.',
    zh: '未同意：这是你自己发起的回滚。（规则：{tier} 级服务需双人复核）{people} 可以审批。',
  },
  'refusal.already-approved': {
    en: 'You have already approved this. It waits for somebody else.',
    zh: '你已经同意过了，还需其他人审批。',
  },
  'refusal.plan-differs': {
    en: 'Not approved: this button belongs to an older plan. The card shows what would run now; look at it and press there.',
    zh: '未同意：该按钮对应旧的计划。请查看最新卡片后再操作。',
  },
  'refusal.expired': {
    en: 'Not approved: the time to approve was over at {at}. Ask again from the card.',
    zh: '未同意：审批已于 {at} 失效。请在卡片上重新申请。',
  },
  'refusal.not-waiting': {
    en: 'Nothing changed: {id} is no longer waiting ({state}). Here it is:',
    zh: '未改变：{id} 已不在待审批状态（{state}）：',
  },
  'refusal.not-waiting-by': {
    en: 'Nothing changed: {person} was faster, {id} is no longer waiting ({state}). Here it is:',
    zh: '未改变：{person} 已先一步处理，{id} 已不在待审批状态（{state}）：',
  },
  'refusal.not-running': {
    en: 'Nothing to stop: {id} is not running ({state}).',
    zh: '无需终止：{id} 未在执行（{state}）。',
  },
  'refusal.already-aborting': {
    en: '{person} has already stopped it; the running step is followed to its end.',
    zh: '{person} 已终止，进行中的步骤会跟到结束。',
  },
  'refusal.incident-unknown': { en: 'There is no incident {id}. Open: {open}', zh: '没有故障 {id}。进行中：{open}' },
  'refusal.no-incident-here': {
    en: 'Nothing was noted: no open incident lives here. Say `/note INC-… TEXT` with one of these: {open}',
    zh: '未记录：本会话没有进行中的故障。请用 `/note INC-… 内容` 指明故障，进行中：{open}',
  },
  'refusal.incident-none-open': {
    en: 'none; open one with `/incident open SERVICE TITLE`',
    zh: '无；可用 `/incident open 服务 标题` 创建',
  },
  'refusal.incident-joined': {
    en: '{id} is one with {into}: the same release is behind both. Say it in {into}, or close that: `/incident close {into}`.',
    zh: '{id} 与 {into} 同因，已并入。请在 {into} 中操作，或关闭它：`/incident close {into}`。',
  },
  'refusal.incident-closed': {
    en: '{id} was already closed by {person}. `/postmortem {id}` shows its report.',
    zh: '{id} 已由 {person} 关闭。`/postmortem {id}` 可查看复盘。',
  },
  'refusal.incident-busy': {
    en: '{id} stays open: {rollback} in it is still under way. Stop or finish that first.',
    zh: '{id} 未关闭：{rollback} 仍在进行。请先等待其结束或终止。',
  },
  'refusal.incident-open': {
    en: '{service} already has an open incident: {id}.',
    zh: '{service} 已有进行中的故障：{id}。',
  },
  'refusal.nothing-owed': {
    en: 'No post-mortem of {id} is owed any more. `/postmortem {id}` shows it.',
    zh: '{id} 没有待完成的复盘。`/postmortem {id}` 可查看。',
  },
  'refusal.unknown-rollback': {
    en: 'There is no rollback {id}. `/incident list` shows what is open.',
    zh: '没有回滚 {id}。`/incident list` 可查看进行中的故障。',
  },
  'refusal.stale-button': {
    en: 'This button is from an older message. Type the command again.',
    zh: '该按钮来自旧消息，请重新输入命令。',
  },
  'refusal.gone': {
    en: 'What this was about is no longer in the configuration. Type `/rollback` again.',
    zh: '相关服务已不在配置中，请重新输入 `/rollback`。',
  },
  'refusal.usage': { en: 'I did not understand that. Usage: `{usage}`', zh: '没看懂。用法：`{usage}`' },
  'refusal.unknown-command': { en: 'There is no command `{name}`. {nearest}', zh: '没有命令 `{name}`。{nearest}' },
  'refusal.fault': { en: 'Could not do it: {hint} ({code})', zh: '未完成：{hint}（{code}）' },
  'refusal.bug': {
    en: 'Could not do it because of a defect in Astern; nothing more was changed. The log has the details ({id}). Try again.',
    zh: '因 Astern 内部错误未完成，未再做任何改动。详情见日志（{id}），请重试。',
  },
  'refusal.slow': {
    en: 'Gave up after half a minute: what it needs did not answer. Nothing was changed; try again.',
    zh: '等待半分钟无应答，已放弃。没有任何改动，请重试。',
  },
  'refusal.late': {
    en: 'The chat took too long to open the dialog. Press again.',
    zh: '聊天平台打开对话框超时，请重新点击。',
  },
  'refusal.no-dialog': {
    en: 'If no dialog opened, press again: the chat did not say that it opened one.',
    zh: '如果对话框没有打开，请重新点击：聊天平台未确认已打开。',
  },

  'answer.perhaps-repeated': {
    en: 'Perhaps you have seen this: I was restarted while I answered.',
    zh: '这条回答可能是重复的：回答时我重启了。',
  },
  'answer.proposed': {
    en: '{id} is asked for. {people} can approve; the card is in {room}.',
    zh: '{id} 已提交，等待 {people} 审批，卡片在 {room}。',
  },
  'answer.proposed-no-approval': {
    en: '{id} starts now; the card is in {room}.',
    zh: '{id} 开始执行，卡片在 {room}。',
  },
  'answer.incident-room': { en: 'the incident channel of {id}', zh: '{id} 故障频道' },
  'answer.team-room': { en: 'the team’s channel', zh: '团队频道' },
  'answer.incident-opened': { en: '{id} is open.', zh: '{id} 已创建。' },
  'answer.incident-closed': { en: '{id} is closed. The post-mortem is refreshed.', zh: '{id} 已关闭，复盘已更新。' },
  'answer.noted': { en: '📌 Noted in {id}.', zh: '📌 已记入 {id}。' },
  'answer.post-mortem': {
    en: 'The post-mortem of {id} is on its way to {room}.',
    zh: '{id} 的复盘正在发送到 {room}。',
  },
  'answer.post-mortem-done': { en: 'The post-mortem of {id} is done. Thank you.', zh: '{id} 的复盘已完成，辛苦了。' },
  'answer.asked-them': { en: 'Asked {people} in the team’s channel.', zh: '已在团队频道请 {people} 处理。' },
  'answer.services': {
    en: 'Services: {names}. Type `/rollback NAME`.',
    zh: '服务：{names}。请输入 `/rollback 服务名`。',
  },
  'answer.please': {
    en: '{people}: {person} asks for a rollback of {service} and may not start one.',
    zh: '{people}：{person} 请求回滚 {service}，但没有发起权限。',
  },
  'answer.preview-title': {
    en: '{id}: full preview {preview}, plan {hash}',
    zh: '{id}：完整预览 {preview}，计划 {hash}',
  },
  'answer.preview-region': { en: '{region}: {from} → {to}', zh: '{region}：{from} → {to}' },

  'help.title': {
    en: 'Astern brings a service back to a known-good version.',
    zh: 'Astern 帮你把服务回滚到稳定版本。',
  },
  'help.line': { en: '`{usage}` {summary}', zh: '`{usage}` {summary}' },
  'help.mention': {
    en: 'In threads, where slash commands do not work: `@astern rollback checkout-svc`.',
    zh: '在消息列中斜杠命令不可用，请用 `@astern rollback checkout-svc`。',
  },
  'help.rollback': {
    en: 'what runs, what it can go back to, and the button that asks for it',
    zh: '查看当前版本与可回滚版本，并发起回滚',
  },
  'help.versions': { en: 'the same, only to look', zh: '只查看版本' },
  'help.incident': { en: 'open, list, show or close an incident', zh: '创建、列出、查看或关闭故障' },
  'help.note': {
    en: 'keep a sentence in the timeline; 📌 on a message in Slack keeps that message',
    zh: '把一句话记入时间线；在 Slack 给消息加 📌 也会记入',
  },
  'help.postmortem': { en: 'post the post-mortem draft again', zh: '重新发送复盘草稿' },
  'help.help': { en: 'this list', zh: '显示本帮助' },

  'home.title': { en: 'Astern', zh: 'Astern' },
  'home.waiting': { en: 'Waits for you', zh: '等你处理' },
  'home.waiting-none': { en: 'Nothing waits for you.', zh: '没有等你处理的事。' },
  'home.waiting-row': {
    en: '{id} · {service} → {version} in {regions}, asked by {person}: “{reason}”',
    zh: '{id} · {service} 在 {regions} 回滚到 {version}，发起人 {person}，原因：{reason}',
  },
  'home.owed': { en: 'You owe', zh: '你的待办' },
  'home.owed-row': { en: 'Post-mortem of {id}, due {due}', zh: '{id} 的复盘，截止 {due}' },
  'home.open': { en: 'Open incidents', zh: '进行中的故障' },
})
