import { defineTexts } from './define.ts'

/** Drills: rehearsals with a fault that was made on purpose. */
export const drill = defineTexts({
  'drill.mark': { en: '🎯 DRILL {id} ·', zh: '🎯【演练 {id}】' },
  'drill.banner': {
    en: '🎯 DRILL {id}: broken on purpose. Act as if it were real.',
    zh: '🎯 演练 {id}：人为制造的故障，请按真实故障处理。',
  },

  'drill.in-week': { en: 'within a week, {at}: {what}', zh: '一周内（{at}）进行：{what}' },
  'drill.in-day': { en: 'within a day, {at}: {what}', zh: '一天内（{at}）进行：{what}' },
  'drill.in-hour': { en: 'within an hour, {at}: {what}', zh: '一小时内（{at}）进行：{what}' },
  'drill.begins': { en: 'begins now: {what}', zh: '现在开始：{what}' },
  'drill.what': {
    en: '{kind} in {environment} ({regions}), {scenario}, up to {length}',
    zh: '{environment}（{regions}）{kind}，方案 {scenario}，最长 {length}',
  },
  'drill.kind-crashing': { en: 'a release of {service} that crashes', zh: '发布一个会崩溃的 {service} 版本' },
  'drill.kind-failing': { en: 'a release of {service} that fails', zh: '发布一个会报错的 {service} 版本' },
  'drill.kind-slow': { en: 'a release of {service} that is slow', zh: '发布一个响应变慢的 {service} 版本' },
  'drill.kind-alerts': {
    en: 'alerts of {service} alone, nothing is broken',
    zh: '仅发送 {service} 告警，不制造真实故障',
  },
  'drill.on-duty': { en: 'On duty then: {people}', zh: '届时值班：{people}' },
  'drill.on-duty-nobody': { en: '⚠ Nobody is on call then', zh: '⚠ 届时无人值班' },
  'drill.takes-part': { en: 'Takes part: {people}', zh: '参加人：{people}' },
  'drill.was-meant': { en: 'Not {from}: {why}', zh: '原定 {from}，未能进行：{why}' },
  'drill.late-told': {
    en: '⚠ That is later than its scenario allows.',
    zh: '⚠ 晚于方案规定的周期。',
  },
  'drill.how-off': {
    en: 'Take it off or stop it: `/drill stop {id}`',
    zh: '取消或停止：`/drill stop {id}`',
  },
  'drill.how-act': {
    en: 'Act as if it were real: everything it makes says DRILL. A real incident stops it at once; so does anybody with `/drill stop {id}`.',
    zh: '请按真实故障处理，演练相关消息均标注“演练”。真实故障发生时演练立即停止，任何人也可以 `/drill stop {id}`。',
  },
  'drill.moved': { en: '{scenario} is moved to {at}', zh: '{scenario} 改期至 {at}' },
  'drill.off-hand': { en: '{person} took it off ({scenario}, {at})', zh: '{person} 取消了演练（{scenario}，{at}）' },
  'drill.off-gone': {
    en: 'it is off ({at}): there is no scenario {scenario} any more',
    zh: '已取消（{at}）：方案 {scenario} 已不存在',
  },
  'drill.stopped-hand': { en: '{person} stopped it', zh: '{person} 停止了演练' },
  'drill.stopped-incident': {
    en: 'stopped: {incident} is real and goes first',
    zh: '已停止：真实故障 {incident} 优先处理',
  },
  'drill.stopped-overrun': { en: 'stopped: its time is up', zh: '已停止：超出时长' },
  'drill.stopped-fault-failed': { en: 'stopped: its fault could not be made', zh: '已停止：未能制造故障' },
  'drill.stopped-gone': { en: 'stopped: its scenario is gone', zh: '已停止：方案已不存在' },
  'drill.reason': { en: 'Why: {reason}', zh: '原因：{reason}' },
  'drill.being-put-back': { en: 'What it made is being put back.', zh: '正在恢复演练前的状态。' },
  'drill.over': { en: 'it is over', zh: '演练结束' },
  'drill.over-since': { en: '☑ Over since {at}', zh: '☑ 已于 {at} 结束' },
  'drill.over-done': { en: 'played to its end', zh: '全程演练完毕' },
  'drill.put-back': { en: '✅ All is as it was before.', zh: '✅ 已恢复到演练前的状态。' },
  'drill.not-put-back': {
    en: '⛔ {service} in {region} is not as it was: {why}',
    zh: '⛔ {region} 的 {service} 未恢复：{why}',
  },
  'drill.see-to': { en: '{people}: please see to it.', zh: '{people}：请处理。' },
  'drill.score-passed': { en: '✅ {service}: passed', zh: '✅ {service}：通过' },
  'drill.score-failed': { en: '⛔ {service}: not passed', zh: '⛔ {service}：未通过' },
  'drill.stage-notice': { en: 'noticed', zh: '发现' },
  'drill.stage-acknowledge': { en: 'acknowledged', zh: '响应' },
  'drill.stage-decide': { en: 'decided', zh: '决策' },
  'drill.stage-roll-back': { en: 'rolled back', zh: '回滚' },
  'drill.stage-verify': { en: 'verified', zh: '验证' },
  'drill.stage-took': { en: '{stage} {took}', zh: '{stage} {took}' },
  'drill.stage-late': { en: '{stage} {took} (limit {within})', zh: '{stage} {took}（要求 {within}）' },
  'drill.stage-missed': { en: '{stage}: not reached', zh: '{stage}：未完成' },
  'drill.skipped': { en: 'skipped: {stages}', zh: '跳过：{stages}' },

  'help.drill': {
    en: 'rehearsals: `/drill list`, `/drill plan SCENARIO`, `/drill start SCENARIO`, `/drill stop ID`, `/drill score`',
    zh: '演练：`/drill list` 查看，`/drill plan 方案` 计划，`/drill start 方案` 开始，`/drill stop 编号` 停止，`/drill score` 评分',
  },
  'drill.none': {
    en: 'No scenario is configured (`drills` in the configuration), and none is to come.',
    zh: '没有配置演练方案（配置项 `drills`），也没有待进行的演练。',
  },
  'drill.row-planned': {
    en: '◌ {id} · {scenario} · {at} · {services} in {environment}',
    zh: '◌ {id} · {scenario} · {at} · {environment} 的 {services}',
  },
  'drill.row-running': {
    en: '🎯 {id} · {scenario} · runs since {at} · {services} in {environment}',
    zh: '🎯 {id} · {scenario} · {at} 开始，进行中 · {environment} 的 {services}',
  },
  'drill.row-stopping': { en: '◐ {id} · {scenario} · is being put back', zh: '◐ {id} · {scenario} · 恢复中' },
  'drill.row-unplanned': { en: '⚠ {scenario}: no day is free', zh: '⚠ {scenario}：没有可用的日期' },
  'drill.planned': {
    en: 'Drill {id} ({scenario}) is planned for {at}. Its channels are told a week, a day and an hour before, as far as there is time.',
    zh: '演练 {id}（{scenario}）已计划在 {at}。将提前一周、一天、一小时在相关频道通知（视剩余时间）。',
  },
  'drill.started': { en: 'Drill {id} ({scenario}) has begun.', zh: '演练 {id}（{scenario}）已开始。' },
  'drill.stopped': { en: 'Drill {id} is stopped. What it made is being put back.', zh: '演练 {id} 已停止，正在恢复。' },
  'drill.taken-off': { en: 'Drill {id} is off. The next day is looked for.', zh: '演练 {id} 已取消，将重新安排。' },
  'button.stop-drill': { en: 'Stop {id}', zh: '停止 {id}' },
  'home.drills': { en: 'Drills', zh: '演练' },

  'refusal.drill-unknown': {
    en: 'Nothing was done: there is no scenario or drill “{word}”. There are: {known}',
    zh: '未执行：没有方案或演练“{word}”。现有：{known}',
  },
  'refusal.drill-none': { en: 'none', zh: '无' },
  'refusal.may-not-drill': {
    en: 'Nothing was done: {people} can plan and start {scenario} (its `may`). Anybody can stop it.',
    zh: '未执行：{people} 可以计划和开始 {scenario}（配置 `may`），任何人都可以停止。',
  },
  'refusal.drill-under-way': {
    en: 'Nothing was done: {id} of this scenario is under way. `/drill stop {id}` ends it.',
    zh: '未执行：该方案的演练 {id} 正在进行。`/drill stop {id}` 可停止。',
  },
  'refusal.drill-busy': {
    en: 'Nothing was done: no drill can be held at {at}, {why}. Start it when that is over, or `/drill plan {scenario}` finds a free day.',
    zh: '未执行：{at} 不可演练，{why}。等它结束后再开始，或用 `/drill plan {scenario}` 安排其他日期。',
  },
  'refusal.drill-night': {
    en: 'Nothing was done: {at} is night for its team ({zone}). Drills begin after 08:00 and are over by 20:00.',
    zh: '未执行：{at} 对团队（{zone}）是夜间。演练在 08:00 之后开始、20:00 之前结束。',
  },
  'refusal.drill-past': {
    en: 'Nothing was done: {at} is over. Write a later time.',
    zh: '未执行：{at} 已过，请写更晚的时间。',
  },
  'refusal.drill-when': {
    en: 'Nothing was done: I cannot read the time “{word}”. Write it like this: `{example}`',
    zh: '未执行：看不懂时间“{word}”。请这样写：`{example}`',
  },
  'refusal.drill-no-day': {
    en: 'Nothing was done: no day of the next half year is free for {scenario}. `/freeze list` shows what stands in its way.',
    zh: '未执行：未来半年内 {scenario} 没有可用日期。`/freeze list` 查看封网。',
  },
  'refusal.drill-over': {
    en: 'Nothing was done: drill {id} is over. `/drill list` shows what is to come.',
    zh: '未执行：演练 {id} 已结束。`/drill list` 查看后续安排。',
  },
  'drill.left-unknown': {
    en: 'nobody could see whether all is as it was',
    zh: '无法确认是否已完全恢复',
  },
  'drill.late': { en: 'no answer came in time', zh: '未及时响应' },
  'drill.busy-freeze': { en: 'frozen by {id} ({reason})', zh: '封网 {id}（{reason}）' },
  'drill.busy-holiday': { en: '{title}', zh: '{title}' },
  'drill.busy-unread': { en: 'the calendar {calendar} was never read', zh: '日历 {calendar} 从未读到' },
  'drill.busy-drill': { en: 'drill {id} is then', zh: '与演练 {id} 时间冲突' },
  'drill.busy-taken-off': { en: 'drill {id} was taken off then', zh: '演练 {id} 当时已取消' },
  'drill.busy-incident': { en: '{id} was open', zh: '故障 {id} 未关闭' },
  'drill.busy-missed': { en: 'Astern did not run when it should have begun', zh: '到点时 Astern 未运行' },
  'drill.busy-moved': { en: '{person} moved it', zh: '{person} 改期' },
  'drill.busy-changed': { en: 'its scenario has other times now', zh: '演练方案的时间已调整' },

  'refusal.drill-alerts': {
    en: 'Nothing was asked: {service} is not broken. {drill} only tells alerts there, and a rollback would change what customers use. Say what you would do, and close its incident. Is it real? `/drill stop {drill}`, then ask again.',
    zh: '未提交：{service} 没有真实故障。演练 {drill} 只发告警，回滚会改动真实环境。请说明处置方案并关闭演练故障。如果是真实故障：先 `/drill stop {drill}`，再重新发起。',
  },

  'audit.drill-planned': { en: 'planned drill {id} ({scenario}) for {at}', zh: '计划演练 {id}（{scenario}），{at}' },
  'audit.drill-moved': { en: 'moved the drill to {at}', zh: '演练改期至 {at}' },
  'audit.drill-started': {
    en: 'started the drill: {kind}, {service} in {environment}',
    zh: '开始演练：{environment} 的 {service}（{kind}）',
  },
  'audit.drill-fault': { en: 'breaks {where} on purpose for the drill', zh: '为演练人为制造故障：{where}' },
  'audit.drill-fault-failed': { en: 'could not break it for the drill ({code})', zh: '未能制造演练故障（{code}）' },
  'audit.drill-stopped': { en: 'the drill is over ({why})', zh: '演练结束（{why}）' },
  'audit.drill-restored': { en: 'all is as it was before the drill', zh: '已恢复到演练前的状态' },
  'audit.drill-not-restored': { en: 'not all is as it was before the drill', zh: '未能完全恢复到演练前的状态' },
  'audit.drill-scored': { en: 'the drill was scored: {services}', zh: '演练已评分：{services}' },
  'audit.drill-incident-opened': {
    en: 'opened {id} for drill {drill}: {title}',
    zh: '演练 {drill} 创建 {id}：{title}',
  },
  'audit.incident-drill-over': { en: 'closed with its drill {drill}', zh: '随演练 {drill} 结束而关闭' },

  'moment.incident-drill-over': {
    en: 'drill {drill} is over, and so is this incident',
    zh: '演练 {drill} 结束，故障随之关闭',
  },
  'incident.drill-over': { en: 'Closed: its drill is over', zh: '演练结束，已关闭' },
  'pm.summary-drill-over': { en: 'Closed at {at}: the drill was over.', zh: '{at} 随演练结束而关闭。' },
  'refusal.incident-drill-over': {
    en: '{id} was closed when its drill ended. `/postmortem {id}` shows its report.',
    zh: '{id} 已随演练结束而关闭。`/postmortem {id}` 可查看复盘。',
  },
})
