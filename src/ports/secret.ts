import { z } from 'zod'

export type SecretSource = { readonly env: string } | { readonly file: string }

/** A value that is never printed. Resolved once per load of the configuration, by whoever may read env and files. */
export class Secret {
  readonly source: SecretSource
  #value: string | null = null

  constructor(source: SecretSource) {
    this.source = source
  }

  /** Returns false when the source holds nothing. */
  resolve(read: (source: SecretSource) => string | null): boolean {
    this.#value = read(this.source)
    return this.#value !== null && this.#value !== ''
  }

  reveal(): string {
    if (this.#value === null) throw new TypeError(`secret from ${JSON.stringify(this.source)} was not resolved`)
    return this.#value
  }

  toString(): string {
    return '<secret>'
  }

  toJSON(): string {
    return '<secret>'
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '<secret>'
  }
}

/** In the configuration a secret is only ever `{ env: NAME }` or `{ file: path }`. */
export const secret = () =>
  z
    .union([z.strictObject({ env: z.string().min(1) }), z.strictObject({ file: z.string().min(1) })], {
      error: 'a secret is given by { env: NAME } or { file: path }, never in the configuration itself',
    })
    .transform((source: SecretSource) => new Secret(source))
