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
    const { account, place, id: key } = input.delivery
    const { desk } = world
    const named = input.text.trim().toUpperCase()
    const here = place && desk.incidentIn(account.chat, place.channel)
    const incident = named === '' ? (here ?? desk.incidents().at(-1)) : desk.incident(named)
    if (!incident) {
      const open = desk.openIncidents().map((line) => line.id)
      return refused(input, { refused: 'incident-unknown', id: named || '?', open })
    }
    const { id, rooms } = incident
    await wantPostMortem(world, id, key)
    const team = rooms.length > 0 && !rooms.some((room) => room.own)
    const room = say(language, team ? 'answer.team-room' : 'answer.incident-room', { id }).join('')
    return { view: note(language, [say(language, 'answer.post-mortem', { id, room })]), outcome: 'posted' }
  },
})
