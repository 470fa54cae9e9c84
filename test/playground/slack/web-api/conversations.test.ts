import { describe, expect, it } from 'vitest'
import { bot, call, client, far, general, mei, secret, tom, workspace } from '../kit.ts'

describe('conversations.*', () => {
  it('creates, invites, sets topic, renames and archives', async () => {
    const slack = await workspace()
    const web = client(slack)
    const { channel } = await web.conversations.create({ name: 'inc-7-checkout' })
    const id = channel?.id ?? ''
    expect(channel).toMatchObject({ name: 'inc-7-checkout', is_member: true, is_private: false, creator: bot })
    await web.conversations.invite({ channel: id, users: `${mei},${tom}` })
    await web.conversations.setTopic({ channel: id, topic: 'R-42' })
    await web.conversations.setPurpose({ channel: id, purpose: 'why' })
    await web.conversations.rename({ channel: id, name: 'inc-7' })
    expect(slack.channel('inc-7')).toMatchObject({ topic: { value: 'R-42' }, purpose: { value: 'why' } })
    expect([...slack.channel(id).members]).toEqual([bot, mei, tom])
    await web.conversations.archive({ channel: id })
    expect(await call(slack, 'chat.postMessage', { channel: id, text: 'x' })).toMatchObject({ error: 'is_archived' })
    expect(await call(slack, 'conversations.archive', { channel: id })).toMatchObject({ error: 'already_archived' })
    expect(await call(slack, 'conversations.invite', { channel: id, users: mei })).toMatchObject({
      error: 'is_archived',
    })
  })

  it.each([
    ['name_taken', 'general'],
    ['invalid_name_required', ''],
    ['invalid_name_maxlength', 'x'.repeat(81)],
    ['invalid_name_specials', 'Inc 7'],
    ['invalid_name_specials', 'Inc'],
    ['invalid_name_punctuation', '---'],
  ])('refuses a name with %s', async (error, name) => {
    const slack = await workspace()
    expect(await call(slack, 'conversations.create', { name })).toMatchObject({ ok: false, error })
  })

  it('refuses invitations that cannot be', async () => {
    const slack = await workspace()
    const invite = (users: string, more: object = {}) =>
      call(slack, 'conversations.invite', { channel: general, users, ...more })
    expect(await invite(mei)).toMatchObject({ error: 'already_in_channel' })
    expect(await invite('U0NOBODY')).toMatchObject({ error: 'user_not_found' })
    expect(await invite(bot)).toMatchObject({ error: 'cant_invite_self' })
    expect(await invite('')).toMatchObject({ error: 'no_user' })
    expect(await call(slack, 'conversations.invite', { channel: far, users: mei })).toMatchObject({
      error: 'not_in_channel',
    })
    const { channel } = await client(slack).conversations.create({ name: 'new' })
    const forced = { channel: channel?.id ?? '', users: `${mei},U0NOBODY`, force: true }
    expect(await call(slack, 'conversations.invite', forced)).toMatchObject({
      ok: true,
      errors: [{ user: 'U0NOBODY', error: 'user_not_found' }],
    })
    expect(slack.channel('new').members.has(mei)).toBe(true)
  })

  it('lists what the bot may see, page by page', async () => {
    const slack = await workspace()
    const names: (string | undefined)[] = []
    let pages = 0
    for await (const page of client(slack).paginate('conversations.list', {
      limit: 1,
      types: 'public_channel,private_channel',
    })) {
      pages++
      for (const channel of (page as { channels?: { name?: string }[] }).channels ?? []) names.push(channel.name)
    }
    expect(names).toEqual(['general', 'far'])
    expect(pages).toBe(2)
    expect(await call(slack, 'conversations.info', { channel: secret })).toMatchObject({ error: 'channel_not_found' })
    expect(await call(slack, 'conversations.history', { channel: far })).toMatchObject({ error: 'not_in_channel' })
    expect(await call(slack, 'conversations.members', { channel: general })).toMatchObject({ members: [mei, tom, bot] })
    expect(await call(slack, 'conversations.list', { cursor: 'x' })).toMatchObject({ error: 'invalid_cursor' })
  })

  it('pages history newest first, between timestamps', async () => {
    const slack = await workspace()
    const ts: string[] = []
    for (const text of ['1', '2', '3', '4', '5']) {
      const said = await slack.as(mei).say(general, text)
      ts.push(said.ts ?? '')
    }
    const first = await call(slack, 'conversations.history', { channel: general, limit: 2 })
    expect(first).toMatchObject({ has_more: true, messages: [{ text: '5' }, { text: '4' }] })
    const cursor = first.response_metadata?.next_cursor ?? ''
    const second = await call(slack, 'conversations.history', { channel: general, limit: 2, cursor })
    expect(second.messages).toMatchObject([{ text: '3' }, { text: '2' }])
    const between = { channel: general, oldest: ts[1] ?? '', latest: ts[3] ?? '' }
    expect((await call(slack, 'conversations.history', between)).messages).toMatchObject([{ text: '3' }])
    const whole = await call(slack, 'conversations.history', { ...between, inclusive: true })
    expect(whole.messages).toMatchObject([{ text: '4' }, { text: '3' }, { text: '2' }])
  })

  it('opens one direct message per person', async () => {
    const slack = await workspace()
    const once = await call(slack, 'conversations.open', { users: mei })
    const twice = await call(slack, 'conversations.open', { users: mei, return_im: true })
    expect(twice.channel).toMatchObject({ id: (once.channel as { id: string }).id, is_im: true, user: mei })
    expect(await call(slack, 'conversations.open', { users: 'U0NOBODY' })).toMatchObject({ error: 'user_not_found' })
  })

  it('joins public channels', async () => {
    const slack = await workspace()
    await call(slack, 'conversations.join', { channel: far })
    expect(slack.channel(far).members.has(bot)).toBe(true)
    expect(await call(slack, 'conversations.join', { channel: far })).toMatchObject({
      ok: true,
      warning: 'already_in_channel',
    })
  })
})

describe('users.* and usergroups.*', () => {
  it('tells who somebody is', async () => {
    const slack = await workspace({
      usergroups: [{ id: 'S0GROUP001', handle: 'oncall', name: 'On call', users: [mei] }],
    })
    const web = client(slack)
    expect((await web.users.info({ user: mei, include_locale: true })).user).toMatchObject({
      ...{ id: mei, tz: 'Asia/Shanghai', tz_offset: 28_800, locale: 'zh-CN', is_restricted: false, deleted: false },
      profile: { email: 'mei@example.com' },
    })
    slack.changeUser(tom, { deleted: true })
    expect((await web.users.info({ user: tom })).user).toMatchObject({ deleted: true })
    expect((await web.users.lookupByEmail({ email: 'MEI@example.com' })).user?.id).toBe(mei)
    expect(await call(slack, 'users.lookupByEmail', { email: 'tom@example.com' })).toMatchObject({
      error: 'users_not_found',
    })
    const update = (users: string) => call(slack, 'usergroups.users.update', { usergroup: 'S0GROUP001', users })
    expect(await update('')).toMatchObject({ error: 'no_users_provided' })
    expect(await update('U0GUEST001')).toMatchObject({ error: 'single_channel_guests_cannot_be_added' })
    expect(await update(bot)).toMatchObject({ error: 'invalid_user' })
    expect((await web.usergroups.users.list({ usergroup: 'S0GROUP001' })).users).toEqual([mei])
  })
})
