/** What was typed after `/rollback` or `/versions`. */
export interface RollbackWords {
  readonly service: string | null
  readonly to: string | null
  readonly place: string | null
  /** Who may, and by which rule, instead of what it could go back to. */
  readonly explain: boolean
}

/** Reads `SERVICE [to VERSION] [in PLACE]`, the parts after the service in any order; null when it is something else. */
export function rollbackWords(text: string): RollbackWords | null {
  const typed = text.split(/\s+/u).filter((word) => word !== '')
  // Phones make one long dash of two hyphens.
  const words = typed.filter((word) => !/^(--|—|–)explain$/iu.test(word))
  const explain = words.length < typed.length
  const [service, ...rest] = words
  if (!service) return { service: null, to: null, place: null, explain }
  const found: { to: string | null; place: string | null } = { to: null, place: null }
  for (let index = 0; index < rest.length; index += 2) {
    const value = rest[index + 1]
    const keyword = rest[index]?.toLowerCase()
    if (!value) return null
    if (keyword === 'to' && found.to === null) found.to = value
    else if (keyword === 'in' && found.place === null) found.place = value
    else return null
  }
  return { service, ...found, explain }
}
