import { afterAll, expect, it } from 'vitest'
import { rollbackValue } from '../../src/view/rollback-buttons.ts'
import { buttonsOf, stories, team, textOf, userOf } from '../kit/story.ts'
import { until } from '../kit/until.ts'

const { open, close } = stories()
afterAll(close)

it.concurrent('Two people where the policy says two: neither the requester, nor her other account, nor people without the right', async () => {
  const on = await open()
  await on.ship('bad-1.8.0')
  const id = await on.propose('tom')
  const room = on.slack.channel('inc-1-checkout-svc')
  for (const user of ['U0TOM00002', userOf('kai'), userOf('eve'), userOf('lin'), userOf('mei')]) room.members.add(user)
  const card = await on.cardSays(id, id)
  const clicks: [string, string][] = [
    [userOf('tom'), 'self-approval'],
    ['U0TOM00002', 'self-approval'],
    [userOf('lin'), 'not-an-approver'],
    [userOf('mei'), 'not-an-approver'],
    [userOf('kai'), 'standing'],
    [userOf('eve'), 'unknown-person'],
  ]
  for (const [user, no] of clicks) {
    const before = (await on.outcomes()).length
    await on.slack.as(user).press(card.channel, card.ts, 'rollback.approve')
    expect([user, (await on.handled(before + 1)).at(-1)]).toEqual([user, `refused:${no}`])
    const told = await until('it is explained', () => on.slack.ephemeral(user).at(-1))
    expect(textOf(told.blocks).length).toBeGreaterThan(20)
  }
  // Every no explains itself: who may instead.
  expect(textOf(on.slack.ephemeral(userOf('lin')).at(-1)?.blocks)).toMatch(/U0ANA00000|Ana/)
  expect(await on.eventsOf('rollback.approved')).toEqual([])
  await on.approve(id, 'ana')
  expect(await on.ended(id)).toBe('restored')
})

it.concurrent('counts no consent from a shared channel, nor while the chat cannot say who somebody is', async () => {
  const on = await open()
  await on.ship('bad-1.8.0')
  await on.slack.as(userOf('mei')).say('C0PARTNER0', '<@U0ASTERN00> rollback checkout-svc')
  const candidates = await on.told('mei', 'v1.7.3')
  await on.press('mei', candidates, 'rollback.choose')
  await on.submit('mei', { reason: 'from outside' })
  expect((await on.handled(3)).at(-1)).toBe('refused:standing')

  const id = await on.propose('mei')
  const heal = on.slack.inject(({ method }) => (method === 'users.info' ? { error: 'internal_error' } : undefined))
  await on.approve(id, 'tom')
  const no = await until('tom is told', () => on.slack.ephemeral(userOf('tom')).at(-1))
  expect(textOf(no.blocks)).toMatch(/again/)
  expect(await on.eventsOf('rollback.approved')).toEqual([])
  heal()
  await on.approve(id, 'tom')
  expect(await on.ended(id)).toBe('restored')
})

it.concurrent('What you approved is what runs: a button bound to another plan counts for nothing and shows the card', async () => {
  const on = await open()
  await on.ship('bad-1.8.0')
  const id = await on.propose('mei')
  const card = await on.cardSays(id, id)
  const button = buttonsOf(card.blocks).find(({ action_id }) => action_id === 'rollback.approve')
  const real = JSON.parse(button?.value ?? '{}') as { id: string; h: string; p: string }
  const forged = [
    { h: '0'.repeat(64), no: 'plan-differs' },
    { p: '0'.repeat(64), no: 'plan-differs' },
    { id: 'R-99', no: 'unknown-rollback' },
  ]
  for (const { no, ...change } of forged) {
    const { id: which, h, p } = { ...real, ...change }
    const value = rollbackValue({ id: which, hash: h, preview: p })
    for (const block of card.blocks ?? [])
      for (const element of (block.elements as { action_id?: string; value?: string }[] | undefined) ?? [])
        if (element.action_id === 'rollback.approve') element.value = value
    const before = (await on.outcomes()).length
    await on.press('tom', card, 'rollback.approve')
    expect((await on.handled(before + 1)).at(-1)).toBe(`refused:${no}`)
  }
  expect(await on.eventsOf('rollback.approved')).toEqual([])
  expect(on.writes('eu-1')).toBe(0)
})

it.concurrent('asks in vain: no reason, not in the list of those who may start, unknown names', async () => {
  const on = await open()
  await on.type('mei', '/rollback chekout-svc')
  await on.told('mei', 'checkout-svc')
  await on.type('tom', '/rollback checkout-svc in mars')
  expect(textOf((await on.told('tom', 'mars')).blocks)).toMatch(/production|eu-1/)
  await on.type('tom', '/rollback')
  await on.told('tom', 'payment-svc')
  await on.type('tom', '/rollback checkout-svc to v9')
  await on.told('tom', 'v1.7.2')
  await on.type('tom', '/rollback checkout-svc sideways')
  await on.told('tom', '/rollback SERVICE')
  await on.type('tom', '/versions checkout-svc')
  const versions = await on.told('tom', 'v1.7.2 ')
  expect(buttonsOf(versions.blocks).map(({ action_id }) => action_id)).toEqual([])
  await on.type('tom', '/astern-help')
  const help = textOf((await on.told('tom', '/postmortem')).blocks)
  for (const name of ['/rollback', '/versions', '/incident', '/postmortem', '/astern-help'])
    expect(help).toContain(name)
  await on.ship('bad-1.8.0')
  await on.type('lin', '/rollback checkout-svc')
  const candidates = await on.told('lin', 'v1.7.3')
  await on.press('lin', candidates, 'rollback.choose')
  await on.submit('lin', { reason: 'I would like to' })
  const no = await on.told('lin', 'start')
  await on.press('lin', no, 'rollback.ask-them')
  await until('the team is asked', () => on.slack.messages(team).find(({ blocks }) => textOf(blocks).includes('Lin')))
  expect(await on.eventsOf('rollback.proposed')).toEqual([])
})
