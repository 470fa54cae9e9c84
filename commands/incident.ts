import { refused } from '../src/app/chosen.ts'
import { type Bound, defineCommand, type Input, type Reply, type Worded } from '../src/app/command.ts'
import { close, open } from '../src/app/incidents.ts'
import { acknowledge } from '../src/app/paging.ts'
import { renderIncident } from '../src/app/render.ts'
import { findScope } from '../src/app/scope.ts'
import { say } from '../src/text/say.ts'
import type { Text } from '../src/text/span.ts'
import { incidentList, note } from '../src/view/incident.ts'
import { reasonForm } from '../src/view/propose-form.ts'

const usage = '/incident open SERVICE TITLE | list | show INCIDENT | close INCIDENT NOTE'

export const incident = defineCommand({
  name: 'incident',
  aliases: ['故障', '事故'],
  usage,
  summary: 'help.incident',
  async run(input) {
    const [verb = 'list', first = '', ...rest] = input.text.split(/\s+/u).filter((word) => word !== '')
    const words = rest.join(' ')
    switch (verb.toLowerCase()) {
      case 'open':
        return openOne(input, first, words)
      case 'list':
        return { view: incidentList(input.world.desk.openIncidents(), input.language), outcome: 'shown' }
      case 'show':
        return showOne(input, first.toUpperCase())
      case 'close':
        return closeOne(input, first.toUpperCase(), words)
      default:
        return refused(input, { refused: 'usage', usage })
    }
  },
  presses: {
    'page.acknowledge': pressAcknowledge,
    'incident.close': async (input) => {
      const id = incidentOf(input)
      if (!id) return refused(input, { refused: 'stale-button' })
      const view = reasonForm(input.language, { form: 'incident.close', value: input.value, id, kind: 'close' })
      return { view, outcome: 'asked' }
    },
  },
  forms: {
    'incident.close': async (input) => {
      const id = incidentOf(input)
      if (!id) return refused(input, { refused: 'stale-button' })
      return closeOne(input, id, input.inputs.reason ?? '')
    },
  },
})

/** *I am on it*. */
async function pressAcknowledge(input: Bound): Promise<Reply> {
  const id = incidentOf(input)
  if (!id) return refused(input, { refused: 'stale-button' })
  const { language } = input
  const asked = { id, who: await input.who(), dedupe: `${input.delivery.id}:acknowledge` }
  const answer = await acknowledge(input.world, asked)
  if (answer.status === 'refused') return refused(input, answer.no)
  const told = (line: Text, outcome: string): Reply => ({ view: note(language, [line]), outcome })
  if (answer.status === 'done') return told(say(language, 'answer.on-it', { id }), 'acknowledged')
  if (answer.status === 'over') return told(say(language, 'answer.on-it-over'), 'acknowledged-late')
  const person = answer.person ? { person: answer.person } : (answer.name ?? '?')
  return told(say(language, 'answer.on-it-taken', { person }), 'acknowledged-late')
}

async function openOne(input: Worded, service: string, title: string): Promise<Reply> {
  if (!service) return refused(input, { refused: 'usage', usage })
  const scope = findScope(input.world.config(), service, null)
  if ('refused' in scope) return refused(input, scope)
  const outcome = await open(input.world, {
    scope,
    title: title || service,
    who: await input.who(),
    dedupe: `${input.delivery.id}:open`,
  })
  if (outcome.status === 'refused') return refused(input, outcome.no)
  const lines = [say(input.language, 'answer.incident-opened', { id: outcome.incident.id })]
  return { view: note(input.language, lines), outcome: 'opened' }
}

async function showOne(input: Input, id: string): Promise<Reply> {
  const view = await renderIncident(input.world, input.delivery.account.chat, id, input.language, input.signal)
  if (view) return { view, outcome: 'shown' }
  return refused(input, {
    refused: 'incident-unknown',
    id,
    open: input.world.desk.openIncidents().map((line) => line.id),
  })
}

async function closeOne(input: Input, id: string, text: string): Promise<Reply> {
  const who = await input.who()
  const outcome = await close(input.world, { id, note: text, who, dedupe: `${input.delivery.id}:close` })
  if (outcome.status === 'refused') return refused(input, outcome.no)
  return { view: note(input.language, [say(input.language, 'answer.incident-closed', { id })]), outcome: 'closed' }
}

function incidentOf(input: Bound): string | null {
  try {
    const { i } = JSON.parse(input.value) as { i?: unknown }
    return typeof i === 'string' ? i : null
  } catch {
    return null
  }
}
