import { defineTexts } from './define.ts'

export const check = defineTexts({
  'check.answered': { en: '{name}: {status} in {took}', zh: '{name}：{status}，{took}' },
})
