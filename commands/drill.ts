import { refused } from '../src/app/chosen.ts'
import { type Bound, defineCommand, type Input, type Reply, type Worded } from '../src/app/command.ts'
import { planDrill, scenarioNamed, startDrill, stopDrill } from '../src/app/drill-changes.ts'
import { drillScores } from '../src/app/drill-scores.ts'
import { openDrillOf, runningDrills } from '../src/app/drills.ts'
import { findScope } from '../src/app/scope.ts'
import { startOf, typedTime } from '../src/core/typed-time.ts'
import { typedReason } from '../src/core/typed-window.ts'
import { say } from '../src/text/say.ts'
import { drillList } from '../src/view/drill.ts'
import { note } from '../src/view/incident.ts'

const usage = '/drill list | plan SCENARIO [at TIME] | start SCENARIO | stop ID [reason TEXT] | score [SERVICE]'

/** Rehearsals: what is to come, planned and begun by hand, and stopped by anybody. */
export const drill = defineCommand({
  name: 'drill',
  aliases: ['演练'],
  usage,
  summary: 'help.drill',
  async run(input) {
    const [verb = '', ...rest] = input.text.split(/\s+/u).filter((word) => word !== '')
    if (/^(list|列表|查看)?$/iu.test(verb)) return list(input)
    if (/^(plan|计划|安排)$/iu.test(verb)) return plan(input, rest)
    if (/^(start|开始)$/iu.test(verb)) return start(input, rest)
    if (/^(score|scores|评分|成绩)$/iu.test(verb)) return score(input, rest)
    if (/^(stop|cancel|停止|取消)$/iu.test(verb)) return stop(input, rest.join(' '))
    return refused(input, { refused: 'usage', usage })
  },
  presses: { 'drill.stop': (input: Bound) => stopped(input, input.value, '') },
})

function list({ world, language }: Input): Reply {
  const unplanned = [...world.config().drills.keys()].filter((name) => !openDrillOf(world, name))
  return { view: drillList({ drills: world.desk.drills(), unplanned }, language), outcome: 'shown' }
}

function score(input: Worded, [name, ...more]: readonly string[]): Reply {
  const { world, language } = input
  if (more.length > 0) return refused(input, { refused: 'usage', usage })
  const scope = name === undefined ? null : findScope(world.config(), name, null)
  if (scope && 'refused' in scope) return refused(input, scope)
  return { view: drillScores(world, scope?.service.name ?? null, language), outcome: 'shown' }
}

async function plan(input: Worded, [name, ...words]: readonly string[]): Promise<Reply> {
  const { world, language, delivery } = input
  if (name === undefined) return refused(input, { refused: 'usage', usage })
  const scenario = scenarioNamed(world, name)
  if ('refused' in scenario) return refused(input, scenario)
  const who = await input.who()
  const time = words.filter((word) => !/^(at|on|在|于)$/iu.test(word))
  const now = world.clock.now()
  const timeZone = who.person ? world.config().directory().timeZone(who.person) : scenario.habit.timeZone
  const typed = time.length > 0 ? typedTime(time) : null
  if (typed && 'bad' in typed) {
    const day = now.toZonedDateTimeISO(timeZone).toPlainDate().add({ days: 8 })
    const example = `/drill plan ${scenario.name} at ${day} ${scenario.habit.at} ${scenario.habit.timeZone}`
    return refused(input, { refused: 'drill-when', word: typed.word, example })
  }
  const at = typed ? startOf(typed, { now, timeZone }) : null
  const outcome = await planDrill(world, { scenario, at, who, dedupe: `${delivery.id}:plan` })
  if (outcome.status === 'refused') return refused(input, outcome.no)
  const { id, at: start } = outcome.drill
  const line = say(language, 'drill.planned', { id, scenario: scenario.name, at: { at: start, show: 'datetime' } })
  return { view: note(language, [line]), outcome: `planned:${id}` }
}

async function start(input: Worded, [name]: readonly string[]): Promise<Reply> {
  const { world, language, delivery } = input
  if (name === undefined) return refused(input, { refused: 'usage', usage })
  const scenario = scenarioNamed(world, name)
  if ('refused' in scenario) return refused(input, scenario)
  const outcome = await startDrill(world, { scenario, who: await input.who(), dedupe: `${delivery.id}:start` })
  if (outcome.status === 'refused') return refused(input, outcome.no)
  const { id } = outcome.drill
  return {
    view: note(language, [say(language, 'drill.started', { id, scenario: scenario.name })]),
    outcome: `started:${id}`,
  }
}

async function stop(input: Worded, text: string): Promise<Reply> {
  const { head, reason } = typedReason(text)
  const [word] = head.split(/\s+/u).filter((one) => one !== '')
  const running = runningDrills(input.world).filter(({ phase }) => phase === 'running')
  const [only] = running
  // Whoever wants it to end at once need not look for its number.
  if (word === undefined)
    return only && running.length === 1 ? stopped(input, only.id, reason) : refused(input, { refused: 'usage', usage })
  const open = openDrillOf(input.world, word)
  return stopped(input, open?.id ?? word.toUpperCase(), reason)
}

async function stopped(input: Input, id: string, reason: string): Promise<Reply> {
  const { world, language, delivery } = input
  const outcome = await stopDrill(world, { id, reason, who: await input.who(), dedupe: `${delivery.id}:stop` })
  if (outcome.status === 'refused') return refused(input, outcome.no)
  const key = outcome.drill.startedAt === null ? 'drill.taken-off' : 'drill.stopped'
  return { view: note(language, [say(language, key, { id })]), outcome: `stopped:${id}` }
}
