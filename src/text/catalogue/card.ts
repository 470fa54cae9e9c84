import { defineTexts } from './define.ts'

export const card = defineTexts({})
