import { defineTexts } from './define.ts'

export const rollback = defineTexts({})
