import { defineTexts } from './define.ts'

export const incident = defineTexts({})
