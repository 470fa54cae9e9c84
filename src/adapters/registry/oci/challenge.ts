export interface Challenge {
  /** Lower case: `bearer`, `basic`. */
  readonly scheme: string
  readonly parameters: Readonly<Record<string, string>>
}

/** The challenges of a `WWW-Authenticate` header (RFC 9110, section 11.6.1). */
export function parseChallenges(header: string): Challenge[] {
  const challenges: { scheme: string; parameters: Record<string, string> }[] = []
  const part = /\s*([!#$%&'*+.^_`|~\w-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))|(?=\s|,|$))\s*,?/gy
  for (const [, name = '', quoted, bare] of header.matchAll(part)) {
    if (quoted === undefined && bare === undefined) challenges.push({ scheme: name.toLowerCase(), parameters: {} })
    else {
      const last = challenges.at(-1)
      if (last) last.parameters[name.toLowerCase()] = bare ?? quoted?.replace(/\\(.)/g, '$1') ?? ''
    }
  }
  return challenges
}
