import { defineTexts } from './define.ts'

/** The runbook of a service: made of the configuration and the schedules, read at night. */
export const runbook = defineTexts({
  'help.runbook': {
    en: 'how a service is rolled back, who may, how to reach them',
    zh: '服务回滚手册：谁能操作、如何联系',
  },
  'runbook.title': { en: 'Runbook: rolling back {service}', zh: '{service} 回滚手册' },
  'runbook.now': { en: 'Now', zh: '当前状态' },
  'runbook.on-call': { en: 'On call: {people}, until {until}', zh: '值班：{people}，至 {until}' },
  'runbook.on-call-always': { en: 'On call: {people}', zh: '值班：{people}' },
  'runbook.nobody-on-call': {
    en: 'Nobody is on call (schedule {schedule}). Page the team.',
    zh: '当前无人值班（值班表 {schedule}），请直接联系团队。',
  },
  'runbook.no-schedule': { en: 'No schedule is configured: the team answers.', zh: '未配置值班表：由团队处理。' },
  'runbook.stale': {
    en: '⚠ The calendar behind it cannot be read at present: it gives nobody the right to act at once.',
    zh: '⚠ 值班日历目前读取失败：不授予紧急执行权限。',
  },
  'runbook.next': { en: 'Next: {people}, from {at}', zh: '下一班：{people}，{at} 起' },
  'runbook.incident': { en: 'Open incident: {id}', zh: '进行中的故障：{id}' },
  'runbook.no-incident': { en: 'No incident is open.', zh: '没有进行中的故障。' },
  'runbook.no-freeze': { en: 'No freeze stands.', zh: '没有封网。' },

  'runbook.do': { en: 'What to do', zh: '操作步骤' },
  'runbook.do-look': {
    en: '`/rollback {service}` shows what runs and what it can go back to. Choose, write why, ask.',
    zh: '`/rollback {service}` 查看当前版本与可回滚版本，选择版本、填写原因并提交。',
  },
  'runbook.do-approve': {
    en: 'Whoever may approve reads what changes on the card and presses Approve.',
    zh: '审批人在卡片上核对改动后点击同意。',
  },
  'runbook.do-watch': {
    en: 'Watch the card: each region settles, then its checks must pass. Restored means both, everywhere.',
    zh: '关注卡片：每个区域先稳定，再通过检查；全部通过才算恢复。',
  },
  'runbook.do-stop': {
    en: 'Stop ends it after the running step; Undo goes back to where each region was.',
    zh: '“终止”在当前步骤后停下；“撤销”回到各区域之前的版本。',
  },

  'runbook.environment': { en: 'In {name}', zh: '{name} 环境' },
  'runbook.environment-default': { en: 'In {name}, which is meant when nobody names one', zh: '{name} 环境（默认）' },
  'runbook.anyone': { en: 'anyone', zh: '任何人' },
  'runbook.start': { en: 'May start it: {roles}. Now: {people}', zh: '可发起：{roles}。当前：{people}' },
  'runbook.start-anyone': { en: 'May start it: anyone of the configuration', zh: '可发起：配置中的任何人' },
  'runbook.approve': {
    en: '{count|# person|# people} must approve within {wait}, of: {roles}. Now: {people}',
    zh: '{wait} 内需 {count|# 人}审批，范围：{roles}。当前：{people}',
  },
  'runbook.approve-none': { en: 'Needs no approval.', zh: '无需审批。' },
  'runbook.four-eyes': {
    en: 'Nobody approves what she asked for herself, on any account.',
    zh: '发起人不能审批自己的申请，换账号也不行。',
  },
  'runbook.also': {
    en: 'A plan that changes the {kind} needs one more approval, of: {roles}. Now: {people}',
    zh: '涉及 {kind} 的计划还需一人审批，范围：{roles}。当前：{people}',
  },
  'runbook.order-sequence': { en: 'Regions follow each other: {regions}', zh: '区域依次执行：{regions}' },
  'runbook.order-together': { en: 'Regions run side by side: {regions}', zh: '区域同时执行：{regions}' },
  'runbook.order-one': { en: 'One region: {regions}', zh: '单区域：{regions}' },
  'runbook.target': {
    en: '{region}: {target} ({unit}, connection {connection}); a step may take {deadline}',
    zh: '{region}：{target}（{unit}，连接 {connection}），单步限时 {deadline}',
  },
  'runbook.checks': {
    en: '{region}: must pass within {window}: {checks}',
    zh: '{region}：{window} 内须通过：{checks}',
  },
  'runbook.no-checks': {
    en: '⚠ {region}: no check is configured; restored will only mean that it settled.',
    zh: '⚠ {region}：未配置检查，恢复仅表示已稳定。',
  },

  'runbook.reach': { en: 'How to reach people', zh: '联系方式' },
  'runbook.contact': {
    en: '{person}: {accounts}; pager: {pagers}; {local} there ({zone})',
    zh: '{person}：{accounts}；呼叫：{pagers}；当地 {local}（{zone}）',
  },
  'runbook.none': { en: 'none', zh: '无' },
  'runbook.channel': { en: 'Team {team}: {chat} {channel}', zh: '团队 {team}：{chat} {channel}' },
  'runbook.paged': { en: 'Who is paged', zh: '升级上报' },
  'runbook.wakes-nobody': {
    en: '⚠ No pager is configured: nobody is woken. A chat message alone wakes nobody; telephone.',
    zh: '⚠ 未配置呼叫：不会叫醒任何人。聊天消息叫不醒人，请打电话。',
  },
  'runbook.acknowledge': { en: 'To be acknowledged within {within}', zh: '须在 {within} 内响应' },
  'runbook.level': { en: 'Level {number}: {who}; after {wait} the next', zh: '第 {number} 级：{who}；{wait} 后升级' },
  'runbook.repeat': { en: 'Again every {every}, {count|# time|# times}', zh: '每 {every} 重复，共 {count|# 次}' },
  'runbook.quiet': {
    en: 'Quiet from {from} to {to}, by each person’s own clock',
    zh: '各人当地 {from} 至 {to} 免打扰',
  },

  'runbook.nobody': { en: 'When nobody answers, or chat is down', zh: '无人应答或聊天不可用时' },
  'runbook.at-once': {
    en: '{environment}: whoever is on call for the service may act at once. Now: {people}',
    zh: '{environment}：该服务的值班人可直接执行。当前：{people}',
  },
  'runbook.at-once-never': { en: '{environment}: nobody acts at once.', zh: '{environment}：不允许直接执行。' },
  'runbook.glass': {
    en: '{environment}: may break the glass, with a reason and a review by somebody else: {people}',
    zh: '{environment}：可紧急破例执行（须填写原因，事后由他人复核）：{people}',
  },
  'runbook.no-glass': { en: '{environment}: nobody may break the glass.', zh: '{environment}：不允许紧急破例执行。' },
  'runbook.host': {
    en: 'On the host: `astern rollback {service} --to VERSION --in {place} --as {person} --reason TEXT`',
    zh: '在主机上：`astern rollback {service} --to 版本 --in {place} --as {person} --reason 原因`',
  },
  'runbook.host-explained': {
    en: 'The host’s command needs no chat, works beside the running bot, is always break-glass, and is told as soon as chat is back.',
    zh: '主机命令不依赖聊天，可与机器人同时运行，始终按紧急破例处理，聊天恢复后立即通知。',
  },
  'runbook.made': { en: 'Made of', zh: '生成依据' },
  'runbook.made-of': {
    en: 'The configuration {config} and the schedules as they stood {at}. Print it again when either changes.',
    zh: '配置 {config} 与 {at} 的值班表。二者变更后请重新生成。',
  },
})
