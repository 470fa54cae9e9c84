import { describe, expect, test } from 'vitest'
import { eventually } from '../../kit/eventually.ts'
import type { Play } from './play.ts'
import type { StageCan } from './stage.ts'
import { card, form, note } from './views.ts'

/** Answers are seen by one person only. */
export function answersArePrivate(play: Play, can: StageCan): void {
  describe('answers', () => {
    test('only the person sees an answer, once', async () => {
      await play.listening(() => note('only for you 1'))
      await play.stage.command(play.stage.member, 'versions checkout-svc')
      await expect
        .poll(() => play.stage.seenBy(play.stage.member).filter((one) => one.includes('only for you 1')))
        .toHaveLength(1)
      expect(play.shown('only for you 1')).toBe(0)
      expect(play.stage.seenBy(play.stage.colleague).join()).not.toContain('only for you 1')
    })

    test('a private card is replaced by the card its button leads to', async () => {
      await play.listening(({ deed }) => card(deed.kind === 'command' ? 'first private' : 'second private'))
      await play.stage.command(play.stage.colleague, 'rollback checkout-svc')
      await eventually(() => play.stage.seenBy(play.stage.colleague).at(-1)).toContain('first private')
      await play.stage.pressPrivate(play.stage.colleague, 'Approve')
      await eventually(() => play.stage.seenBy(play.stage.colleague).at(-1)).toContain('second private')
      expect(play.stage.seenBy(play.stage.colleague).join()).not.toContain('first private')
    })

    test('after a restart the person is still answered, in a dialog only where those do not expire', async () => {
      const before = await play.listening()
      await play.stage.command(play.stage.member, 'rollback checkout-svc')
      await eventually(() => before.taken.length).toBe(1)
      const delivery = before.taken[0]
      if (!delivery) throw new TypeError('nothing was taken')
      await before.stop()
      const after = await play.start()
      expect(await after.chat.answer(delivery, form)).toBe(can.dialogsExpire ? 'late' : 'answered')
      expect(await after.chat.answer(delivery, note('after the restart'))).toBe('answered')
      expect(play.stage.seenBy(play.stage.member).filter((one) => one.includes('after the restart'))).toHaveLength(1)
      expect(play.shown('after the restart')).toBe(0)
    })
  })
}
