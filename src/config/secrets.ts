import { Secret, type SecretSource } from '../ports/secret.ts'
import type { Path, Report } from './problem.ts'

/** What a source holds, or null when it holds nothing; relative files are the reader's to place. May throw what reading threw. */
export type ReadSecret = (source: SecretSource) => string | null

/** Resolves every secret within a validated value. A missing one is told by its source, never by a value. */
export function resolveSecrets(value: unknown, path: Path, read: ReadSecret, report: Report): void {
  if (value instanceof Secret) {
    const why = missing(value, read)
    if (why !== null) report({ path, message: why })
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) resolveSecrets(item, [...path, index], read, report)
  } else if (value instanceof Map) {
    for (const [key, item] of value) resolveSecrets(item, [...path, String(key)], read, report)
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) resolveSecrets(item, [...path, key], read, report)
  }
}

function missing(secret: Secret, read: ReadSecret): string | null {
  const { source } = secret
  const what = 'env' in source ? `the environment variable ${source.env}` : `the file ${source.file}`
  try {
    return secret.resolve(read) ? null : `${what} is ${'env' in source ? 'not set or empty' : 'missing or empty'}`
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : ''
    return `${what} could not be read${code}`
  }
}
