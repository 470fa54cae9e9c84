import { defineTexts } from './define.ts'

export const registry = defineTexts({})
