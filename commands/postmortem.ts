import { refused } from '../src/app/chosen.ts'
import { defineCommand } from '../src/app/command.ts'
import { wantPostMortem } from '../src/app/wants.ts'
import { say } from '../src/text/say.ts'
import { note } from '../src/view/incident.ts'

/** The newest incident of this channel, else the newest of all. */
export const postmortem = defineCommand({
  name: 'postmortem',
  usage: '/postmortem [INCIDENT]',
  summary: 'help.postmortem',
  async run(input) {
    const { world, language } = input
    const named = input.text.trim().toUpperCase()
    const open = world.desk.incidents().map((line) => line.id)
    const id = named === '' ? open.at(-1) : open.find((line) => line === named)
    if (!id) return refused(input, { refused: 'incident-unknown', id: named || '?', open: open.slice(-5) })
    await wantPostMortem(world, id)
    const room = say(language, 'answer.incident-room', { id }).join('')
    return { view: note(language, [say(language, 'answer.post-mortem', { id, room })]), outcome: 'posted' }
  },
})
