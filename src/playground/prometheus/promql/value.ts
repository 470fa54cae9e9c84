import type { Labels } from '../exposition.ts'

export interface Element {
  readonly labels: Labels
  readonly value: number
}

export type Value =
  | { readonly kind: 'scalar'; readonly value: number }
  | { readonly kind: 'vector'; readonly elements: readonly Element[] }

export const vector = (elements: readonly Element[]): Value => ({ kind: 'vector', elements })

/** What is computed of a metric is that metric no more. */
export function unnamed({ __name__: _, ...labels }: Labels): Labels {
  return labels
}
