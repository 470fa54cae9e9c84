import { afterAll, expect, it } from 'vitest'
import { buttonsOf, stories, textOf, untilAsync, userOf } from '../kit/story.ts'
import { until } from '../kit/until.ts'

const { open, close } = stories()
afterAll(close)

const bad = { versions: ['v1.7.2', 'v1.7.3', 'bad-1.8.0'] }

it.concurrent('Time is an input: a proposal expires by itself, its locks go, a late click is told, and it can be asked anew', async () => {
  const on = await open({ ...bad, expiresAfter: '2s' })
  const id = await on.propose('mei')
  const stale = structuredClone(await on.cardSays(id, id))
  expect(await on.ended(id)).toBe('expired')
  expect(on.locks()).toEqual([undefined, undefined])
  const card = await until('it can be asked anew', () => {
    const found = on.card(id)
    return buttonsOf(found?.blocks).some(({ action_id }) => action_id === 'rollback.again') ? found : undefined
  })
  const fresh = card.blocks ?? []
  const before = (await on.outcomes()).length
  // Somebody’s screen still shows the card of before.
  card.blocks = stale.blocks ?? []
  await on.press('tom', card, 'rollback.approve')
  card.blocks = fresh
  expect((await on.handled(before + 1)).at(-1)).toBe('refused:not-waiting')
  expect(await on.eventsOf('rollback.approved')).toEqual([])
  await on.reconfigure({ expiresAfter: '10m' })
  await on.press('mei', await on.cardSays(id, id), 'rollback.again')
  const next = await on.proposeInDialog('mei', { reason: 'still burning' })
  await on.approve(next, 'tom')
  expect(await on.ended(next)).toBe('restored')
})

it.concurrent('Two people where the policy says two: whose account was lost meanwhile does not count; the rest must still agree', async () => {
  const on = await open({ ...bad, approvals: 2 })
  const id = await on.propose('mei')
  await on.approve(id, 'tom')
  await untilAsync('tom approved', async () => (await on.eventsOf('rollback.approved'))[0])
  on.slack.changeUser(userOf('tom'), { deleted: true })
  await untilAsync('that is heard', async () => (await on.eventsOf('account.lost'))[0])
  await on.approve(id, 'ana')
  const [voided] = await untilAsync('his consent is void', async () => {
    const all = await on.eventsOf('rollback.approval-voided')
    return all.length > 0 ? all : undefined
  })
  expect(voided?.data).toEqual({ person: 'tom', why: 'account-lost' })
  expect([on.writes('eu-1'), on.bot.world.desk.rollback(id)?.outcome]).toEqual([0, null])
  // Back in the workspace he is asked anew, as if nothing had been.
  on.slack.changeUser(userOf('tom'), { deleted: false })
  await on.approve(id, 'tom')
  expect(await on.ended(id)).toBe('restored')
  expect(on.writes('eu-1')).toBe(1)
})

it.concurrent('Configuration is part of the evidence: who lost the right by a reload approved nothing, and each decision names its configuration', async () => {
  const on = await open({ ...bad, approvals: 2, approve: '[tom, ana, lin]' })
  const first = on.bot.world.config().digest
  const id = await on.propose('mei')
  await on.approve(id, 'tom')
  await untilAsync('tom approved', async () => (await on.eventsOf('rollback.approved'))[0])
  await on.reconfigure({ approve: '[ana, lin, kai]' })
  const before = (await on.outcomes()).length
  await on.approve(id, 'ana')
  await untilAsync('his consent is void', async () => (await on.eventsOf('rollback.approval-voided'))[0])
  expect(await on.eventsOf('rollback.approval-voided')).toMatchObject([
    { data: { person: 'tom', why: 'no-longer-allowed' } },
  ])
  await on.handled(before + 1)
  await on.approve(id, 'tom')
  await until('tom is told', () => on.slack.ephemeral(userOf('tom')).at(-1))
  await on.approve(id, 'lin')
  expect(await on.ended(id)).toBe('restored')
  const digests = (await on.events())
    .filter(({ event }) => event.type === 'rollback.approved')
    .map(({ config }) => config)
  expect(digests).toEqual([first, on.bot.world.config().digest, on.bot.world.config().digest])
  expect(first).not.toBe(on.bot.world.config().digest)
})

it.concurrent('Every no explains itself: a paused Deployment and a region without the version are blockers, never skipped', async () => {
  const on = await open({ versions: ['v1'] })
  await on.ship('v2', ['eu-1'])
  await on.ship('bad-3')
  await on.type('mei', '/rollback checkout-svc to v2')
  const no = await on.told('mei', 'us-1')
  expect(textOf(no.blocks)).toContain('v2')
  expect((await on.handled(1)).at(-1)).toBe('refused:not-a-candidate')
  on.clusters['us-1'].edit('deployments', 'shop', 'checkout-svc', (object) =>
    Object.assign(object.spec as object, { paused: true }),
  )
  await on.press('mei', await on.candidates('mei', '/rollback checkout-svc to v1'), 'rollback.choose')
  await on.submit('mei', { reason: 'all of it' })
  await on.told('mei', '暂停')
  expect((await on.handled(4)).at(-1)).toBe('refused:blocked')
  expect(await on.eventsOf('rollback.proposed')).toEqual([])
  const id = await on.propose('mei', { line: '/rollback checkout-svc to v2 in eu-1' })
  await on.approve(id, 'tom')
  expect(await on.ended(id)).toBe('restored')
  expect([on.image('eu-1'), on.image('us-1')]).toEqual(['shop.test/checkout-svc:v2', 'shop.test/checkout-svc:bad-3'])
})
