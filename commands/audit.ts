import { auditSince, auditSubject, mayAudit } from '../src/app/audit.ts'
import { refused } from '../src/app/chosen.ts'
import { defineCommand } from '../src/app/command.ts'
import { durationMs } from '../src/core/duration.ts'
import { startOf, typedTime } from '../src/core/typed-time.ts'
import { sayPlain } from '../src/text/say.ts'
import { auditNote } from '../src/view/audit/chat.ts'

const usage = '/audit [SERVICE | PERSON | INCIDENT] [since 24h | DAY | TIME]'
const shown = 10
const usually = '7d'

export const audit = defineCommand({
  name: 'audit',
  aliases: ['审计'],
  usage,
  summary: 'help.audit',
  async run(input) {
    const { world, language } = input
    const read = /^\s*(\S*?)(?:\s*(?:\bsince\b|自|从)\s*(.+?))?(?:起|以来)?\s*$/iu.exec(input.text)
    if (!read) return refused(input, { refused: 'usage', usage })
    const [, what = '', when = usually] = read
    const { person, standing } = await input.who()
    if (!person) return refused(input, { refused: 'unknown-person' })
    const subject = auditSubject(world, what)
    if ('refused' in subject) return refused(input, subject)
    const may = mayAudit(world, subject)
    if (standing !== 'member') return refused(input, { refused: 'standing', standing, approvers: may })
    if (!may.includes(person)) return refused(input, { refused: 'may-not-audit', may })
    const since = sinceOf(when, world.clock.now(), world.config().directory().timeZone(person))
    if (!since) return refused(input, { refused: 'usage', usage })
    const found = await auditSince(world, subject, since, shown, input.signal)
    const name = subject.kind === 'all' ? sayPlain(language, 'audit.title-all') : subject.id
    const day = since.toString().slice(0, 10)
    const only = subject.kind === 'service' ? ` --service ${subject.id}` : ''
    const command = `astern audit export --from ${day}${only}`
    const evidence = (position: number) => world.link(`/events/${position}`)
    const view = auditNote({ name, since: since.toString(), ...found, command, evidence }, language)
    return { view, outcome: 'shown' }
  },
})

/** `24h` ago, or the last such time in the asker's time zone; null for what is none, or still to come. */
function sinceOf(text: string, now: Temporal.Instant, timeZone: string): Temporal.Instant | null {
  const ms = durationMs(text)
  if (ms !== null) return now.subtract({ milliseconds: ms })
  const typed = typedTime(text.split(/\s+/u))
  if ('bad' in typed) return null
  const next = startOf(typed, { now, timeZone })
  const coming = Temporal.Instant.compare(next, now) > 0
  const last = coming && typed.day?.kind === 'weekday' ? next.subtract({ hours: 7 * 24 }) : next
  return Temporal.Instant.compare(last, now) > 0 ? null : last
}
