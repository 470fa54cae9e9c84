import { expect, it } from 'vitest'
import { belongings } from '../../../../src/adapters/target/kubernetes/belongings.ts'
import type { KubernetesUnit, WorkloadKind } from '../../../../src/adapters/target/kubernetes/config.ts'

const kinds: readonly WorkloadKind[] = ['Deployment', 'StatefulSet', 'DaemonSet']
const names = ['api', 'api-v2', 'api-v2-canary', 'web', 'a-b-c', 'a-b', 'x.y']
const all = names.flatMap((name, index) =>
  kinds.slice(0, 1 + (index % 3)).map((kind) => {
    const unit: KubernetesUnit = { kind, namespace: 'shop', name }
    return { id: `${kind}/${name}`, unit }
  }),
)
const owners = [
  'api',
  'api-5d4f',
  'api-v2-77c',
  'api-v2-canary-9',
  'apis-1',
  'a-b-c-d',
  'web-',
  '-web',
  'x.y-1',
  '',
  '-',
]

it.each(owners)('finds whose “%s” may be, as asking each would', (owner) => {
  const asked = all.filter(
    ({ unit }) => owner === unit.name || (unit.kind === 'Deployment' && owner.startsWith(`${unit.name}-`)),
  )
  const ids = (known: typeof all) => known.map(({ id }) => id).sort()
  expect(ids([...belongings(all).owning(owner)])).toEqual(ids(asked))
})
