import { privateCards } from '../../../src/adapters/chat/dingtalk/deliveries.ts'
import type { Account } from '../../../src/core/actor.ts'
import type { CardBlock, Fault, Message } from '../../../src/playground/dingtalk/index.ts'
import type { Stage, Trouble } from '../../contract/chat/stage.ts'
import { until } from '../until.ts'
import { type Bot, clientSecret, mei, openBot, setup, startDingTalk, team, tom, type Workspace } from './workspace.ts'

const slowMs = 400

const faults: Readonly<Record<Trouble, Fault>> = {
  'rate-limited': { tooFast: true },
  // A proxy in a talkative mood.
  'server-error': { status: 503, body: `upstream refused: secret ${clientSecret}` },
  'cut-before': { reset: 'before' },
  'cut-after': { reset: 'after' },
  unreadable: {
    status: 200,
    body: `<html>proxy: ${clientSecret}</html>`,
    contentType: 'text/html',
    afterEffect: true,
  },
  'too-slow': { delayMs: 3 * slowMs },
  'token-refused': { code: 'InvalidAuthentication', status: 401 },
  'no-permission': { code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied', status: 403 },
  'room-unknown': { code: 'param.openSpaceIdInvalid' },
}

const calls = {
  send: 'POST /v1.0/card/instances/createAndDeliver',
  update: 'PUT /v1.0/card/instances',
} as const

/** What a block says. */
export function wordsOf(block: CardBlock): string {
  switch (block.kind) {
    case 'markdown':
    case 'text':
      return block.text
    case 'buttons':
      return block.buttons.map(({ label }) => `[${label}]`).join(' ')
    case 'form':
      return [...block.form.fields.map(({ label }) => label), `[${block.form.submitLabel}]`].join(' ')
    default:
      return ''
  }
}

/** A card as one person sees it, in words. */
export const cardWords = (workspace: Workspace, user: string, card: string): string =>
  (workspace.as(user).view(card)?.blocks ?? []).map(wordsOf).join('\n')

/** The newest card on which she reads these words. */
export const cardSaying = (workspace: Workspace, user: string, words: string): Promise<string> =>
  until(
    `${user} sees “${words}”`,
    () => workspace.cards().findLast(({ id }) => cardWords(workspace, user, id).includes(words))?.id,
    15_000,
  )

const cardIn = ({ content }: Message): string | null => (content.kind === 'card' ? content.card : null)

/** What only she sees of a card that others see as well. */
function ownWords(workspace: Workspace, user: string, card: string): string {
  const own = workspace.card(card)?.privateData.get(user) ?? {}
  return Object.values(own).some((value) => value !== '') ? cardWords(workspace, user, card) : ''
}

/** The local organisation as the contract's stage. */
export async function dingtalkStage(): Promise<Stage> {
  const workspace: Workspace = await startDingTalk(setup())
  const bots: Bot[] = []

  /** Cards that this person sees, oldest first, with whether others see them. */
  const cardsOf = (user: string): { card: string; alone: boolean }[] =>
    workspace
      .conversations()
      .filter(({ members }) => members.has(user))
      .flatMap((conversation) =>
        conversation.messages.map((message) => ({ message, direct: conversation.kind === 'direct' })),
      )
      .sort((a, b) => a.message.at - b.message.at)
      .flatMap(({ message, direct }) => {
        const card = cardIn(message)
        if (card === null) return []
        const alone = card.startsWith(privateCards)
        return alone && !direct && !isFor(card, user) ? [] : [{ card, alone: alone || direct }]
      })
  const isFor = (card: string, user: string): boolean =>
    workspace.calls(calls.send).some(({ body }) => {
      const { recipients } = (body.imGroupOpenDeliverModel ?? {}) as { recipients?: string[] }
      return body.outTrackId === card && recipients?.includes(user) === true
    })

  const withForm = (user: string): string | undefined =>
    cardsOf(user).findLast(({ card }) =>
      workspace
        .as(user)
        .view(card)
        ?.blocks.some(({ kind }) => kind === 'form'),
    )?.card

  return {
    member: mei,
    colleague: tom,
    room: team,
    secrets: [clientSecret],
    standings: [
      ['a colleague', mei, team, 'member'],
      ['a colleague, nowhere', tom, null, 'member'],
      ['somebody who left', { ...mei, user: 'gone03' }, null, 'stranger'],
      ['somebody who never came', { ...mei, user: 'idle04' }, team, 'deactivated'],
      ['another organisation', { ...mei, tenant: 'dingvendor0001', user: 'vendor05' }, team, 'stranger'],
      ['another organisation with our id', { ...mei, user: 'vendor05' }, team, 'stranger'],
      ['nobody', { ...mei, user: 'nobody06' }, null, 'stranger'],
      ['without an id', { ...mei, user: '' }, null, 'stranger'],
    ],
    async start() {
      const made = await openBot(workspace, { fetchTimeoutMs: slowMs })
      bots.push(made)
      return {
        chat: made.connection.chat,
        async listen(take) {
          made.receive = take
          await made.listen()
        },
        stop: () => made.stop(),
      }
    },
    command: async (who, line) => workspace.as(who.user).say(team, `@Astern /${line}`).isTaken === true,
    async mention(who, text) {
      workspace.as(who.user).say(team, `@Astern ${text}`)
    },
    press: async (who, ref, label) => (await workspace.as(who.user).press(ref.message, label)).ok,
    async pressPrivate(who, label) {
      const newest = cardsOf(who.user).findLast(({ alone }) => alone)
      if (!newest) throw new TypeError(`nothing is labelled ${label}`)
      return (await workspace.as(who.user).press(newest.card, label)).ok
    },
    submit: async (who, inputs) => (await workspace.as(who.user).press(withForm(who.user) ?? '', 'form', inputs)).ok,
    async repeat() {
      const last = workspace.pushes().at(-1)
      if (!last) return
      const { topic, messageId, data } = last
      const headers = { topic, messageId, contentType: 'application/json', time: '0' }
      workspace.sendRaw(JSON.stringify({ specVersion: '1.0', type: 'CALLBACK', headers, data: JSON.stringify(data) }))
    },
    seen: (room) =>
      workspace.messages(room).flatMap((message) => {
        const card = cardIn(message)
        return card === null || card.startsWith(privateCards) ? [] : [cardWords(workspace, 'vendor05', card)]
      }),
    seenBy: (who: Account) =>
      cardsOf(who.user)
        .map(({ card, alone }) => (alone ? cardWords(workspace, who.user, card) : ownWords(workspace, who.user, card)))
        .filter((words) => words !== ''),
    formOf(who) {
      const card = withForm(who.user)
      return card === undefined ? null : cardWords(workspace, who.user, card)
    },
    homeOf(who) {
      const card = workspace
        .directMessages(who.user)
        .map(cardIn)
        .findLast((one) => one !== null)
      return card ? cardWords(workspace, who.user, card) : null
    },
    roomsNamed: (name) =>
      workspace
        .conversations()
        .filter(({ title }) => title.toLowerCase().replaceAll(' ', '-') === name)
        .map(({ id }) => id),
    spoil: (what, trouble) => workspace.inject(({ api }) => (api === calls[what] ? faults[trouble] : undefined)),
    down: () => workspace.down(),
    up: () => workspace.up(),
    logged: () => bots.flatMap((one) => one.log.lines).join('\n'),
    async close() {
      for (const one of bots) await one.stop()
      await workspace.close()
    },
  }
}
