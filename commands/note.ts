import { refused } from '../src/app/chosen.ts'
import { defineCommand } from '../src/app/command.ts'
import { note as keep } from '../src/app/notes.ts'
import { say } from '../src/text/say.ts'
import { note as told } from '../src/view/incident.ts'

const usage = '/note [INCIDENT] TEXT'

export const note = defineCommand({
  name: 'note',
  aliases: ['记一下', '记录一下', '记一笔'],
  usage,
  summary: 'help.note',
  async run(input) {
    const { world, delivery, language } = input
    const [, id, text = ''] = /^(?:(INC-\d+)[\s：:，,]*)?([\s\S]*)$/iu.exec(input.text.trim()) ?? []
    if (text === '') return refused(input, { refused: 'usage', usage })
    const said = delivery.deed.kind === 'command' ? (delivery.deed.said ?? null) : null
    const outcome = await keep(world, {
      text,
      id: id?.toUpperCase() ?? null,
      chat: delivery.account.chat,
      place: delivery.place,
      said,
      who: await input.who(),
      dedupe: `${delivery.id}:note`,
    })
    if (outcome.status === 'refused') return refused(input, outcome.no)
    if (outcome.status === 'elsewhere') return refused(input, { refused: 'gone' })
    return { view: told(language, [say(language, 'answer.noted', { id: outcome.id })]), outcome: 'noted' }
  },
})
