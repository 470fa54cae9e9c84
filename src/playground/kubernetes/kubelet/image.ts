import { createHash } from 'node:crypto'

const digest = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`

export interface ImageReference {
  /** Repository as written, without tag and digest. */
  repository: string
  tag: string
  digest: string
}

/** Takes an image reference apart; without a digest of its own it gets one that depends on the text alone. */
export function parseImage(image: string): ImageReference {
  const [name = '', own] = image.split('@')
  const slash = name.lastIndexOf('/')
  const colon = name.indexOf(':', slash + 1)
  const repository = colon < 0 ? name : name.slice(0, colon)
  const tag = colon < 0 ? (own === undefined ? 'latest' : '') : name.slice(colon + 1)
  return { repository, tag, digest: own ?? digest(`${repository}:${tag}`) }
}

/** `imageID` as container runtimes report it. */
export function imageId(image: string): string {
  const parsed = parseImage(image)
  return `docker-pullable://${parsed.repository}@${parsed.digest}`
}
