/** A label must, or must not, be something. */
export interface Matcher {
  readonly label: string
  readonly sign: '=' | '!=' | '=~' | '!~'
  readonly value: string
}

export type Comparison = '==' | '!=' | '>' | '<' | '>=' | '<='
export type Arithmetic = '+' | '-' | '*' | '/'

export const aggregations = ['sum', 'min', 'max', 'avg', 'count'] as const
export type Aggregation = (typeof aggregations)[number]

export interface Selector {
  readonly kind: 'selector'
  readonly matchers: readonly Matcher[]
}

/** What the bot's queries are made of, and no more. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | Selector
  | { readonly kind: 'increase'; readonly perSecond: boolean; readonly of: Selector; readonly rangeMs: number }
  | { readonly kind: 'timestamp'; readonly of: Expression }
  | { readonly kind: 'vector'; readonly of: Expression }
  | { readonly kind: 'quantile'; readonly share: Expression; readonly of: Expression }
  | { readonly kind: 'aggregate'; readonly how: Aggregation; readonly by: readonly string[]; readonly of: Expression }
  | {
      readonly kind: 'binary'
      readonly sign: Comparison | Arithmetic | 'or'
      readonly left: Expression
      readonly right: Expression
    }
