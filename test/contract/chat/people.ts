import { describe, expect, test } from 'vitest'
import type { Delivery } from '../../../src/core/delivery/delivery.ts'
import { eventually } from '../../kit/eventually.ts'
import { never, type Play } from './play.ts'
import type { StageCan } from './stage.ts'
import { card, form, note } from './views.ts'

/** What people do reaches the bot, once taken it is acknowledged. */
export function peopleAreHeard(play: Play, can: StageCan): void {
  describe('what people do', () => {
    test('a command arrives with its name, words, person and place', async () => {
      const bot = await play.listening()
      expect(await play.stage.command(play.stage.member, 'rollback checkout-svc to v1.7.3')).toBe(true)
      await eventually(() => bot.taken.length).toBe(1)
      expect(bot.taken[0]).toMatchObject({
        account: play.stage.member,
        place: { channel: play.stage.room },
        deed: { kind: 'command', name: 'rollback', text: 'checkout-svc to v1.7.3' },
      })
      expect(bot.taken[0]?.id.startsWith(`${play.stage.member.chat}:`)).toBe(true)
    })

    test('nothing is acknowledged that was not taken', async () => {
      const bot = await play.start()
      let full = true
      const taken: Delivery[] = []
      await bot.listen(async (delivery) => {
        if (full) throw new Error('disk full')
        taken.push(delivery)
      })
      const ref = await bot.chat.send(play.channel, card('not taken at first'), `full:${play.stage.room}`, never)
      expect(await play.stage.press(play.stage.member, ref, 'Approve')).toBe(false)
      if (can.commandsAnswered) expect(await play.stage.command(play.stage.member, 'rollback checkout-svc')).toBe(false)
      full = false
      expect(await play.stage.press(play.stage.member, ref, 'Approve')).toBe(true)
      if (can.commandsAnswered) expect(await play.stage.command(play.stage.member, 'rollback checkout-svc')).toBe(true)
      expect(taken).toHaveLength(can.commandsAnswered ? 2 : 1)
    })

    test('a mention is a command too, also in a thread', async () => {
      const bot = await play.listening()
      const ref = await bot.chat.send(play.channel, note('the thread begins'), 'mention-thread', never)
      await play.stage.mention(play.stage.member, 'versions checkout-svc', ref)
      await eventually(() => bot.taken.length).toBe(1)
      expect(bot.taken[0]).toMatchObject({
        account: play.stage.member,
        place: can.threads ? { channel: play.stage.room, thread: ref.message } : { channel: play.stage.room },
        deed: { kind: 'command', name: 'versions', text: 'checkout-svc', via: 'mention' },
      })
    })

    test('the same delivery twice has the same id, two have two', async () => {
      const bot = await play.listening()
      await play.stage.mention(play.stage.member, 'versions checkout-svc')
      await eventually(() => bot.taken.length).toBe(1)
      await play.stage.repeat()
      await eventually(() => bot.taken.length).toBe(2)
      await play.stage.mention(play.stage.member, 'versions checkout-svc')
      await eventually(() => bot.taken.length).toBe(3)
      const [first, again, other] = bot.taken.map(({ id }) => id)
      expect(again).toBe(first)
      expect(other).not.toBe(first)
    })

    test('a button arrives with what it was bound to, those under "more" as well', async () => {
      const bot = await play.listening()
      const ref = await bot.chat.send(play.channel, card('which button'), 'buttons', never)
      expect(await play.stage.press(play.stage.colleague, ref, 'Approve')).toBe(true)
      expect(await play.stage.press(play.stage.colleague, ref, 'Why me')).toBe(true)
      expect(await play.stage.press(play.stage.colleague, ref, 'Break glass')).toBe(true)
      expect(bot.taken.map(({ deed }) => deed)).toMatchObject([
        { kind: 'press', action: 'approve', value: 'R-42' },
        { kind: 'press', action: 'why', value: 'R-42' },
        { kind: 'press', action: 'break-glass', value: 'R-42' },
      ])
      expect(bot.taken[0]).toMatchObject({ account: play.stage.colleague, place: { channel: play.stage.room } })
      expect(new Set(bot.taken.map(({ id }) => id)).size).toBe(3)
    })

    test('the same button pressed twice by one person is two deliveries', async () => {
      const bot = await play.listening()
      const ref = await bot.chat.send(play.channel, card('twice'), 'twice', never)
      await play.stage.press(play.stage.member, ref, 'Approve')
      await play.stage.press(play.stage.member, ref, 'Approve')
      expect(new Set(bot.taken.map(({ id }) => id)).size).toBe(2)
    })

    test('a form opens, and its inputs come back with what it was bound to', async () => {
      const bot = await play.listening(({ deed }) => {
        if (deed.kind === 'submit') return note('asked for approval')
        return deed.kind === 'press' ? form : null
      })
      const ref = await bot.chat.send(play.channel, card('a form'), 'form', never)
      await play.stage.press(play.stage.member, ref, 'Approve')
      expect(play.stage.formOf(play.stage.member)).toContain('Ask for approval')
      expect(await play.stage.submit(play.stage.member, { version: 'v1.7.2', reason: '5xx <on> pay' })).toBe(true)
      expect(bot.taken[1]).toMatchObject({
        account: play.stage.member,
        place: { channel: play.stage.room },
        deed: {
          kind: 'submit',
          form: 'propose',
          value: 'checkout-svc',
          inputs: { version: 'v1.7.2', reason: '5xx <on> pay' },
        },
      })
      await eventually(() => play.stage.seenBy(play.stage.member).at(-1)).toContain('asked for approval')
    })
  })
}
