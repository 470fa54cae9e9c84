import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Account } from '../../../src/core/actor.ts'
import type { Delivery } from '../../../src/core/delivery/delivery.ts'
import { Fault, type Retry } from '../../../src/core/fault.ts'
import type { Standing } from '../../../src/core/policy/policy.ts'
import type { Chat, MessageRef, Room } from '../../../src/ports/chat.ts'
import type { Card, Form, Note, View } from '../../../src/view/view.ts'
import { eventually } from '../../kit/eventually.ts'

/** What can go wrong between the bot and its platform. */
export type Trouble =
  | 'rate-limited'
  | 'server-error'
  | 'cut-before'
  | 'cut-after'
  | 'unreadable'
  | 'too-slow'
  | 'token-refused'
  | 'no-permission'
  | 'room-unknown'

/** A bot process: the real adapter, opened anew. */
export interface Process {
  readonly chat: Chat
  /** Listens; `take` is what `receive` does. */
  listen(take: (delivery: Delivery) => Promise<void>): Promise<void>
  stop(): Promise<void>
}

/** One platform with people on it, as the suite needs it. */
export interface Stage {
  start(): Promise<Process>
  readonly member: Account
  readonly colleague: Account
  /** A channel that both and the bot are in. */
  readonly room: string
  /** Resolves to whether the platform saw its delivery acknowledged. */
  command(who: Account, line: string): Promise<boolean>
  /** Says `text` to the bot by mentioning it; `thread` is a message to answer below. */
  mention(who: Account, text: string, thread?: MessageRef): Promise<void>
  press(who: Account, ref: MessageRef, label: string): Promise<boolean>
  /** The same on the newest message that only this person sees. */
  pressPrivate(who: Account, label: string): Promise<boolean>
  submit(who: Account, inputs: Readonly<Record<string, string>>): Promise<boolean>
  /** The platform delivers its last event once more. */
  repeat(): Promise<void>
  /** What all see, oldest first. */
  seen(room: string): readonly string[]
  /** What only this person sees in channels or in the conversation with the bot. */
  seenBy(who: Account): readonly string[]
  formOf(who: Account): string | null
  homeOf(who: Account): string | null
  /** Conversations with this name or a variant of it. */
  roomsNamed(name: string): readonly string[]
  /** Spoils the sending or updating of messages until the returned function is called. */
  spoil(what: 'send' | 'update', trouble: Trouble): () => void
  /** The platform is gone, and back. */
  down(): Promise<void>
  up(): Promise<void>
  /** Everything that was logged. */
  logged(): string
  readonly secrets: readonly string[]
  /** Accounts of every kind, each with where it is asked about. */
  readonly standings: readonly (readonly [string, Account, string | null, Standing])[]
  close(): Promise<void>
}

/** Which retry class each trouble has, for sending and for updating. A platform that cannot tell uses the more careful one. */
const classes: readonly (readonly [Trouble, Retry, Retry])[] = [
  ['rate-limited', 'yes', 'yes'],
  ['server-error', 'check', 'yes'],
  ['cut-before', 'check', 'yes'],
  ['cut-after', 'check', 'yes'],
  ['unreadable', 'check', 'yes'],
  ['too-slow', 'check', 'yes'],
  ['token-refused', 'no', 'no'],
  ['no-permission', 'no', 'no'],
  ['room-unknown', 'no', 'no'],
]

const never = new AbortController().signal

const card = (plain: string): Card => ({
  kind: 'card',
  language: 'en',
  title: [plain],
  blocks: [
    { kind: 'tasks', title: ['Plan'], tasks: [{ id: 'eu-1', title: ['eu-1'], state: 'running', detail: ['2 of 3'] }] },
  ],
  buttons: [{ action: 'approve', value: 'R-42', label: 'Approve', tone: 'primary' }],
  more: [
    { action: 'why', value: 'R-42', label: 'Why me' },
    {
      action: 'break-glass',
      value: 'R-42',
      label: 'Break glass',
      tone: 'danger',
      confirm: { title: 'Break glass', text: 'Rolls back without approval', yes: 'Roll back', no: 'Cancel' },
    },
  ],
  plain,
})

const note = (plain: string): Note => ({ kind: 'note', language: 'en', lines: [[plain]], buttons: [], plain })

const form: Form = {
  kind: 'form',
  language: 'en',
  form: 'propose',
  value: 'checkout-svc',
  title: 'Ask for approval',
  submit: 'Ask',
  cancel: 'Cancel',
  blocks: [{ kind: 'text', text: ['Two workloads change'] }],
  inputs: [
    {
      kind: 'choice',
      id: 'version',
      label: 'Version',
      options: [
        { value: 'v1.7.3', label: 'v1.7.3', hint: 'ran 6 d' },
        { value: 'v1.7.2', label: 'v1.7.2' },
      ],
      selected: 'v1.7.3',
    },
    { kind: 'text', id: 'reason', label: 'Reason', lines: 'one', maxLength: 200 },
  ],
}

/** What every chat adapter promises; `setTheStage` starts a platform with people on it. */
export function chatContract(name: string, setTheStage: () => Promise<Stage>): void {
  describe(`chat contract: ${name}`, () => {
    let stage: Stage
    let running: Process[]

    beforeAll(async () => {
      stage = await setTheStage()
    })
    afterAll(() => stage.close())
    beforeEach(() => {
      running = []
    })
    afterEach(async () => {
      for (const process of running) await process.stop()
    })

    const start = async (): Promise<Process> => {
      const process = await stage.start()
      running.push(process)
      return process
    }
    const listening = async (
      answer: (delivery: Delivery) => View | null = () => null,
    ): Promise<Process & { taken: Delivery[] }> => {
      const process = await start()
      const taken: Delivery[] = []
      await process.listen(async (delivery) => {
        taken.push(delivery)
        const view = answer(delivery)
        if (view) await process.chat.answer(delivery, view)
      })
      return { ...process, taken }
    }
    const channel = (): Room => ({ kind: 'channel', channel: stage.room })
    const shown = (text: string): number => stage.seen(stage.room).filter((one) => one.includes(text)).length
    const faultOf = async (promise: Promise<unknown>): Promise<Fault> => {
      const error = await promise.then(
        () => null,
        (thrown: unknown) => thrown,
      )
      expect(error).toBeInstanceOf(Fault)
      return error as Fault
    }

    describe('what people do', () => {
      test('a command arrives with its name, words, person and place', async () => {
        const bot = await listening()
        expect(await stage.command(stage.member, 'rollback checkout-svc to v1.7.3')).toBe(true)
        expect(bot.taken).toHaveLength(1)
        expect(bot.taken[0]).toMatchObject({
          account: stage.member,
          place: { channel: stage.room },
          deed: { kind: 'command', name: 'rollback', text: 'checkout-svc to v1.7.3' },
        })
        expect(bot.taken[0]?.id.startsWith(`${stage.member.chat}:`)).toBe(true)
      })

      test('nothing is acknowledged that was not taken', async () => {
        const bot = await start()
        let full = true
        const taken: Delivery[] = []
        await bot.listen(async (delivery) => {
          if (full) throw new Error('disk full')
          taken.push(delivery)
        })
        expect(await stage.command(stage.member, 'rollback checkout-svc')).toBe(false)
        full = false
        expect(await stage.command(stage.member, 'rollback checkout-svc')).toBe(true)
        expect(taken).toHaveLength(1)
      })

      test('a mention is a command too, also in a thread', async () => {
        const bot = await listening()
        const ref = await bot.chat.send(channel(), note('the thread begins'), 'mention-thread', never)
        await stage.mention(stage.member, 'versions checkout-svc', ref)
        await eventually(() => bot.taken.length).toBe(1)
        expect(bot.taken[0]).toMatchObject({
          account: stage.member,
          place: { channel: stage.room, thread: ref.message },
          deed: { kind: 'command', name: 'versions', text: 'checkout-svc', via: 'mention' },
        })
      })

      test('the same delivery twice has the same id, two have two', async () => {
        const bot = await listening()
        await stage.mention(stage.member, 'versions checkout-svc')
        await eventually(() => bot.taken.length).toBe(1)
        await stage.repeat()
        await eventually(() => bot.taken.length).toBe(2)
        await stage.mention(stage.member, 'versions checkout-svc')
        await eventually(() => bot.taken.length).toBe(3)
        const [first, again, other] = bot.taken.map(({ id }) => id)
        expect(again).toBe(first)
        expect(other).not.toBe(first)
      })

      test('a button arrives with what it was bound to, those under "more" as well', async () => {
        const bot = await listening()
        const ref = await bot.chat.send(channel(), card('which button'), 'buttons', never)
        expect(await stage.press(stage.colleague, ref, 'Approve')).toBe(true)
        expect(await stage.press(stage.colleague, ref, 'Why me')).toBe(true)
        expect(await stage.press(stage.colleague, ref, 'Break glass')).toBe(true)
        expect(bot.taken.map(({ deed }) => deed)).toMatchObject([
          { kind: 'press', action: 'approve', value: 'R-42' },
          { kind: 'press', action: 'why', value: 'R-42' },
          { kind: 'press', action: 'break-glass', value: 'R-42' },
        ])
        expect(bot.taken[0]).toMatchObject({ account: stage.colleague, place: { channel: stage.room } })
        expect(new Set(bot.taken.map(({ id }) => id)).size).toBe(3)
      })

      test('the same button pressed twice by one person is two deliveries', async () => {
        const bot = await listening()
        const ref = await bot.chat.send(channel(), card('twice'), 'twice', never)
        await stage.press(stage.member, ref, 'Approve')
        await stage.press(stage.member, ref, 'Approve')
        expect(new Set(bot.taken.map(({ id }) => id)).size).toBe(2)
      })

      test('a form opens, and its inputs come back with what it was bound to', async () => {
        const bot = await listening(({ deed }) => {
          if (deed.kind === 'submit') return note('asked for approval')
          return deed.kind === 'press' ? form : null
        })
        const ref = await bot.chat.send(channel(), card('a form'), 'form', never)
        await stage.press(stage.member, ref, 'Approve')
        expect(stage.formOf(stage.member)).toContain('Ask for approval')
        expect(await stage.submit(stage.member, { version: 'v1.7.2', reason: '5xx <on> pay' })).toBe(true)
        expect(bot.taken[1]).toMatchObject({
          account: stage.member,
          place: { channel: stage.room },
          deed: {
            kind: 'submit',
            form: 'propose',
            value: 'checkout-svc',
            inputs: { version: 'v1.7.2', reason: '5xx <on> pay' },
          },
        })
        await eventually(() => stage.seenBy(stage.member).at(-1)).toContain('asked for approval')
      })
    })

    describe('answers', () => {
      test('only the person sees an answer, once', async () => {
        await listening(() => note('only for you 1'))
        await stage.command(stage.member, 'versions checkout-svc')
        await expect
          .poll(() => stage.seenBy(stage.member).filter((one) => one.includes('only for you 1')))
          .toHaveLength(1)
        expect(shown('only for you 1')).toBe(0)
        expect(stage.seenBy(stage.colleague).join()).not.toContain('only for you 1')
      })

      test('a private card is replaced by the card its button leads to', async () => {
        await listening(({ deed }) => card(deed.kind === 'command' ? 'first private' : 'second private'))
        await stage.command(stage.colleague, 'rollback checkout-svc')
        await eventually(() => stage.seenBy(stage.colleague).at(-1)).toContain('first private')
        await stage.pressPrivate(stage.colleague, 'Approve')
        await eventually(() => stage.seenBy(stage.colleague).at(-1)).toContain('second private')
        expect(stage.seenBy(stage.colleague).join()).not.toContain('first private')
      })

      test('after a restart the person is still answered, but no dialog opens any more', async () => {
        const before = await listening()
        await stage.command(stage.member, 'rollback checkout-svc')
        const delivery = before.taken[0]
        if (!delivery) throw new TypeError('nothing was taken')
        await before.stop()
        const after = await start()
        expect(await after.chat.answer(delivery, form)).toBe('late')
        expect(await after.chat.answer(delivery, note('after the restart'))).toBe('answered')
        expect(stage.seenBy(stage.member).filter((one) => one.includes('after the restart'))).toHaveLength(1)
        expect(shown('after the restart')).toBe(0)
      })
    })

    describe('messages', () => {
      test('sent, found by key, updated in place', async () => {
        const { chat } = await start()
        const ref = await chat.send(channel(), card('R-42 waits'), 'card:R-42', never)
        expect(await chat.find(channel(), 'card:R-42', never)).toMatchObject({
          message: ref.message,
          channel: ref.channel,
        })
        expect(await chat.find(channel(), 'card:R-43', never)).toBeNull()
        await chat.update(ref, card('R-42 is restored'), never)
        expect(shown('R-42 waits')).toBe(0)
        expect(shown('R-42 is restored')).toBe(1)
        expect(await chat.find(channel(), 'card:R-42', never)).toMatchObject({ message: ref.message })
      })

      test('in a thread, found there', async () => {
        const { chat } = await start()
        const root = await chat.send(channel(), note('timeline'), 'root', never)
        const room: Room = { kind: 'channel', channel: stage.room, thread: root.message }
        const ref = await chat.send(room, note('03:14 Mei asked'), 'line-1', never)
        expect(await chat.find(room, 'line-1', never)).toMatchObject({ message: ref.message })
      })

      test('to one person alone', async () => {
        const { chat } = await start()
        const room: Room = { kind: 'direct', account: stage.colleague }
        const ref = await chat.send(room, card('your approval is needed'), 'ask:tom', never)
        expect(stage.seenBy(stage.colleague).at(-1)).toContain('your approval is needed')
        expect(await chat.find(room, 'ask:tom', never)).toMatchObject({ message: ref.message })
      })

      test('a page of her own', async () => {
        const { chat } = await start()
        const room: Room = { kind: 'home', account: stage.member }
        const page = (line: string): View => ({
          kind: 'home',
          language: 'en',
          title: ['Waiting for you'],
          sections: [{ heading: ['R-42'], blocks: [{ kind: 'text', text: [line] }], buttons: [] }],
        })
        const ref = await chat.send(room, page('approve R-42'), 'home:mei', never)
        expect(stage.homeOf(stage.member)).toContain('approve R-42')
        await chat.update(ref, page('nothing waits'), never)
        expect(stage.homeOf(stage.member)).toContain('nothing waits')
      })

      test('a connection cut after the effect: check, and find tells that it was sent', async () => {
        const { chat } = await start()
        const heal = stage.spoil('send', 'cut-after')
        const fault = await faultOf(chat.send(channel(), card('sent or not'), 'cut', never))
        heal()
        expect(fault.retry).toBe('check')
        const found = await chat.find(channel(), 'cut', never)
        expect(found).not.toBeNull()
        expect(shown('sent or not')).toBe(1)
      })

      test('aborted before it began: nothing is sent', async () => {
        const { chat } = await start()
        const aborted = AbortSignal.abort(new Error('stopping'))
        await expect(chat.send(channel(), card('aborted'), 'aborted', aborted)).rejects.toThrow()
        expect(shown('aborted')).toBe(0)
      })
    })

    describe('the room of an incident', () => {
      const room = (): Room => ({
        kind: 'incident',
        name: 'INC-7 Checkout_Svc',
        topic: 'checkout-svc 5xx',
        link: { title: 'Console', url: 'https://astern.example/incidents/INC-7' },
        invite: [stage.member, stage.colleague],
      })

      test('is made once, also when the bot dies on the way', async () => {
        const first = await start()
        const heal = stage.spoil('send', 'cut-before')
        await faultOf(first.chat.send(room(), card('INC-7'), 'incident:INC-7', never))
        heal()
        await first.stop()
        const second = await start()
        expect(await second.chat.find(room(), 'incident:INC-7', never)).toBeNull()
        const ref = await second.chat.send(room(), card('INC-7'), 'incident:INC-7', never)
        expect(await second.chat.find(room(), 'incident:INC-7', never)).toMatchObject({ message: ref.message })
        expect(stage.roomsNamed('inc-7-checkout_svc')).toHaveLength(1)
        expect(stage.seen(ref.channel).filter((one) => one.includes('INC-7')).length).toBeGreaterThan(0)
      })

      test('another incident of the same name gets a room of its own', async () => {
        const { chat } = await start()
        const ref = await chat.send(room(), card('INC-7 again'), 'incident:INC-7-again', never)
        expect(stage.roomsNamed('inc-7-checkout_svc')).toHaveLength(2)
        expect(await chat.find(room(), 'incident:INC-7-again', never)).toMatchObject({ channel: ref.channel })
      })
    })

    describe('trouble', () => {
      for (const [trouble, sending, updating] of classes) {
        test(`${trouble}: sending is ${sending}, updating is ${updating}`, async () => {
          const { chat } = await start()
          const ref = await chat.send(channel(), card('before the trouble'), `trouble:${trouble}`, never)
          const healSend = stage.spoil('send', trouble)
          const sent = await faultOf(chat.send(channel(), card('in trouble'), 'in-trouble', never))
          healSend()
          const healUpdate = stage.spoil('update', trouble)
          const updated = await faultOf(chat.update(ref, card('in trouble'), never))
          healUpdate()
          expect([sent.retry, updated.retry]).toEqual([sending, updating])
          expect(sent.hint.key).toMatch(new RegExp(`^${name}\\.`))
          if (trouble === 'rate-limited') expect(sent.retryAfterMs).toBeGreaterThan(0)
        })
      }

      test('messages are sent again once the platform is back', async () => {
        const { chat } = await start()
        await stage.down()
        const fault = await faultOf(chat.send(channel(), card('while away'), 'away', never))
        await stage.up()
        expect(['yes', 'check']).toContain(fault.retry)
        await chat.send(channel(), card('while away'), 'away', never)
        expect(shown('while away')).toBe(1)
      })
    })

    describe('who somebody is', () => {
      test('is asked of the platform, and each kind is told apart', async () => {
        const { chat } = await start()
        for (const [what, account, place, standing] of stage.standings) {
          const told = await chat.person(account, place === null ? null : { channel: place }, never)
          expect([what, told.standing]).toEqual([what, standing])
        }
      })

      test('could not be asked: said so, never "member"', async () => {
        const { chat } = await start()
        await stage.down()
        const told = await chat.person(stage.member, { channel: stage.room }, never)
        await stage.up()
        expect(told).toEqual({ standing: 'could-not-ask' })
      })
    })

    test('no secret reached a log or a fault', async () => {
      const { chat } = await start()
      const said: string[] = []
      for (const [trouble] of classes) {
        const heal = stage.spoil('send', trouble)
        said.push(inspect(await faultOf(chat.send(channel(), note('secret?'), 'secret', never))))
        heal()
      }
      const all = `${said.join()}${stage.logged()}`
      expect(all).toContain('Fault')
      for (const secret of stage.secrets) expect(all.includes(secret)).toBe(false)
    })
  })
}

/** An error with everything it drags along. */
function inspect(error: unknown): string {
  const parts: string[] = []
  for (let at: unknown = error; at instanceof Error; at = at.cause)
    parts.push(at.name, at.stack ?? '', JSON.stringify(at, Object.getOwnPropertyNames(at)))
  return parts.join(' ')
}
