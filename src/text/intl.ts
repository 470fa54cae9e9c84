import type { Language } from './language.ts'

/** Made once for each language: Intl takes 10 to 50 µs for one, and a card asks for dozens. */
function kept<Format>(make: (language: Language) => Format): (language: Language) => Format {
  const made = new Map<Language, Format>()
  return (language) => {
    const format = made.get(language) ?? make(language)
    made.set(language, format)
    return format
  }
}

const digits = [0, 1, 2] as const
const numbers = digits.map((maximumFractionDigits) =>
  kept((language) => new Intl.NumberFormat(language, { maximumFractionDigits })),
)

/** A number with its group separators and at most so many digits after the point. */
export const number = (language: Language, value: number, atMost: (typeof digits)[number]): string =>
  numbers[atMost]?.(language).format(value) ?? ''

export const pluralRules = kept((language) => new Intl.PluralRules(language))
/** A, B or C. */
export const anyOf = kept((language) => new Intl.ListFormat(language, { type: 'disjunction' }))
/** A, B and C. */
export const allOf = kept((language) => new Intl.ListFormat(language, { type: 'conjunction' }))

const durations = {
  auto: kept((language) => new Intl.DurationFormat(language, { style: 'short' })),
  always: kept((language) => new Intl.DurationFormat(language, { style: 'short', secondsDisplay: 'always' })),
}

/** The parts of a duration in words; seconds that are nothing are left out, or not. */
export const durationFormat = (language: Language, seconds: keyof typeof durations) => durations[seconds](language)
