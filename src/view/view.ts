import type { PersonId } from '../core/actor.ts'
import type { Unit } from '../core/release/measured.ts'
import type { Language } from '../text/language.ts'
import type { Text } from '../text/span.ts'

/** What people see, in the words of no platform. Every view is in one language. */
export type View = Card | Note | Form | Home | Document | Members

export interface Task {
  readonly id: string
  readonly title: Text
  readonly state: 'pending' | 'running' | 'done' | 'failed'
  readonly detail?: Text
}

export type Block =
  | { readonly kind: 'text'; readonly text: Text }
  /** Small and grey: context, evidence. */
  | { readonly kind: 'muted'; readonly text: Text }
  | { readonly kind: 'list'; readonly items: readonly Text[] }
  /** The steps of a plan with their states; drawn with the platform's own progress block where it has one. */
  | { readonly kind: 'tasks'; readonly title: Text; readonly tasks: readonly Task[] }
  /** Untrusted raw lines: logs, events. */
  | { readonly kind: 'raw'; readonly lines: readonly string[] }
  /** A small picture of numbers over time; `alt` says the same in words, for those who cannot see it and where it cannot be drawn. */
  | { readonly kind: 'plot'; readonly plot: Plot; readonly alt: string }
  | { readonly kind: 'divider' }

/** What a plot shows; times are Unix milliseconds. */
export interface Plot {
  readonly unit: Unit
  readonly limit: number
  /** On which side of the limit it means broken. */
  readonly broken: 'above' | 'below'
  /** What was normal; null where nobody measured. */
  readonly baseline: number | null
  /** One value a step; null where nothing was measured. */
  readonly lines: readonly {
    readonly name: string
    readonly fromMs: number
    readonly stepMs: number
    readonly values: readonly (number | null)[]
  }[]
  /** What each step is called, where steps are no times: the axis then shows these. */
  readonly names?: readonly string[]
  /** When the release came and when it was set back. */
  readonly marks: readonly { readonly kind: 'release' | 'change'; readonly atMs: number; readonly label: string }[]
}

/** A button names its effect and its object. `value` only refers to state; it grants nothing. */
export interface Button {
  readonly action: string
  readonly value: string
  readonly label: string
  readonly tone?: 'primary' | 'danger'
  /** Asked once more in a dialog that repeats the effect. */
  readonly confirm?: { readonly title: string; readonly text: string; readonly yes: string; readonly no: string }
  /** A plain link instead of an action. */
  readonly url?: string
}

/** A message that changes in place. */
export interface Card {
  readonly kind: 'card'
  readonly language: Language
  /** First line: is it burning, where, since when. */
  readonly title: Text
  readonly blocks: readonly Block[]
  /** At most two that matter. */
  readonly buttons: readonly Button[]
  readonly more: readonly Button[]
}

/** A message of a few lines: a timeline batch, a refusal, an announcement. */
export interface Note {
  readonly kind: 'note'
  readonly language: Language
  readonly lines: readonly Text[]
  readonly buttons: readonly Button[]
}

export type Input =
  | {
      readonly kind: 'choice'
      readonly id: string
      readonly label: string
      readonly options: readonly { readonly value: string; readonly label: string; readonly hint?: string }[]
      readonly selected: string
    }
  | {
      readonly kind: 'text'
      readonly id: string
      readonly label: string
      readonly placeholder?: string
      readonly lines: 'one' | 'many'
      readonly maxLength: number
    }

/** A dialog. */
export interface Form {
  readonly kind: 'form'
  readonly language: Language
  readonly form: string
  readonly value: string
  readonly title: string
  readonly submit: string
  readonly cancel: string
  readonly blocks: readonly Block[]
  readonly inputs: readonly Input[]
}

/** A person's own page in the chat. */
export interface Home {
  readonly kind: 'home'
  readonly language: Language
  readonly title: Text
  readonly sections: readonly {
    readonly heading: Text
    readonly blocks: readonly Block[]
    readonly buttons: readonly Button[]
  }[]
}

/** A long text that people go on writing in. Sections by `astern` are refreshed; those by `people` are never touched again. */
export interface Document {
  readonly kind: 'document'
  readonly language: Language
  readonly title: string
  readonly sections: readonly {
    readonly id: string
    readonly heading: string
    readonly by: 'astern' | 'people'
    readonly lines: readonly Text[]
  }[]
}

/** Who is to be in a user group of the chat, nobody else. Not empty: a chat has no empty groups. */
export interface Members {
  readonly kind: 'members'
  readonly language: Language
  readonly people: readonly PersonId[]
}
