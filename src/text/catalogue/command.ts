import { defineTexts } from './define.ts'

export const command = defineTexts({})
