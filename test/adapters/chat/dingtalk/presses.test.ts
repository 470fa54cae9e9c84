import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Delivery } from '../../../../src/core/delivery/delivery.ts'
import type { MessageRef } from '../../../../src/ports/chat.ts'
import type { View } from '../../../../src/view/view.ts'
import { card, form, note } from '../../../contract/chat/views.ts'
import { cardWords } from '../../../kit/dingtalk/stage.ts'
import {
  type Bot,
  elsewhere,
  mei,
  openBot,
  setup,
  startDingTalk,
  team,
  tom,
  type Workspace,
} from '../../../kit/dingtalk/workspace.ts'
import { eventually } from '../../../kit/eventually.ts'

const create = 'POST /v1.0/card/instances/createAndDeliver'
const update = 'PUT /v1.0/card/instances'
const never = new AbortController().signal

let workspace: Workspace
let bot: Bot
let ref: MessageRef
/** What the app makes of a delivery, after how long. */
let app: (delivery: Delivery) => { view: View; afterMs: number } | null

beforeEach(async () => {
  workspace = await startDingTalk(setup())
  bot = await openBot(workspace)
  app = () => null
  bot.receive = async (delivery) => {
    bot.received.push(delivery)
    const answer = app(delivery)
    if (answer) setTimeout(() => void bot.connection.chat.answer(delivery, answer.view), answer.afterMs)
  }
  await bot.listen()
  ref = await bot.connection.chat.send({ kind: 'channel', channel: team }, card('R-42 waits'), 'R-42', never)
})

afterEach(async () => {
  await bot.stop()
  await workspace.close()
})

const press = (label: string, who = mei) => workspace.as(who.user).press(ref.message, label)
const seenBy = (who = mei) => cardWords(workspace, who.user, ref.message)

describe('a press', () => {
  test('is answered within two seconds; the answer travels with it, is hers alone and costs no call', async () => {
    app = () => ({ view: note('Not approved: you asked for it yourself'), afterMs: 50 })
    const pressed = await press('Approve')
    expect(pressed).toMatchObject({ ok: true })
    expect(pressed.answerMs).toBeLessThan(1000)
    expect(seenBy()).toContain('Not approved')
    expect(seenBy(tom)).not.toContain('Not approved')
    expect(workspace.calls(update)).toHaveLength(0)
  })

  test('whose answer takes longer says "working on it", and is answered when it is there', async () => {
    app = () => ({ view: note('Not approved'), afterMs: 1800 })
    const pressed = await press('Approve')
    expect(pressed.ok).toBe(true)
    expect(pressed.answerMs).toBeLessThan(2000)
    expect(seenBy()).toContain('Working on it')
    expect(seenBy(tom)).not.toContain('Working on it')
    await eventually(() => seenBy()).toContain('Not approved')
    expect(seenBy()).not.toContain('Working on it')
  })

  test('is answered before its card is updated, never meanwhile; "working on it" ends with the update', async () => {
    const pressed = press('Approve')
    await eventually(() => bot.received.length).toBe(1)
    await bot.connection.chat.update(ref, card('R-42 runs'), never)
    expect((await pressed).answerMs).toBeLessThan(1000)
    expect(workspace.card(ref.message)?.updatesDuringClicks).toBe(0)
    expect(seenBy()).toContain('R-42 runs')
    expect(seenBy()).not.toContain('Working on it')
  })

  test('that was not taken fails before the eyes of who pressed', async () => {
    bot.receive = async () => {
      throw new Error('disk full')
    }
    expect((await press('Approve')).ok).toBe(false)
  })

  test('clears what she was told before', async () => {
    app = () => ({ view: note('first'), afterMs: 0 })
    await press('Approve')
    app = () => ({ view: note('second'), afterMs: 0 })
    await press('Why me')
    expect(seenBy()).toContain('second')
    expect(seenBy()).not.toContain('first')
  })

  test('leads to a card of her own where the answer has too many buttons for a note', async () => {
    app = () => ({ view: card('what will change'), afterMs: 0 })
    await press('Why me')
    await eventually(() => workspace.calls(create).length).toBe(2)
    expect(workspace.calls(create)[1]?.body).toMatchObject({ imGroupOpenDeliverModel: { recipients: [mei.user] } })
  })
})

describe('a form', () => {
  beforeEach(() => {
    app = ({ deed }) => ({ view: deed.kind === 'press' ? form : note('asked for approval'), afterMs: 0 })
  })

  test('opens for one person on the card that all see, without a call', async () => {
    await press('Approve')
    expect(seenBy()).toContain('Ask for approval')
    expect(seenBy(tom)).not.toContain('Ask for approval')
    expect(workspace.calls(update)).toHaveLength(0)
  })

  test('counts once, however often it is sent', async () => {
    await press('Approve')
    workspace.disturb({ duplicateClicks: 1 })
    expect((await workspace.as(mei.user).press(ref.message, 'form', { reason: '5xx' })).ok).toBe(true)
    await eventually(() => bot.received.length).toBe(3)
    const [, first, second] = bot.received
    expect(first?.deed).toMatchObject({ kind: 'submit', form: 'propose', inputs: { version: 'v1.7.3', reason: '5xx' } })
    expect(second?.id).toBe(first?.id)
  })

  test('is put away by its cancel button, and the bot hears nothing of it', async () => {
    await press('Approve')
    expect((await press('Cancel')).ok).toBe(true)
    expect(seenBy()).not.toContain('Ask for approval')
    expect(bot.received).toHaveLength(1)
  })

  test('with more options than fit keeps the selected one', async () => {
    const options = Array.from({ length: 60 }, (_, index) => ({
      value: `v1.${index}`,
      label: `v1.${index} 稳定运行 6 天`,
    }))
    const [, reason] = form.inputs
    const big = {
      ...form,
      inputs: [
        { kind: 'choice' as const, id: 'version', label: '版本', options, selected: 'v1.40' },
        ...(reason ? [reason] : []),
      ],
    }
    app = ({ deed }) => ({ view: deed.kind === 'press' ? big : note('asked'), afterMs: 0 })
    expect((await press('Approve')).ok).toBe(true)
    expect((await workspace.as(mei.user).press(ref.message, 'form', { reason: '5xx' })).ok).toBe(true)
    expect(bot.received.at(-1)?.deed).toMatchObject({ inputs: { version: 'v1.40' } })
  })
})

describe('who is not ours', () => {
  test('an outsider in the group presses: refused before their eyes, and the bot takes nothing', async () => {
    const pressed = await workspace.as('vendor05').press(ref.message, 'Approve')
    expect(pressed.ok).toBe(true)
    expect(cardWords(workspace, 'vendor05', ref.message)).toContain('only staff of this organisation')
    expect(bot.received).toEqual([])
  })

  test('an outsider speaks: refused where they spoke, without a call, and the bot takes nothing', async () => {
    const calls = workspace.usage().calls
    workspace.as('vendor05').say(team, '@Astern 回滚 checkout-svc')
    await eventually(() =>
      workspace.messages(team).some(({ content }) => content.kind === 'text' && content.text.includes('only staff')),
    ).toBe(true)
    expect(bot.received).toEqual([])
    expect(workspace.usage().calls).toBe(calls)
  })

  test('a card that stands elsewhere than where it was sent was forwarded: refused', async () => {
    workspace.sendRaw(
      JSON.stringify({
        specVersion: '1.0',
        type: 'CALLBACK',
        headers: {
          topic: '/v1.0/card/instances/callback',
          messageId: 'm1',
          contentType: 'application/json',
          time: '0',
        },
        data: JSON.stringify({
          outTrackId: ref.message,
          corpId: mei.tenant,
          userId: mei.user,
          spaceId: elsewhere,
          spaceType: 'IM',
          content: JSON.stringify({
            cardPrivateData: { actionIds: ['approve'], params: { value: 'R-42', rev: 'r', space: team } },
          }),
        }),
      }),
    )
    await eventually(() => bot.log.lines.some((line) => line.includes('not ours was refused'))).toBe(true)
    expect(bot.received).toEqual([])
  })

  test('our cards do not let themselves be forwarded', async () => {
    expect(workspace.calls(create)[0]?.body).toMatchObject({ imGroupOpenSpaceModel: { supportForward: false } })
    expect((await workspace.as(mei.user).press(ref.message, 'Approve', {}, elsewhere)).problem).toBe('forwarding_off')
  })

  test("another app's card is none of our business", async () => {
    workspace.sendRaw(
      JSON.stringify({
        specVersion: '1.0',
        type: 'CALLBACK',
        headers: { topic: '/v1.0/card/instances/callback', messageId: 'm2' },
        data: JSON.stringify({ outTrackId: 'other-1', corpId: mei.tenant, userId: mei.user, content: '{}' }),
      }),
    )
    await press('Why me')
    expect(bot.received.map(({ deed }) => deed.kind)).toEqual(['press'])
  })
})
