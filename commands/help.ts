import { defineCommand } from '../src/app/command.ts'
import { helpNote } from '../src/view/help.ts'
import { commands } from './index.ts'

export const help = defineCommand({
  name: 'help',
  usage: '/help',
  summary: 'help.help',
  run: async ({ language }) => ({ view: helpNote(commands(), language), outcome: 'shown' }),
})
