import { describe, expect, test } from 'vitest'
import type { Room } from '../../../src/ports/chat.ts'
import { faultOf, never, type Play } from './play.ts'
import { card } from './views.ts'

/** A room is made once, whatever happens on the way. */
export function roomsAreMadeOnce(play: Play): void {
  describe('the room of an incident', () => {
    const room = (key = 'incident:INC-7'): Room => ({
      kind: 'incident',
      key,
      name: 'INC-7 Checkout_Svc',
      topic: 'checkout-svc 5xx',
      link: { title: 'Console', url: 'https://astern.example/incidents/INC-7' },
      invite: [play.stage.member, play.stage.colleague],
    })

    test('is made once, also when the bot dies on the way', async () => {
      const first = await play.start()
      const heal = play.stage.spoil('send', 'cut-before')
      await faultOf(first.chat.send(room(), card('INC-7'), 'incident:INC-7', never))
      heal()
      await first.stop()
      const second = await play.start()
      expect(await second.chat.find(room(), 'incident:INC-7', never)).toBeNull()
      const ref = await second.chat.send(room(), card('INC-7'), 'incident:INC-7', never)
      expect(await second.chat.find(room(), 'incident:INC-7', never)).toMatchObject({ message: ref.message })
      expect(play.stage.roomsNamed('inc-7-checkout_svc')).toHaveLength(1)
      expect(play.stage.seen(ref.channel).filter((one) => one.includes('INC-7')).length).toBeGreaterThan(0)
    })

    test('another incident of the same name gets a room of its own', async () => {
      const { chat } = await play.start()
      const other = room('incident:INC-7-again')
      const ref = await chat.send(other, card('INC-7 again'), 'incident:INC-7-again', never)
      expect(play.stage.roomsNamed('inc-7-checkout_svc')).toHaveLength(2)
      expect(await chat.find(other, 'incident:INC-7-again', never)).toMatchObject({ channel: ref.channel })
      // Whatever else is said of it stands in the same room.
      const more = await chat.send(other, card('R-8'), 'card:R-8', never)
      expect(more.channel).toBe(ref.channel)
      expect(play.stage.roomsNamed('inc-7-checkout_svc')).toHaveLength(2)
    })
  })
}
