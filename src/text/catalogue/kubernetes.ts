import { defineTexts } from './define.ts'

export const kubernetes = defineTexts({})
