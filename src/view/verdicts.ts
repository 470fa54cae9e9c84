import { answerFor, type Deed, type Facts, verdict, whoMay } from '../core/policy/verdict.ts'
import type { Language } from '../text/language.ts'
import type { Text } from '../text/span.ts'
import { peopleText } from './people.ts'
import type { Note } from './view.ts'
import { dotted, type Voice, voice } from './words.ts'

export interface Verdicts {
  readonly facts: Facts
  readonly deeds: readonly Deed[]
  /** What is spoken of: a rollback, or a service. */
  readonly id: string
}

/** What the rules say of whoever asks, one line for each thing she could want: yes or no, by which rule, and who may instead. */
export function verdictsNote({ facts, deeds, id }: Verdicts, language: Language): Note {
  const v = voice(language)
  const lines = [v.say('verdict.title', { id }), ...deeds.map((deed) => verdictLine(v, deed, facts))]
  return { kind: 'note', language, lines, buttons: [] }
}

function verdictLine(v: Voice, deed: Deed, facts: Facts): Text {
  const said = verdict(deed, facts)
  const rule = v.plain(`verdict.rule-${said.rule}`)
  const what = v.plain(`verdict.deed-${deed}`)
  // A freeze is overridden by those who answer for the service, whoever may start otherwise.
  const frozen = !said.allowed && said.rule === 'freeze'
  const may = (frozen ? answerFor(facts.policy) : whoMay(deed, facts)).filter((person) => person !== facts.person)
  const { roles } = facts.policy
  const anyone = !frozen && deed === 'propose' && facts.policy.propose === 'anyone'
  const who = anyone
    ? v.say('verdict.anyone')
    : may.length > 0
      ? v.say(said.allowed ? 'verdict.others' : 'verdict.who', { people: peopleText(v, may, roles) })
      : v.say(said.allowed ? 'verdict.only-you' : 'verdict.nobody')
  const ways = said.allowed ? [] : said.instead.ways.filter((way) => way !== 'ask-them')
  return dotted(
    v.say(said.allowed ? 'verdict.yes' : 'verdict.no', { what, rule }),
    who,
    ...ways.map((way) => v.say(`verdict.way-${way}`)),
  )
}
