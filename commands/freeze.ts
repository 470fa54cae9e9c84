import { refused } from '../src/app/chosen.ts'
import { defineCommand, type Input, type Reply, type Worded } from '../src/app/command.ts'
import { freezeScope } from '../src/app/freeze-words.ts'
import { freezesFrom, lift, othersThan, freeze as setFreeze, unreadCalendars } from '../src/app/freezes.ts'
import { pressOverride, submitOverride } from '../src/app/override.ts'
import { typedFreeze } from '../src/core/freeze/typed.ts'
import { say } from '../src/text/say.ts'
import { freezeLifted, freezeList, freezeSet } from '../src/view/freeze.ts'

const usage = '/freeze SERVICE|REGION|all [in PLACE] from TIME to TIME reason TEXT | list | lift ID'

export const freeze = defineCommand({
  name: 'freeze',
  aliases: ['封网'],
  usage,
  summary: 'help.freeze',
  async run(input) {
    const [verb = '', id = '', ...rest] = input.text.split(/\s+/u).filter((word) => word !== '')
    if (/^(list|列表|查看)?$/iu.test(verb)) return list(input)
    if (/^(lift|解除|解封)$/iu.test(verb))
      return liftOne(input, /^f-\d+$/i.test(id) ? id.toUpperCase() : id, rest.join(' '))
    return setOne(input)
  },
  presses: { 'freeze.override': pressOverride },
  forms: { 'freeze.override': submitOverride },
})

function list({ world, language }: Input): Reply {
  const now = world.clock.now()
  const of = { freezes: freezesFrom(world, now), unread: unreadCalendars(world), now: now.toString() }
  return { view: freezeList(of, language), outcome: 'shown' }
}

async function setOne(input: Worded): Promise<Reply> {
  const { world, language, delivery } = input
  const who = await input.who()
  const timeZone = who.person ? world.config().directory().timeZone(who.person) : 'UTC'
  const typed = typedFreeze(input.text, { now: world.clock.now(), timeZone })
  if ('refused' in typed) return typed.refused === 'usage' ? explained(input, timeZone) : refused(input, typed)
  const scope = freezeScope(world.config(), typed.names, typed.place)
  if ('refused' in scope) return scope.refused === 'usage' ? explained(input, timeZone) : refused(input, scope)
  const { reason } = typed
  const window = { from: typed.from.toString(), to: typed.to.toString() }
  const outcome = await setFreeze(world, { scope, ...window, reason, who, dedupe: `${delivery.id}:freeze` })
  if (outcome.status === 'refused') return refused(input, outcome.no)
  return { view: freezeSet(outcome.freeze, language), outcome: `frozen:${outcome.freeze.id}` }
}

/** What was not understood, with a line that would work. */
function explained(input: Input, zone: string): Reply {
  const { view, outcome } = refused(input, { refused: 'usage', usage })
  const service = [...input.world.config().services.keys()][0] ?? 'all'
  const example = `/freeze ${service} from now to 18:00 reason stocktaking`
  const line = say(input.language, 'freeze.usage', { zone, example })
  return { view: view?.kind === 'note' ? { ...view, lines: [...view.lines, line] } : view, outcome }
}

async function liftOne(input: Worded, id: string, reason: string): Promise<Reply> {
  const { world, language, delivery } = input
  if (id === '') return refused(input, { refused: 'usage', usage: '/freeze lift ID' })
  const outcome = await lift(world, { id, reason, who: await input.who(), dedupe: `${delivery.id}:lift` })
  if (outcome.status === 'refused') return refused(input, outcome.no)
  const others = othersThan(world, outcome.freeze, world.clock.now())
  return { view: freezeLifted(outcome.freeze, others, language), outcome: `lifted:${id}` }
}
