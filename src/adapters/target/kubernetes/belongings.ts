import type { KubernetesUnit } from './config.ts'

export interface Known {
  readonly id: string
  readonly unit: KubernetesUnit
}

/** Whose something may be among the units of one namespace, without asking each: there may be ten thousand. */
export interface Belongings {
  readonly all: readonly Known[]
  named(name: string): readonly Known[]
  /** Those a ReplicaSet or pod of that owner can belong to: ReplicaSets are named `<deployment>-<hash>`. */
  owning(ownerName: string): readonly Known[]
}

export function belongings(all: readonly Known[]): Belongings {
  const byName = Map.groupBy(all, ({ unit }) => unit.name)
  const named = (name: string) => byName.get(name) ?? []
  return {
    all,
    named,
    owning(ownerName) {
      const found = [...named(ownerName)]
      for (let end = ownerName.indexOf('-'); end !== -1; end = ownerName.indexOf('-', end + 1))
        for (const known of named(ownerName.slice(0, end))) if (known.unit.kind === 'Deployment') found.push(known)
      return found
    },
  }
}
