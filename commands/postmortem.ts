import { refused } from '../src/app/chosen.ts'
import { defineCommand } from '../src/app/command.ts'
import { finishPostMortem } from '../src/app/follow-ups.ts'
import { wantPostMortem } from '../src/app/wants.ts'
import { say } from '../src/text/say.ts'
import { note } from '../src/view/incident.ts'

/** The newest incident of this channel, else the newest of all. */
export const postmortem = defineCommand({
  name: 'postmortem',
  aliases: ['复盘'],
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
  presses: {
    'postmortem.done': async (input) => {
      const { world, language, delivery, value: id } = input
      const { person, standing, actor } = await input.who()
      if (!person) return refused(input, { refused: 'unknown-person' })
      if (standing !== 'member') return refused(input, { refused: 'standing', standing, approvers: [] })
      const no = await finishPostMortem(world, id, { person, actor, dedupe: `${delivery.id}:done` })
      if (no) return refused(input, no)
      return { view: note(language, [say(language, 'answer.post-mortem-done', { id })]), outcome: 'done' }
    },
  },
})
