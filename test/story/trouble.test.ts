import { afterAll, expect, it } from 'vitest'
import { buttonsOf, type Story, stories, textOf } from '../kit/story.ts'
import { until } from '../kit/until.ts'

const { open, close } = stories()
afterAll(close)

const bad = { versions: ['v1.7.2', 'v1.7.3', 'bad-1.8.0'] }
type Region = 'eu-1' | 'us-1'

/** Somebody with kubectl. */
const meddle = (on: Story, region: Region, change: (spec: Record<string, never>) => void) =>
  on.clusters[region].edit('deployments', 'shop', 'checkout-svc', (object) =>
    change(object.spec as Record<string, never>),
  )
const setEnv = (value: string) => (spec: Record<string, never>) => {
  const { template } = spec as unknown as {
    template: { spec: { containers: { env: { name: string; value: string }[] }[] } }
  }
  template.spec.containers[0]?.env.push({ name: 'HOTFIX', value })
}

it.concurrent('What you approved is what runs: a workload changed between card and click is refused, and nothing is changed', async () => {
  const on = await open(bad)
  const id = await on.propose('mei')
  meddle(on, 'eu-1', setEnv('by-hand'))
  await on.approve(id, 'tom')
  expect(await on.ended(id)).toBe('failed')
  const card = await on.cardSays(id, 'bad-1.8.0')
  expect([on.writes('eu-1'), on.writes('us-1')]).toEqual([0, 0])
  const [failed] = await on.eventsOf('step.failed')
  expect(failed?.data).toMatchObject({ code: 'target.moved', at: 'from' })
  await until('it can be asked for anew', () =>
    buttonsOf(on.card(id)?.blocks).some(({ action_id }) => action_id === 'rollback.again'),
  )
  expect(textOf(card.blocks)).not.toContain('by-hand')
  expect(on.locks()).toEqual([undefined, undefined])
})

it.concurrent('noise does not void an approval: fifty status writes and a scale between card and click', async () => {
  const on = await open(bad)
  const id = await on.propose('mei')
  for (let count = 0; count < 50; count++)
    for (const region of ['eu-1', 'us-1'] as const)
      on.clusters[region].edit(
        'deployments',
        'shop',
        'checkout-svc',
        (object) => {
          const status = object.status as { conditions?: unknown[] }
          status.conditions = [
            { type: 'Noise', status: 'True', reason: `n${count}`, message: '', lastTransitionTime: null },
          ]
        },
        true,
      )
  meddle(on, 'us-1', (spec) => Object.assign(spec, { replicas: 5 }))
  await on.approve(id, 'tom')
  expect(await on.ended(id)).toBe('restored')
  const { spec } = on.clusters['us-1'].get('deployments', 'shop', 'checkout-svc') as unknown as { spec: object }
  expect(spec).toMatchObject({ replicas: 5 })
})

it.concurrent('Success means verified: what somebody else overwrites while it settles is not called restored', async () => {
  const on = await open({ versions: ['slow-1', 'v2'] })
  const id = await on.propose('mei', { regions: 'eu-1' })
  await on.approve(id, 'tom')
  await until('eu-1 is written', () => on.writes('eu-1') === 1)
  meddle(on, 'eu-1', setEnv('gitops'))
  expect(await on.ended(id)).toBe('failed')
  const [failed] = await on.eventsOf('step.failed')
  expect(failed?.data).toMatchObject({ at: 'elsewhere' })
  await on.cardSays(id, 'eu-1 on something else')
})

it.concurrent('a region that never settles is called half done, with what its pods say; the other is not touched', async () => {
  const on = await open({ versions: ['never-1', 'v2'], stepDeadline: '3s' })
  const id = await on.propose('mei')
  await on.approve(id, 'tom')
  expect(await on.ended(id, 20_000)).toBe('failed')
  const [failed] = await on.eventsOf('step.failed')
  expect(failed?.data).toMatchObject({ code: 'step.overdue', at: 'between' })
  expect(failed?.data.seen.length).toBeGreaterThan(0)
  const card = await on.cardSays(id, 'eu-1 half done')
  expect(textOf(card.blocks)).toContain('us-1 still v2')
  expect(on.writes('us-1')).toBe(0)
  await until('Continue and undo are offered', () =>
    ['rollback.again', 'rollback.undo'].every((action) =>
      buttonsOf(on.card(id)?.blocks).some(({ action_id }) => action_id === action),
    ),
  )
  await on.press('mei', await on.cardSays(id, 'half done'), 'rollback.undo')
  const undo = await on.proposeInDialog('mei', { reason: 'worse than before' })
  await on.approve(undo, 'ana')
  expect(await on.ended(undo)).toBe('restored')
  expect(on.image('eu-1')).toBe('shop.test/checkout-svc:v2')
  expect(on.writes('us-1')).toBe(0)
}, 40_000)

it.concurrent('goes on after a region failed: only what is not there yet', async () => {
  const on = await open({ ...bad, stepDeadline: '2s' })
  const heal = on.clusters['us-1'].inject(({ method, dryRun }) =>
    method === 'PATCH' && !dryRun ? { answer: { code: 403 } } : undefined,
  )
  const id = await on.propose('mei')
  await on.approve(id, 'tom')
  expect(await on.ended(id)).toBe('failed')
  const card = await on.cardSays(id, 'us-1 still bad-1.8.0')
  heal()
  await on.press('tom', card, 'rollback.again')
  const next = await on.proposeInDialog('tom', { reason: 'the rest' })
  await on.approve(next, 'ana')
  expect(await on.ended(next)).toBe('restored')
  const [, second] = await on.eventsOf('rollback.proposed')
  expect(second?.data.plan.steps.map((step) => step.id)).toEqual(['us-1'])
  expect([on.image('eu-1'), on.image('us-1')]).toEqual([
    'shop.test/checkout-svc:v1.7.3',
    'shop.test/checkout-svc:v1.7.3',
  ])
}, 30_000)
