import { defineTexts } from './define.ts'

/** What a monitor has to say of itself; `{said}` is its own word. */
export const monitor = defineTexts({
  'monitor.answers': { en: '{url} answers queries', zh: '{url} 可查询' },
  'monitor.starting': { en: '{url} is still starting; try again in a minute.', zh: '{url} 还在启动，请稍后再试。' },
  'monitor.unreachable': { en: '{url} cannot be reached ({said}).', zh: '{url} 无法访问（{said}）。' },
  'monitor.late': { en: '{url} gave no answer in time.', zh: '{url} 未在时限内应答。' },
  'monitor.busy': { en: '{url} cannot answer now: {said}', zh: '{url} 暂时无法应答：{said}' },
  'monitor.no-permission': {
    en: '{url} does not let us ask ({said}). Check `bearer` or `basic` of this monitor.',
    zh: '{url} 拒绝查询（{said}）。请检查该监控的 `bearer` 或 `basic`。',
  },
  'monitor.redirected': {
    en: '{url} sends us elsewhere ({said}), perhaps to a sign-in page. Name the address that answers itself.',
    zh: '{url} 返回跳转（{said}），可能是登录页。请填写直接应答的地址。',
  },
  'monitor.not-there': {
    en: '{url} has no Prometheus API ({said}). A path prefix may be missing in `url`.',
    zh: '{url} 没有 Prometheus API（{said}）。`url` 可能缺少路径前缀。',
  },
  'monitor.not-understood': {
    en: 'The answer of {url} was not understood ({said}). Something else may stand at this address.',
    zh: '看不懂 {url} 的应答（{said}），这个地址可能是别的服务。',
  },
  'monitor.bad-query': {
    en: '{url} refuses the query. {said}',
    zh: '{url} 拒绝了查询。{said}',
  },
  'monitor.incomplete': {
    en: '{url} has only part of the data: {said}',
    zh: '{url} 的数据不完整：{said}',
  },
})
