export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>

/** A static message plus fields. Commentary: the ledger is the truth. Secrets never pass through here. */
export interface Log {
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields & { readonly fault?: never }, cause?: unknown): void
  child(fields: LogFields): Log
}
