/** A piece of a line for people. Chat adapters draw each kind in their own markup and escape plain strings. */
export type Span =
  | string
  | { readonly kind: 'bold'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  /** A chat command by Astern's own name for it, with what is typed after; the adapter knows how its chat calls it. */
  | { readonly kind: 'command'; readonly name: string; readonly text: string }
  | { readonly kind: 'link'; readonly url: string; readonly text: string }
  /** A person of the configuration; the adapter mentions her by her account in its chat, else writes her name. */
  | { readonly kind: 'person'; readonly person: string; readonly mention: boolean }
  | { readonly kind: 'time'; readonly at: string; readonly show: 'time' | 'date' | 'datetime' }
  | { readonly kind: 'room'; readonly channel: string }

/** One line or paragraph in one language. */
export type Text = readonly Span[]
