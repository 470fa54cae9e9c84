import { showCandidates } from '../src/app/chosen.ts'
import { defineCommand } from '../src/app/command.ts'

const usage = '/versions SERVICE [in ENV | REGION | ENV/REGION]'

export const versions = defineCommand({
  name: 'versions',
  aliases: ['版本'],
  usage,
  summary: 'help.versions',
  run: (input) => showCandidates(input, usage, false),
})
