/** One text in both languages. */
export interface Entry {
  readonly en: string
  readonly zh: string
}

/** Keeps the keys of a room's texts as literal types. */
export const defineTexts = <const Texts extends Readonly<Record<string, Entry>>>(texts: Texts): Texts => texts
