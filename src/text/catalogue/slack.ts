import { defineTexts } from './define.ts'

export const slack = defineTexts({})
