import { defineTexts } from './define.ts'

/** What is said of alerts and of what may be behind them. */
export const alert = defineTexts({
  'suspect.named': { en: 'the alert names it', zh: '告警中点名了该版本' },
  'suspect.before': {
    en: 'shipped {lead} before the first symptom in {regions}',
    zh: '上线 {lead} 后 {regions} 出现异常',
  },
  'suspect.only-there': {
    en: 'only {regions} burns, and only there it runs',
    zh: '仅 {regions} 异常，且只有那里在跑它',
  },
  'suspect.asked-by': { en: '{service} depends on it', zh: '{service} 依赖它' },
  'suspect.burnt-before': { en: 'but {regions} burnt before it came', zh: '但在它上线之前 {regions} 已异常' },
  'suspect.burns-without': { en: 'but {regions} burns without it', zh: '但 {regions} 没有它也异常' },
  'suspect.runs-well': { en: 'but it runs well in {regions}', zh: '但在 {regions} 运行正常' },
  'suspect.had-left': { en: 'but another version ran there by then', zh: '但出现异常时那里已是别的版本' },
  'suspect.long-ago': { en: 'but that is long ago', zh: '但已过去较久' },
  'suspect.came-after': { en: 'came after it began', zh: '异常出现之后才上线' },
  'suspect.elsewhere': { en: 'came to {regions} only, which does not burn', zh: '只上线到 {regions}，那里没有异常' },
  'suspect.was-rollback': { en: 'was brought back by {rollback}', zh: '由 {rollback} 回滚而来' },
})
