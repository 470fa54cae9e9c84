import type { Condition } from '../object.ts'

/** Sets a condition as the Deployment controller does: same status and reason is no news; a kept status keeps its transition time. */
export function setCondition(conditions: readonly Condition[], next: Condition): Condition[] {
  const current = conditions.find((each) => each.type === next.type)
  if (current?.status === next.status && current.reason === next.reason) return [...conditions]
  const transition = current?.status === next.status ? current.lastTransitionTime : next.lastTransitionTime
  const kept = conditions.filter((each) => each.type !== next.type)
  return [...kept, { ...next, ...(transition === undefined ? {} : { lastTransitionTime: transition }) }]
}

export const withoutCondition = (conditions: readonly Condition[], type: string): Condition[] =>
  conditions.filter((each) => each.type !== type)
