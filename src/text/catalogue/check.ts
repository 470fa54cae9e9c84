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
})
