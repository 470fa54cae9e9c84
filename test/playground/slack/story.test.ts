import type { App } from '@slack/bolt'
import { describe, expect, it } from 'vitest'
import type { Workspace } from '../../../src/playground/slack/index.ts'
import { general, httpApp, mei, socketApp, tom, until, workspace } from './kit.ts'

const text = (value: string) => ({ type: 'plain_text' as const, text: value })

function shape(app: App): void {
  app.command('/rollback', async ({ ack, body, client }) => {
    await ack({ response_type: 'ephemeral', text: `looking at ${body.text}` })
    await client.views.open({
      trigger_id: body.trigger_id,
      view: {
        type: 'modal',
        callback_id: 'reason',
        private_metadata: body.channel_id,
        title: text('Roll back'),
        submit: text('Ask'),
        blocks: [
          {
            type: 'input',
            block_id: 'why',
            label: text('Why'),
            element: { type: 'plain_text_input', action_id: 'text' },
          },
        ],
      },
    })
  })
  app.view('reason', async ({ ack, view, client }) => {
    const reason = view.state.values.why?.text?.value ?? ''
    if (reason.length < 3) {
      await ack({ response_action: 'errors', errors: { why: 'Say more' } })
      return
    }
    await ack()
    await client.chat.postMessage({
      channel: view.private_metadata,
      text: 'card',
      blocks: [
        { type: 'section', text: { type: 'mrkdwn', text: reason } },
        { type: 'actions', elements: [{ type: 'button', action_id: 'approve', value: 'R-42', text: text('Approve') }] },
      ],
    })
  })
  app.action('approve', async ({ ack, body, client, respond }) => {
    await ack()
    if (body.type !== 'block_actions' || !body.message || !body.channel) throw new Error('wrong body')
    await client.chat.update({ channel: body.channel.id, ts: body.message.ts, text: `approved by ${body.user.id}` })
    await respond({ response_type: 'ephemeral', text: 'thank you' })
  })
}

const modes: readonly [string, (slack: Workspace, shape: (app: App) => void) => Promise<App>][] = [
  ['Socket Mode', socketApp],
  ['HTTP', httpApp],
]

describe.each(modes)('a Bolt app over %s', (_name, start) => {
  it('goes from command through modal and button to an updated message', async () => {
    const slack = await workspace()
    await start(slack, shape)

    const asked = await slack.as(mei).command(general, '/rollback checkout-svc')
    expect(asked).toMatchObject({ acked: true, ephemeral: [{ text: 'looking at checkout-svc' }] })
    const view = await until(() => slack.views(mei)[0])

    const tooShort = await slack.as(mei).submit(view.id, { text: 'no' })
    expect(tooShort).toMatchObject({ responseAction: 'errors', errors: { why: 'Say more' } })
    expect(slack.views(mei)[0]?.errors).toEqual({ why: 'Say more' })

    const submitted = await slack.as(mei).submit(view.id, { why: '5xx since release' })
    expect(submitted).toMatchObject({ acked: true, responseAction: 'close' })
    expect(slack.views(mei)).toEqual([])

    const card = await until(() => slack.messages(general).find((message) => message.text === 'card'))
    const pressed = await slack.as(tom).press(general, card.ts, 'approve')
    expect(pressed).toMatchObject({ acked: true })
    await until(() => card.text === `approved by ${tom}`)
    expect(card.blocks).toBeUndefined()
    await until(() => slack.ephemeral(tom).some((message) => message.text === 'thank you'))
    expect(await slack.as(tom).press(general, card.ts, 'approve')).toMatchObject({ error: 'element_not_found' })
  })

  it('shows a failure when the app does not acknowledge in time', async () => {
    const slack = await workspace({ ackTimeoutMs: 150 })
    await start(slack, (app) => {
      app.command('/rollback', async () => {})
    })
    const outcome = await slack.as(mei).command(general, '/rollback x')
    expect(outcome).toMatchObject({ acked: false, error: 'operation_timeout' })
    expect(outcome.ackMs).toBeGreaterThanOrEqual(145)
    expect(await slack.as(mei).command(general, '/deploy x')).toMatchObject({ error: 'unknown_command' })
  })

  it('reaches an app that was restarted', async () => {
    const slack = await workspace()
    const answer = (app: App, text: string): void => app.command('/rollback', async ({ ack }) => ack(text))
    const before = await start(slack, (app) => answer(app, 'before'))
    expect(await slack.as(mei).command(general, '/rollback')).toMatchObject({ ephemeral: [{ text: 'before' }] })
    await before.stop()
    await until(() => slack.sockets === 0)
    expect(await slack.as(mei).command(general, '/rollback')).toMatchObject({ error: 'dispatch_failed' })
    await start(slack, (app) => answer(app, 'after'))
    expect(await slack.as(mei).command(general, '/rollback')).toMatchObject({ ephemeral: [{ text: 'after' }] })
  })

  it('tells the app of mentions and messages where the bot is', async () => {
    const slack = await workspace()
    const heard: string[] = []
    await start(slack, (app) => {
      app.event('app_mention', async ({ event, say }) => {
        heard.push(event.text)
        await say({ text: 'yes?', thread_ts: event.ts })
      })
    })
    const said = await slack.as(mei).say(general, '@bot rollback checkout-svc')
    await until(() => slack.thread(general, said.ts ?? '').length === 2)
    expect(heard).toEqual([`<@U0BOT00001> rollback checkout-svc`])
    expect(slack.eventLog().map((event) => (event.payload.event as { type: string }).type)).toContain('message')
  })
})
