import type { App } from '@slack/bolt'
import { describe, expect, it } from 'vitest'
import type { View, Workspace } from '../../../../src/playground/slack/index.ts'
import { call, general, mei, socketApp, tom, until, workspace } from '../kit.ts'

const text = (value: string) => ({ type: 'plain_text' as const, text: value })
const modal = (title: string, blocks: object[] = [{ type: 'divider' }], more: object = {}) =>
  ({ type: 'modal', callback_id: 'm', title: text(title), submit: text('Go'), blocks, ...more }) as never
const input = (id: string, element: object, more: object = {}) => ({
  type: 'input',
  block_id: id,
  label: text(id),
  element: { action_id: 'v', ...element },
  ...more,
})
const options = ['v1.7.3', 'v1.7.2'].map((value) => ({ text: text(value), value }))

/** A workspace whose /rollback opens this view. */
async function opened(view: unknown, shape: (app: App) => void = () => {}): Promise<{ slack: Workspace; view: View }> {
  const slack = await workspace()
  await socketApp(slack, (app) => {
    app.command('/rollback', async ({ ack, body, client }) => {
      await ack()
      await client.views.open({ trigger_id: body.trigger_id, view: view as never })
    })
    shape(app)
  })
  await slack.as(mei).command(general, '/rollback')
  return { slack, view: await until(() => slack.views(mei)[0]) }
}

describe('modals', () => {
  it('sends what was entered, in the shape of each element', async () => {
    const seen: unknown[] = []
    const blocks = [
      input('why', { type: 'plain_text_input' }),
      input('to', { type: 'radio_buttons', options, initial_option: options[0] }),
      input('regions', { type: 'checkboxes', options }),
      input('who', { type: 'users_select' }),
      input('minutes', { type: 'number_input', is_decimal_allowed: false, min_value: '1', max_value: '9' }),
      input('note', { type: 'plain_text_input' }, { optional: true }),
    ]
    const { slack, view } = await opened(modal('All', blocks), (app) => {
      app.view('m', async ({ ack, view: sent }) => {
        seen.push(sent.state.values)
        await ack()
      })
    })
    const me = slack.as(mei)
    expect(await me.submit(view.id, {})).toMatchObject({ acked: false, error: 'required_field_empty', detail: 'why' })
    const filled = { why: '5xx', to: 'v1.7.2', regions: ['v1.7.3', 'v1.7.2'], who: tom, minutes: '12' }
    expect(await me.submit(view.id, filled)).toMatchObject({ error: 'field_invalid', detail: 'minutes: at most 9' })
    expect(await me.submit(view.id, { to: 'v0' })).toMatchObject({ error: 'option_not_found' })
    expect(await me.submit(view.id, { nothing: 'x' })).toMatchObject({ error: 'field_not_found' })
    expect(seen).toEqual([])
    expect(await me.submit(view.id, { minutes: 5 })).toMatchObject({ acked: true, responseAction: 'close' })
    expect(seen).toMatchObject([
      {
        why: { v: { type: 'plain_text_input', value: '5xx' } },
        to: { v: { type: 'radio_buttons', selected_option: { value: 'v1.7.2' } } },
        regions: { v: { type: 'checkboxes', selected_options: [{ value: 'v1.7.3' }, { value: 'v1.7.2' }] } },
        who: { v: { type: 'users_select', selected_user: tom } },
        minutes: { v: { type: 'number_input', value: '5' } },
        note: { v: { type: 'plain_text_input', value: null } },
      },
    ])
  })

  it('updates, pushes up to three and clears', async () => {
    let answer: object = {}
    const { slack, view } = await opened(modal('one'), (app) => {
      app.view('m', async ({ ack }) => ack(answer as never))
    })
    const titles = () => slack.views(mei).map((one) => (one.body.title as { text: string }).text)
    const submit = () => slack.as(mei).submit(slack.views(mei).at(-1)?.id ?? '')
    answer = { response_action: 'update', view: modal('uno') }
    expect(await submit()).toMatchObject({ responseAction: 'update' })
    answer = { response_action: 'push', view: modal('two') }
    await submit()
    answer = { response_action: 'push', view: modal('three') }
    await submit()
    expect(titles()).toEqual(['uno', 'two', 'three'])
    expect(slack.views(mei).at(-1)).toMatchObject({ rootId: view.id })
    answer = { response_action: 'push', view: modal('four') }
    expect(await submit()).toMatchObject({
      error: 'invalid_view_response',
      detail: expect.stringContaining('push_limit_reached'),
    })
    answer = { response_action: 'errors', errors: { nowhere: 'x' } }
    expect(await submit()).toMatchObject({ error: 'invalid_view_response' })
    await slack.as(mei).closeView(slack.views(mei).at(-1)?.id ?? '')
    expect(titles()).toEqual(['uno', 'two'])
    expect(await slack.as(mei).submit(view.id)).toMatchObject({ error: 'view_not_found' })
    answer = { response_action: 'clear' }
    expect(await submit()).toMatchObject({ responseAction: 'clear' })
    expect(titles()).toEqual([])
  })

  it('guards updates by hash and tells of closing', async () => {
    const closed: unknown[] = []
    const { slack, view } = await opened(modal('one', undefined, { notify_on_close: true }), (app) => {
      app.view({ callback_id: 'm', type: 'view_closed' }, async ({ ack, body }) => {
        await ack()
        closed.push((body as object as { is_cleared: boolean }).is_cleared)
      })
    })
    const first = view.hash
    const update = (hash: string) =>
      call(slack, 'views.update', { view_id: view.id, hash, view: modal('new', undefined, { notify_on_close: true }) })
    expect(await update(first)).toMatchObject({ ok: true, view: { id: view.id, root_view_id: view.id } })
    expect(await update(first)).toMatchObject({ error: 'hash_conflict' })
    await slack.as(mei).closeView(view.id)
    expect(closed).toEqual([false])
    expect(await update(view.hash)).toMatchObject({ error: 'not_found' })
  })

  it('refuses bad views with pointers', async () => {
    const slack = await workspace()
    const publish = (view: unknown) => call(slack, 'views.publish', { user_id: mei, view: JSON.stringify(view) })
    expect((await publish({ type: 'modal', blocks: [] })).response_metadata?.messages).toContain(
      '[ERROR] must be a valid enum value [json-pointer:/view/type]',
    )
    const tooLong = {
      trigger_id: 'x',
      view: modal('x'.repeat(25), [input('a', { type: 'plain_text_input' })], { submit: undefined }),
    }
    const answer = await call(slack, 'views.open', tooLong)
    expect(answer.response_metadata?.messages).toEqual([
      '[ERROR] must be less than 25 characters [json-pointer:/view/title/text]',
      '[ERROR] missing required field: submit [json-pointer:/view]',
    ])
    expect(await call(slack, 'views.open', { trigger_id: 'x', view: modal('x') })).toMatchObject({
      error: 'invalid_trigger_id',
    })
    const huge = Array.from({ length: 90 }, () => ({ type: 'section', text: text('x'.repeat(2900)) }))
    expect(await publish({ type: 'home', blocks: huge })).toMatchObject({ error: 'view_too_large' })
  })

  it('spends a trigger once, within three seconds', async () => {
    let now = Date.now()
    const slack = await workspace({ now: () => now })
    let trigger = ''
    await socketApp(slack, (app) => {
      app.command('/rollback', async ({ ack, body }) => {
        trigger = body.trigger_id
        await ack()
      })
    })
    const open = () => call(slack, 'views.open', { trigger_id: trigger, view: modal('x') })
    await slack.as(mei).command(general, '/rollback')
    expect(await open()).toMatchObject({ ok: true })
    expect(await open()).toMatchObject({ error: 'exchanged_trigger_id' })
    await slack.as(mei).command(general, '/rollback')
    now += 3001
    expect(await open()).toMatchObject({ error: 'expired_trigger_id' })
  })
})
