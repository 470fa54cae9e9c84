import { people } from '../people.ts'
import { isKind } from '../shop/catalogue.ts'
import type { Shop } from '../shop/shop.ts'
import { type Entries, type Outcome, type Person, Refusal, type Workspace } from '../slack/index.ts'
import type { Company } from './company.ts'
import { inDingTalk } from './group-act.ts'

/** What a page is told of what somebody did on it. */
export interface Told {
  readonly status: number
  readonly body: object
}

type Fields = Readonly<Record<string, unknown>>

const bad = (why: string): Told => ({ status: 400, body: { error: 'bad_request', detail: why } })

const text = (fields: Fields, name: string): string => {
  const value = fields[name]
  return typeof value === 'string' ? value : ''
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Does what somebody did on the page: in the chat as the person named by `as`, or in the shop. */
export async function act({ slack, dingtalk, shop, phones }: Company, body: unknown): Promise<Told> {
  if (!isFields(body)) return bad('not an object')
  const what = text(body, 'do')
  if (what === 'release') return release(shop, body)
  if (what === 'traffic') {
    shop.traffic.set(body.on === true)
    return { status: 200, body: { acked: true } }
  }
  const somebody = people.find(({ user }) => user === body.as)
  if (what === 'answer-page') {
    phones.acknowledge(text(body, 'page'), text(body, 'phone'))
    return { status: 200, body: { acked: true } }
  }
  const inGroup = inDingTalk[what]
  if (inGroup) {
    if (!somebody || somebody.guest) return bad('not_in_organisation')
    const { ok, problem, detail } = await inGroup(dingtalk.as(somebody.key), body)
    return { status: 200, body: ok ? { acked: true, detail } : { acked: false, error: problem, detail } }
  }
  try {
    const doing = inChat[what]
    if (!doing) return bad(`nobody can ${what}`)
    const { ephemeral: _shownAnyway, ...outcome } = await doing(slack.as(text(body, 'as')), body, slack)
    return { status: 200, body: outcome }
  } catch (error) {
    if (error instanceof Refusal) return bad(error.code)
    throw error
  }
}

function release(shop: Shop, body: Fields): Told {
  const { kind } = body
  const service = text(body, 'service')
  if (typeof kind !== 'string' || !isKind(kind)) return bad('no such kind of release')
  if (!shop.services.some(({ name }) => name === service)) return bad('no such service')
  // Shipping takes as long as it takes; the page sees it happen.
  shop
    .release(service, kind)
    .catch((failure: unknown) => process.emitWarning(failure instanceof Error ? failure : String(failure)))
  return { status: 200, body: { acked: true } }
}

const element = (body: Fields): { blockId: string; actionId: string } => ({
  blockId: text(body, 'block'),
  actionId: text(body, 'action'),
})

const entry = (value: unknown): string | readonly string[] | null =>
  typeof value === 'string' ? value : Array.isArray(value) ? value.map(String) : null

const entries = (value: unknown): Entries =>
  isFields(value) ? Object.fromEntries(Object.entries(value).map(([name, given]) => [name, entry(given)])) : {}

const inChat: Readonly<Record<string, (person: Person, body: Fields, slack: Workspace) => Promise<Outcome>>> = {
  command: (person, body) => person.command(text(body, 'channel'), text(body, 'line')),
  say: (person, body) => person.say(text(body, 'channel'), text(body, 'text'), text(body, 'thread') || undefined),
  tell: (person, body) => person.tell(text(body, 'text')),
  press: (person, body) => person.press(text(body, 'channel'), text(body, 'ts'), element(body), entry(body.value)),
  pressView: (person, body) => person.pressInView(text(body, 'view'), element(body), entry(body.value)),
  submit: (person, body) => person.submit(text(body, 'view'), entries(body.entries)),
  close: (person, body) => person.closeView(text(body, 'view'), body.all === true),
  home: (person) => person.openHome(),
  mark: (person, body) => {
    const at = [text(body, 'channel'), text(body, 'ts'), 'pushpin'] as const
    return body.on === true ? person.react(...at) : person.unreact(...at)
  },
  join: (person, body) => person.join(text(body, 'channel')),
  write: async (_person, body, slack) =>
    writeInCanvas(slack, text(body, 'canvas'), text(body, 'section'), text(body, 'text')),
}

/** What people write into a canvas stands in its section from then on. */
function writeInCanvas(slack: Workspace, id: string, section: string, markdown: string): Outcome {
  const canvas = slack.canvas(id)
  const found = canvas?.sections.find((one) => one.id === section)
  if (!found || markdown.length > 10_000) return { acked: false, ackMs: 0, error: 'field_not_found', ephemeral: [] }
  found.markdown = markdown
  slack.world.changes.emit({ kind: 'canvas', canvas: id })
  return { acked: true, ackMs: 0, ephemeral: [] }
}
