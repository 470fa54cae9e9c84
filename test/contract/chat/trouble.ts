import { describe, expect, test } from 'vitest'
import type { Retry } from '../../../src/core/fault.ts'
import { faultOf, never, type Play } from './play.ts'
import type { Trouble } from './stage.ts'
import { card, note } from './views.ts'

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

/** An error with everything it drags along. */
function inspect(error: unknown): string {
  const parts: string[] = []
  for (let at: unknown = error; at instanceof Error; at = at.cause)
    parts.push(at.name, at.stack ?? '', JSON.stringify(at, Object.getOwnPropertyNames(at)))
  return parts.join(' ')
}

/** What goes wrong is told apart by whether it may have happened. */
export function troubleIsToldApart(name: string, play: Play): void {
  describe('trouble', () => {
    for (const [trouble, sending, updating] of classes) {
      test(`${trouble}: sending is ${sending}, updating is ${updating}`, async () => {
        const { chat } = await play.start()
        const ref = await chat.send(play.channel, card('before the trouble'), `trouble:${trouble}`, never)
        const healSend = play.stage.spoil('send', trouble)
        const sent = await faultOf(chat.send(play.channel, card('in trouble'), 'in-trouble', never))
        healSend()
        const healUpdate = play.stage.spoil('update', trouble)
        const updated = await faultOf(chat.update(ref, card('in trouble'), never))
        healUpdate()
        expect([sent.retry, updated.retry]).toEqual([sending, updating])
        expect(sent.hint.key).toMatch(new RegExp(`^${name}\\.`))
        if (trouble === 'rate-limited') expect(sent.retryAfterMs).toBeGreaterThan(0)
      })
    }

    test('messages are sent again once the platform is back', async () => {
      const { chat } = await play.start()
      await play.stage.down()
      const fault = await faultOf(chat.send(play.channel, card('while away'), 'away', never))
      await play.stage.up()
      expect(['yes', 'check']).toContain(fault.retry)
      await chat.send(play.channel, card('while away'), 'away', never)
      expect(play.shown('while away')).toBe(1)
    })
  })

  describe('who somebody is', () => {
    test('is asked of the platform, and each kind is told apart', async () => {
      const { chat } = await play.start()
      for (const [what, account, place, standing] of play.stage.standings) {
        const told = await chat.person(account, place === null ? null : { channel: place }, never)
        expect([what, told.standing]).toEqual([what, standing])
      }
    })

    test('could not be asked: said so, never "member"', async () => {
      const { chat } = await play.start()
      await play.stage.down()
      const told = await chat.person(play.stage.member, { channel: play.stage.room }, never)
      await play.stage.up()
      expect(told).toEqual({ standing: 'could-not-ask' })
    })
  })

  test('no secret reached a log or a fault', async () => {
    const { chat } = await play.start()
    const said: string[] = []
    for (const [trouble] of classes) {
      const heal = play.stage.spoil('send', trouble)
      said.push(inspect(await faultOf(chat.send(play.channel, note('secret?'), 'secret', never))))
      heal()
    }
    const all = `${said.join()}${play.stage.logged()}`
    expect(all).toContain('Fault')
    for (const secret of play.stage.secrets) expect(all.includes(secret)).toBe(false)
  })
}
