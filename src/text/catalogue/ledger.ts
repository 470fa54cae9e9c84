import { defineTexts } from './define.ts'

export const ledger = defineTexts({})
