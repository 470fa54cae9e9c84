import type { Condition } from './wire.ts'

/** Since when Kubernetes has given up on a Deployment's rollout (`progressDeadlineSeconds`); null where it has not. */
export const lateAt = (conditions: readonly Condition[]): string | null =>
  conditions.find((each) => each.type === 'Progressing' && each.reason === 'ProgressDeadlineExceeded')
    ?.lastUpdateTime ?? null
