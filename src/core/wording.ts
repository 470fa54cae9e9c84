import type { Unit } from './release/measured.ts'

/** A value set into a text; the text room and the chat adapters know how each kind reads. */
export type WordingValue =
  | string
  | number
  | { readonly at: string; readonly show?: 'time' | 'date' | 'datetime' }
  | { readonly ms: number }
  | { readonly person: string; readonly mention?: boolean }
  /** Any one of these people. */
  | { readonly anyOf: readonly string[]; readonly mention?: boolean }
  /** A conversation of the chat it is said in. */
  | { readonly room: string }
  | { readonly url: string; readonly text: string }
  | { readonly list: readonly string[] }
  /** A measured value; a percentage as a share of one. */
  | { readonly quantity: number; readonly unit: Unit }
  /** Words within words. */
  | Wording

/** Something to be said to people: a key of the catalogue with its values, in no language yet. */
export interface Wording {
  readonly key: string
  readonly values?: Readonly<Record<string, WordingValue>>
}
