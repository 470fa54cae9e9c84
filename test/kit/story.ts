import type { AsternEvent, EventOf, EventType, Recorded } from '../../src/core/event.ts'
import type { Outcome } from '../../src/core/rollback/state.ts'
import type { Message, Outcome as Pressed, View } from '../../src/playground/slack/index.ts'
import { stage } from './stage.ts'
import type { StageConfig } from './stage-config.ts'
import { until } from './until.ts'

export const team = 'C0PAYMENT0'
export type Name = 'mei' | 'tom' | 'ana' | 'lin' | 'kai' | 'eve'
export const userOf = (name: Name): string => `U0${name.toUpperCase()}00000`

/** Everything that a message, dialog or page says, in one line. */
export function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(' ')
  if (typeof value !== 'object' || value === null) return ''
  return Object.entries(value)
    .map(([key, one]) => (typeof one === 'string' ? (shown.has(key) ? one : '') : textOf(one)))
    .filter((text) => text.trim() !== '')
    .join(' ')
}
const shown = new Set(['text', 'title', 'name', 'user_id', 'channel_id'])

interface Named {
  readonly action_id: string
  readonly value?: string
}

/** What people do is acknowledged, unless a story is about that. */
function taken(what: string, outcome: Pressed): Pressed {
  if (!outcome.acked) throw new Error(`${what}: ${outcome.error} ${outcome.detail ?? ''}`)
  return outcome
}

/** The buttons of a message or page. */
export function buttonsOf(value: unknown): readonly Named[] {
  if (Array.isArray(value)) return value.flatMap(buttonsOf)
  if (typeof value !== 'object' || value === null) return []
  const one = value as Record<string, unknown>
  const own = one.type === 'button' && typeof one.action_id === 'string' ? [one as unknown as Named] : []
  return [...own, ...Object.values(one).flatMap(buttonsOf)]
}

/** A stage with what people do and see on it, in their words. */
export type Story = Awaited<ReturnType<typeof story>>

export async function story(options: StageConfig & { readonly versions?: readonly string[] } = {}) {
  const on = await stage(options)
  const { slack } = on

  const events = async (): Promise<readonly Recorded[]> => {
    const all: Recorded[] = []
    for (;;) {
      const page = await on.bot.world.ledger.read(all.length, 1_000)
      if (page.length === 0) return all
      all.push(...page)
    }
  }
  const eventsOf = async <Type extends EventType>(type: Type): Promise<readonly EventOf<Type>[]> =>
    (await events()).map(({ event }) => event as AsternEvent).filter((event) => event.type === type) as EventOf<Type>[]

  /** Every message that carries a key ending so, wherever it stands. */
  const keyed = (key: string): readonly Message[] =>
    slack
      .channels()
      .flatMap(({ id }) => slack.messages(id))
      .filter((message) => {
        const { event_payload } = (message.metadata ?? {}) as { event_payload?: { key?: string } }
        return event_payload?.key?.endsWith(key) === true
      })
  const card = (id: string): Message | undefined => keyed(`/card:${id}`)[0]
  const cardSays = (id: string, text: string, withinMs?: number): Promise<Message> =>
    until(
      `the card of ${id} says “${text}”`,
      () => {
        const found = card(id)
        return found && textOf(found.blocks).includes(text) ? found : undefined
      },
      withinMs,
    )

  const told = (who: Name, text: string): Promise<Message> =>
    until(`${who} is told “${text}”`, () =>
      slack.ephemeral(userOf(who)).findLast((message) => textOf([message.blocks, message]).includes(text)),
    )
  const type = async (who: Name, line: string, channel = team): Promise<Pressed> =>
    taken(`${who} types ${line}`, await slack.as(userOf(who)).command(channel, line))
  const dialog = (who: Name): Promise<View> => until(`a dialog opens for ${who}`, () => slack.views(userOf(who)).at(-1))
  const press = async (who: Name, message: Message, action: string): Promise<Pressed> =>
    taken(`${who} presses ${action}`, await slack.as(userOf(who)).press(message.channel, message.ts, action))
  const submit = async (who: Name, entries: Readonly<Record<string, string>>): Promise<Pressed> =>
    slack.as(userOf(who)).submit((await dialog(who)).id, entries)

  /** What a delivery came to, as the record has it: the newest of this person. */
  const outcomes = async (): Promise<readonly string[]> =>
    (await eventsOf('delivery.handled')).map(({ data }) => data.outcome)
  /** The outcome is recorded just after the answer was told. */
  const outcome = (wanted: string): Promise<string> =>
    untilAsync(`a delivery comes to ${wanted}`, async () => (await outcomes()).find((one) => one === wanted))
  const handled = async (count: number): Promise<readonly string[]> => {
    const has = async () => {
      const all = await outcomes()
      return all.length >= count ? all : undefined
    }
    return untilAsync(`${count} deliveries are handled`, has)
  }

  const candidates = async (who: Name, line = '/rollback checkout-svc'): Promise<Message> => {
    const before = slack.ephemeral(userOf(who)).length
    await type(who, line)
    return until(`${who} sees the candidates`, () =>
      slack
        .ephemeral(userOf(who))
        .slice(before)
        .find((message) => buttonsOf(message.blocks).some(({ action_id }) => action_id === 'rollback.choose')),
    )
  }

  const ended = (id: string, withinMs = 15_000): Promise<Outcome> =>
    until(`${id} ends`, () => on.bot.world.desk.rollback(id)?.outcome, withinMs)

  return {
    ...on,
    get bot() {
      return on.bot
    },
    events,
    eventsOf,
    keyed,
    card,
    cardSays,
    told,
    type,
    dialog,
    press,
    submit,
    outcome,
    outcomes,
    handled,
    ended,
    candidates,
    /** From `/rollback` to the card that waits for approval; answers with the rollback's id. */
    async propose(
      who: Name = 'mei',
      how: { readonly line?: string; readonly reason?: string; readonly regions?: string } = {},
    ): Promise<string> {
      await press(who, await candidates(who, how.line), 'rollback.choose')
      return this.proposeInDialog(who, how)
    },
    /** The dialog stands open: fills it in, and waits for the card. */
    async proposeInDialog(
      who: Name = 'mei',
      how: { readonly reason?: string; readonly regions?: string } = {},
    ): Promise<string> {
      const known = new Set(on.bot.world.desk.unfinished())
      const { reason = '5xx on pay', regions } = how
      const outcome = await submit(who, { reason, ...(regions && { regions }) })
      if (!outcome.acked) throw new Error(`the dialog was not taken: ${JSON.stringify(outcome)}`)
      const id = await until('the rollback is proposed', () =>
        on.bot.world.desk.unfinished().find((one) => !known.has(one)),
      )
      await until(`the card of ${id} stands`, () => card(id))
      return id
    },
    async approve(id: string, who: Name = 'tom'): Promise<Pressed> {
      const waits = () => {
        const found = card(id)
        return buttonsOf(found?.blocks).some(({ action_id }) => action_id === 'rollback.approve') ? found : undefined
      }
      return press(who, await until(`${id} can be approved`, waits), 'rollback.approve')
    },
    /** Writes that reached a cluster and were accepted; dry runs do not count. */
    writes: (region: 'eu-1' | 'us-1') =>
      on.clusters[region].requests().filter(({ method, dryRun, code }) => method === 'PATCH' && !dryRun && code === 200)
        .length,
    locks: () =>
      ['eu-1', 'us-1'].map((region) => on.bot.world.desk.lockOf(`checkout-svc/production/${region}/app`)?.id),
  }
}

/** `until` for questions that take a moment. */
export async function untilAsync<T>(what: string, ask: () => Promise<T | undefined>, withinMs = 10_000): Promise<T> {
  const deadline = performance.now() + withinMs
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    if (performance.now() > deadline) throw new Error(`waited ${withinMs} ms in vain until ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
}

/** The bot has seen what runs in the regions. */
export const seen = (
  { bot }: Story,
  version: string,
  { service = 'checkout-svc', regions = ['eu-1', 'us-1'] }: { service?: string; regions?: readonly string[] } = {},
): Promise<unknown> =>
  until(`${version} of ${service} is seen in ${regions}`, () =>
    regions.every((region) => {
      const past = bot.world.desk.past(`${service}/production/${region}/app`)
      return past.releases.get(past.spans.at(-1)?.id ?? '')?.version === version
    }),
  )

/** The stories of one file, each on a stage of its own. */
export function stories(): { open(options?: Parameters<typeof story>[0]): Promise<Story>; close(): Promise<void> } {
  const running = new Set<Story>()
  return {
    async open(options) {
      const opened = await story(options)
      running.add(opened)
      return opened
    },
    async close() {
      await Promise.all([...running].map((opened) => opened.close()))
      running.clear()
    },
  }
}
