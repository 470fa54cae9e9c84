import { describe, expect, test } from 'vitest'
import type { Room } from '../../../src/ports/chat.ts'
import type { View } from '../../../src/view/view.ts'
import { faultOf, never, type Play } from './play.ts'
import type { StageCan } from './stage.ts'
import { card, note } from './views.ts'

/** Messages are sent once, found again and updated in place. */
export function messagesAreFound(play: Play, can: StageCan): void {
  describe('messages', () => {
    test('sent, found by key, updated in place', async () => {
      const { chat } = await play.start()
      const ref = await chat.send(play.channel, card('R-42 waits'), 'card:R-42', never)
      expect(await chat.find(play.channel, 'card:R-42', never)).toMatchObject({
        message: ref.message,
        channel: ref.channel,
      })
      expect(await chat.find(play.channel, 'card:R-43', never)).toBeNull()
      await chat.update(ref, card('R-42 is restored'), never)
      expect(play.shown('R-42 waits')).toBe(0)
      expect(play.shown('R-42 is restored')).toBe(1)
      expect(await chat.find(play.channel, 'card:R-42', never)).toMatchObject({ message: ref.message })
    })

    if (can.threads)
      test('in a thread, found there', async () => {
        const { chat } = await play.start()
        const root = await chat.send(play.channel, note('timeline'), 'root', never)
        const room: Room = { kind: 'channel', channel: play.stage.room, thread: root.message }
        const ref = await chat.send(room, note('03:14 Mei asked'), 'line-1', never)
        expect(await chat.find(room, 'line-1', never)).toMatchObject({ message: ref.message })
      })

    test('to one person alone', async () => {
      const { chat } = await play.start()
      const room: Room = { kind: 'direct', account: play.stage.colleague }
      const ref = await chat.send(room, card('your approval is needed'), 'ask:tom', never)
      expect(play.stage.seenBy(play.stage.colleague).at(-1)).toContain('your approval is needed')
      expect(await chat.find(room, 'ask:tom', never)).toMatchObject({ message: ref.message })
    })

    test('a page of her own', async () => {
      const { chat } = await play.start()
      const room: Room = { kind: 'home', account: play.stage.member }
      const page = (line: string): View => ({
        kind: 'home',
        language: 'en',
        title: ['Waiting for you'],
        sections: [{ heading: ['R-42'], blocks: [{ kind: 'text', text: [line] }], buttons: [] }],
      })
      const ref = await chat.send(room, page('approve R-42'), 'home:mei', never)
      expect(play.stage.homeOf(play.stage.member)).toContain('approve R-42')
      await chat.update(ref, page('nothing waits'), never)
      expect(play.stage.homeOf(play.stage.member)).toContain('nothing waits')
    })

    test('a connection cut after the effect: check, and find tells that it was sent', async () => {
      const { chat } = await play.start()
      const heal = play.stage.spoil('send', 'cut-after')
      const fault = await faultOf(chat.send(play.channel, card('sent or not'), 'cut', never))
      heal()
      expect(fault.retry).toBe('check')
      const found = await chat.find(play.channel, 'cut', never)
      expect(found).not.toBeNull()
      expect(play.shown('sent or not')).toBe(1)
    })

    test('aborted before it began: nothing is sent', async () => {
      const { chat } = await play.start()
      const aborted = AbortSignal.abort(new Error('stopping'))
      await expect(chat.send(play.channel, card('aborted'), 'aborted', aborted)).rejects.toThrow()
      expect(play.shown('aborted')).toBe(0)
    })
  })
}
