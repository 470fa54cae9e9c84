import { describe, expect, it } from 'vitest'
import { bot, call, far, general, guest, mei, secret, socketApp, tom, until, workspace } from '../kit.ts'

const text = (value: string) => ({ type: 'plain_text' as const, text: value })
const options = ['v1.7.3', 'v1.7.2'].map((value) => ({ text: text(value), value }))

describe('people', () => {
  it('choose in a message, and the button sees what was chosen', async () => {
    const slack = await workspace()
    const seen: object[] = []
    await socketApp(slack, (app) => {
      app.action(/.*/, async ({ ack, body }) => {
        await ack()
        seen.push(body)
      })
    })
    const blocks = [
      {
        type: 'section',
        block_id: 'pick',
        text: text('To'),
        accessory: { type: 'radio_buttons', action_id: 'to', options },
      },
      {
        type: 'actions',
        block_id: 'act',
        elements: [
          { type: 'button', action_id: 'go', text: text('Go') },
          { type: 'overflow', action_id: 'more', options },
        ],
      },
    ]
    const { ts } = (await call(slack, 'chat.postMessage', { channel: general, text: 'x', blocks })) as unknown as {
      ts: string
    }
    const me = slack.as(mei)
    expect(await me.press(general, ts, 'to', 'v9')).toMatchObject({ error: 'option_not_found' })
    await me.press(general, ts, 'to', 'v1.7.2')
    await me.press(general, ts, { blockId: 'act', actionId: 'go' })
    await me.press(general, ts, 'more', 'v1.7.3')
    await until(() => seen.length === 3)
    const chosen = { values: { pick: { to: { type: 'radio_buttons', selected_option: { value: 'v1.7.2' } } } } }
    expect(seen).toMatchObject([
      { actions: [{ action_id: 'to', selected_option: { value: 'v1.7.2' } }], state: chosen },
      { actions: [{ action_id: 'go', block_id: 'act' }], state: chosen },
      { actions: [{ action_id: 'more', selected_option: { value: 'v1.7.3' } }], state: chosen },
    ])
    expect(await me.press(general, ts, { blockId: 'pick', actionId: 'go' })).toMatchObject({
      error: 'element_not_found',
    })
    expect(await slack.as(guest).press(general, ts, 'go')).toMatchObject({ error: 'message_not_found' })
  })

  it('send commands escaped only where the manifest says so', async () => {
    const slack = await workspace()
    const texts: string[] = []
    await socketApp(slack, (app) => {
      app.command(/.*/, async ({ ack, body }) => {
        await ack()
        texts.push(body.text)
      })
    })
    await slack.as(mei).command(general, '/rollback @tom <b> & #general')
    await slack.as(mei).command(general, '/incident @tom <b> & #general https://e.com/x @nobody')
    expect(texts).toEqual([
      '@tom <b> & #general',
      `<@${tom}|tom> &lt;b&gt; &amp; <#${general}|general> <https://e.com/x> @nobody`,
    ])
    expect(await slack.as(mei).command(far, '/rollback x')).toMatchObject({ error: 'not_in_channel' })
  })

  it('say things the bot hears only where it is', async () => {
    const slack = await workspace()
    const types = () => slack.eventLog().map(({ payload }) => (payload.event as { type: string }).type)
    await slack.as(mei).say(secret, `<@${bot}> hi`)
    expect(types()).toEqual([])
    await slack.as(mei).invite(secret, bot)
    await slack.as(mei).say(secret, `<@${bot}> hi`)
    expect(types()).toEqual(['message', 'member_joined_channel', 'message', 'app_mention'])
    expect(slack.eventLog().at(-1)?.payload).toMatchObject({
      ...{
        type: 'event_callback',
        team_id: 'T0LOCAL001',
        api_app_id: 'A0APP00001',
        event_id: expect.stringMatching(/^Ev/),
      },
      authorizations: [{ user_id: bot, is_bot: true }],
      event: { user: mei, channel: secret, text: `<@${bot}> hi` },
    })
    expect(await slack.as(tom).say(secret, 'hi')).toMatchObject({ error: 'channel_not_found' })
  })

  it('come from elsewhere, are guests or gone', async () => {
    const stranger = { id: 'U0STRANGER', name: 'sam', isStranger: true, teamId: 'T0OTHER001' }
    const shared = { id: 'C0SHARED01', name: 'shared', members: [stranger.id, bot], isExtShared: true }
    const slack = await workspace({ users: [stranger, { id: mei, name: 'mei' }], channels: [shared] })
    await slack.as(stranger.id).say(shared.id, 'hi')
    expect(slack.eventLog()[0]?.payload).toMatchObject({
      is_ext_shared_channel: true,
      event: { user: stranger.id, user_team: 'T0OTHER001' },
    })
    expect((await call(slack, 'users.info', { user: stranger.id })).user).toMatchObject({
      is_stranger: true,
      team_id: 'T0OTHER001',
    })
    slack.changeUser(mei, { deleted: true })
    expect(slack.eventLog().at(-1)?.payload).toMatchObject({
      event: { type: 'user_change', user: { id: mei, deleted: true } },
    })
    expect(await slack.as(mei).command(shared.id, '/rollback')).toMatchObject({ error: 'user_disabled' })
  })

  it('press twice without knowing, and see a timeout for what was done', async () => {
    const slack = await workspace()
    const seen: { trigger_id: string; actions: { action_ts: string }[] }[] = []
    await socketApp(slack, (app) => {
      app.action('go', async ({ ack, body }) => {
        await ack()
        seen.push(body as never)
      })
    })
    const elements = [{ type: 'button', action_id: 'go', text: text('Go') }]
    const posted = await call(slack, 'chat.postMessage', {
      channel: general,
      text: 'x',
      blocks: [{ type: 'actions', elements }],
    })
    slack.disturb({ duplicateActions: 1 })
    expect(await slack.as(mei).press(general, posted.ts as string, 'go')).toMatchObject({ acked: true })
    await until(() => seen.length === 2)
    expect(seen[0]).toEqual(seen[1])
    slack.disturb({ loseAcks: 1 })
    const lost = await slack.as(mei).press(general, posted.ts as string, 'go')
    expect(lost).toMatchObject({ acked: false, error: 'operation_timeout' })
    await until(() => seen.length === 3)
  })

  it('are offered options as they type', async () => {
    const slack = await workspace()
    await socketApp(slack, (app) => {
      app.options('version', async ({ ack, payload }) => {
        await ack({ options: options.filter(({ value }) => value.startsWith(payload.value)) })
      })
    })
    const element = { type: 'external_select', action_id: 'version', min_query_length: 2 }
    const posted = await call(slack, 'chat.postMessage', {
      channel: general,
      text: 'x',
      blocks: [{ type: 'section', text: text('To'), accessory: element }],
    })
    const typed = (query: string) => slack.as(mei).suggest(general, posted.ts as string, 'version', query)
    expect((await typed('v1.7.2')).options).toEqual([options[1]])
    expect((await typed('v')).options).toEqual([])
  })

  it('open their home, and act in it', async () => {
    const slack = await workspace()
    const pressed: string[] = []
    await socketApp(slack, (app) => {
      app.event('app_home_opened', async ({ event, client }) => {
        const elements = [{ type: 'button' as const, action_id: 'mine', text: text('Mine') }]
        await client.views.publish({
          user_id: event.user,
          view: { type: 'home', blocks: [{ type: 'actions', elements }] },
        })
      })
      app.action('mine', async ({ ack, body }) => {
        await ack()
        pressed.push(body.user.id)
      })
    })
    await slack.as(mei).openHome()
    const home = await until(() => slack.home(mei))
    expect(await slack.as(tom).pressInView(home.id, 'mine')).toMatchObject({ error: 'view_not_found' })
    expect(await slack.as(mei).pressInView(home.id, 'mine')).toMatchObject({ acked: true })
    await until(() => pressed.length === 1)
    expect(pressed).toEqual([mei])
  })

  it('react, pin and join', async () => {
    const slack = await workspace()
    const { ts = '' } = await slack.as(tom).say(general, 'x')
    expect(await slack.as(mei).react(general, ts, 'eyes')).toMatchObject({ acked: true })
    expect(await slack.as(mei).pin(general, ts)).toMatchObject({ acked: true })
    expect(await slack.as(mei).pin(general, ts)).toMatchObject({ detail: 'already_pinned' })
    await slack.as(mei).join(far)
    expect(slack.channel(far).members.has(mei)).toBe(true)
    expect(slack.message(general, ts)?.reactions).toEqual([{ name: 'eyes', users: [mei] }])
    expect(slack.channel(general).pins).toMatchObject([{ ts, by: mei }])
  })

  it('are the same on every run with the same seed', async () => {
    const now = () => Date.UTC(2026, 0, 1)
    const ids = async (): Promise<unknown[]> => {
      const slack = await workspace({ seed: 7, now })
      const posted = await call(slack, 'chat.postMessage', {
        channel: general,
        text: 'x',
        blocks: [{ type: 'divider' }],
      })
      return [posted.ts, (posted.message as { blocks: object[] }).blocks]
    }
    expect(await ids()).toEqual(await ids())
  })
})
