/** What was typed after `/rollback` or `/versions`. */
export interface RollbackWords {
  readonly service: string | null
  readonly to: string | null
  readonly place: string | null
}

/** Chinese particles by the English ones they stand for; longest first, for `回滚到` holds `到`. */
const particles: readonly (readonly [RegExp, string])[] = [
  [/回滚到|回退到|退回到|回到|到|至/gu, ' to '],
  [/仅在|仅限|只在|只回滚|仅回滚|仅|只|在|(?<=\s)only(?: in)?(?=\s)/giu, ' in '],
]
/** Said, and nothing meant by it. */
const fillers = /请|麻烦|帮我|把|将|一下|吧|了|(?<=[\w.-]\s*)(?:版本|服务|环境|区域|区|里|上)(?=\s|$)|[。！!，,、]/gu

/**
 * Reads `SERVICE [to VERSION] [in PLACE]`, in Chinese `SERVICE [到 VERSION] [仅|在 PLACE]`, the parts after the service in any
 * order, full-width characters and missing spaces as people type them; null when it is something else.
 */
export function rollbackWords(text: string): RollbackWords | null {
  let plain = text.normalize('NFKC')
  for (const [said, meant] of particles) plain = plain.replaceAll(said, meant)
  const words = plain
    .replaceAll(fillers, ' ')
    .split(/[\s:]+/u)
    .filter((word) => word !== '')
  const [service, ...rest] = words
  if (!service) return { service: null, to: null, place: null }
  const found: { to: string | null; place: string | null } = { to: null, place: null }
  for (let index = 0; index < rest.length; index += 2) {
    const value = rest[index + 1]
    const keyword = rest[index]?.toLowerCase()
    if (!value) return null
    if (keyword === 'to' && found.to === null) found.to = value
    else if (keyword === 'in' && found.place === null) found.place = value
    else return null
  }
  return { service, ...found }
}
