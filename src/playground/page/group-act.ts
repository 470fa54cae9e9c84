import type { Inputs, Outcome, Person } from '../dingtalk/index.ts'

type Fields = Readonly<Record<string, unknown>>

const text = (fields: Fields, name: string): string => {
  const value = fields[name]
  return typeof value === 'string' ? value : ''
}

function inputs(value: unknown): Inputs {
  if (typeof value !== 'object' || value === null) return {}
  return Object.fromEntries(Object.entries(value).map(([name, given]) => [name, String(given)]))
}

/** What somebody can do in DingTalk from the page. */
export const inDingTalk: Readonly<Record<string, (person: Person, body: Fields) => Promise<Outcome> | Outcome>> = {
  'group-say': (person, body) => person.say(text(body, 'group'), text(body, 'text')),
  'robot-say': (person, body) => person.direct(text(body, 'text')),
  'card-press': (person, body) => person.press(text(body, 'card'), text(body, 'button'), inputs(body.inputs)),
}
