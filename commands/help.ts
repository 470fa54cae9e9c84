import { type Command, defineCommand } from '../src/app/command.ts'
import { helpNote } from '../src/view/help.ts'

/** Made of the commands themselves. */
export const help = (others: readonly Command[]): Command => {
  const own = defineCommand({
    name: 'help',
    aliases: ['帮助'],
    usage: '/help',
    summary: 'help.help',
    run: async ({ language }) => ({ view: helpNote([...others, own], language), outcome: 'shown' }),
  })
  return own
}
