import { defineTexts } from './define.ts'

/** What a check saw. `{name}` is the check's own name, like `GET https://shop.example/healthz`. */
export const check = defineTexts({
  'check.answered': { en: '{name}: {status} in {took} ms', zh: '{name}：{status}，{took} 毫秒' },
  'check.connected': { en: '{name}: connected in {took} ms', zh: '{name}：{took} 毫秒内连通' },
  'check.wrong-status': {
    en: '{name}: answered {status} instead of {wanted} after {took} ms',
    zh: '{name}：{took} 毫秒后返回 {status}，预期为 {wanted}',
  },
  'check.text-missing': {
    en: '{name}: {status} in {took} ms, but without the expected text',
    zh: '{name}：{status}，{took} 毫秒，但缺少预期文本',
  },
  'check.late': { en: '{name}: no answer within {took} ms', zh: '{name}：{took} 毫秒内没有应答' },
  'check.refused': { en: '{name}: connection refused after {took} ms', zh: '{name}：{took} 毫秒后连接被拒绝' },
  'check.broken': { en: '{name}: connection cut after {took} ms', zh: '{name}：{took} 毫秒后连接中断' },
  'check.unknown-host': { en: '{name}: no address for this host name', zh: '{name}：无法解析该主机名' },
  'check.untrusted': { en: '{name}: its certificate cannot be trusted', zh: '{name}：证书不可信' },
  'check.unreachable': { en: '{name}: cannot be reached', zh: '{name}：无法访问' },

  'check.gone': {
    en: '{name}: not in the configuration any more',
    zh: '{name}：配置中已不存在',
  },
  'check.metric-restored': {
    en: '{name} {change} ({limit}, {baseline}), measured {age} ago',
    zh: '{name} {change}（{limit}，{baseline}），{age}前的数据',
  },
  'check.metric-broken': {
    en: '{name} is still {now} ({limit}, {baseline}), measured {age} ago',
    zh: '{name} 仍为 {now}（{limit}，{baseline}），{age}前的数据',
  },
  'check.metric-not-normal': {
    en: '{name} {change}: not broken any more, but far from what it was ({limit}, {baseline})',
    zh: '{name} {change}：已不算异常，但离发布前还差得远（{limit}，{baseline}）',
  },
  'check.metric-waiting': {
    en: '{name}: too early to tell, there is still the time before the change in it until {until}',
    zh: '{name}：还不能下结论，{until} 之前的数据仍包含改动前的时段',
  },
  'check.metric-no-data': {
    en: '{name}: no data, which is never taken for well',
    zh: '{name}：没有数据，不能当作正常',
  },
  'check.metric-stale': {
    en: '{name}: the newest sample is {age} old, from before the window that counts',
    zh: '{name}：最新的样本是 {age}前的，早于要看的时间窗',
  },
  'check.metric-gaps': {
    en: '{name}: no value for part of the last {window}, which is never taken for well',
    zh: '{name}：最近 {window} 内有缺失的数据，不能当作正常',
  },
  'check.metric-unknown': { en: '{name}: {why}', zh: '{name}：{why}' },

  'check.alert-silent': {
    en: '{name}: what fired has no value any more, all through the last {window}',
    zh: '{name}：最近 {window} 内触发条件始终不成立',
  },
  'check.alert-fires': { en: '{name}: what fired is so again or still', zh: '{name}：触发条件仍成立' },
  'check.alert-ended': {
    en: '{name}: ended {at}, says {source}, and not begun again since',
    zh: '{name}：{source} 通知已于 {at} 恢复，之后未再触发',
  },
  'check.alert-just-ended': {
    en: '{name}: ended {at}, says {source}, which is too short ago to tell',
    zh: '{name}：{source} 通知已于 {at} 恢复，时间太短，还不能下结论',
  },
  'check.alert-untold': {
    en: '{name}: {source} may never tell that it ended, so that it counts neither way',
    zh: '{name}：{source} 不一定会通知恢复，不作为依据',
  },
  'check.alert-not-ended': {
    en: '{name}: {source} has not said that it ended',
    zh: '{name}：{source} 尚未通知恢复',
  },
  'check.alert-only-ended': {
    en: '{name}: {source} says that it ended, which alone never shows that all is well, and nothing else is checked in {region}. Look yourself, and give {region} a check.',
    zh: '{name}：{source} 已通知恢复，但不能仅凭此判断正常，而 {region} 没有其他检查项。请人工确认，并为 {region} 配置检查项。',
  },

  // Parts of the texts above, and of the card.
  'metric.change': { en: '{before} → {now}', zh: '{before} → {now}' },
  'metric.change-worst': { en: 'at worst {before} → {now}', zh: '最差 {before} → {now}' },
  'metric.now': { en: '{now}', zh: '{now}' },
  'metric.limit-above': { en: 'limit {limit}', zh: '阈值 {limit}' },
  'metric.limit-below': { en: 'at least {limit}', zh: '不低于 {limit}' },
  'metric.baseline-hour': { en: 'in the hour before the release {value}', zh: '发布前一小时 {value}' },
  'metric.baseline': { en: 'in the {length} before the release {value}', zh: '发布前 {length} {value}' },
  'metric.no-baseline': { en: 'nothing was measured before the release', zh: '发布前没有数据' },
  'metric.line': { en: '{name} {changes} ({limit}, {baseline})', zh: '{name} {changes}（{limit}，{baseline}）' },
  'metric.region': { en: '{region} {change}', zh: '{region} {change}' },
  'metric.plot': { en: 'Plot of {regions}: {line}', zh: '{regions} 的曲线：{line}' },
  'metric.mark-release': { en: 'release', zh: '发布' },
  'metric.mark-change': { en: 'set back', zh: '回滚' },
  'metric.impact': {
    en: '{name} in {region}: at worst {worst} at {at}, broken ({limit}) for about {broken}; {now} in the end, {baseline}. {link}',
    zh: '{region} 的 {name}：最差 {worst}（{at}），异常（{limit}）约 {broken}；最后为 {now}，{baseline}。{link}',
  },
  'metric.never-broken': {
    en: '{name} in {region}: never broken ({limit}); {now} in the end, {baseline}. {link}',
    zh: '{region} 的 {name}：未出现异常（{limit}）；最后为 {now}，{baseline}。{link}',
  },
  'metric.still': { en: '{name} is still {now} in {region}', zh: '{region} 的 {name} 仍为 {now}' },
  'metric.still-burning': {
    en: '⚠ {id} · {service} is on {to} in {regions}, but {still}: still burning, wrong suspect?',
    zh: '⚠ {id} · {service} 在 {regions} 已是 {to}，但 {still}：还在出问题，怀疑错对象了？',
  },
  'metric.still-burning-partly': {
    en: '⛔ {id} · {service} stopped half-way ({places}): {still}. Still burning, wrong suspect?',
    zh: '⛔ {id} · {service} 回滚中断（{places}）：{still}。还在出问题，怀疑错对象了？',
  },
  'metric.not-verified': {
    en: '⚠ {id} · {service} is on {to} in {regions}, but nobody can tell whether it is well: a check got no answer',
    zh: '⚠ {id} · {service} 在 {regions} 已是 {to}，但无法确认是否正常：有检查没有得到结果',
  },
  'metric.wrong-suspect': {
    en: 'Going back did not help: look beyond this release.',
    zh: '回滚没有效果：请排查这次发布以外的原因。',
  },
})
