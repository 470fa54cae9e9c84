/** An image as a pod spec names it, taken apart. */
export interface Reference {
  /** As it stands in the image, and in the configuration. */
  readonly host: string
  readonly repository: string
  /** What the kubelet asks for: the digest, where there is one also beside a tag, else the tag. */
  readonly wanted: { readonly digest: string } | { readonly tag: string }
}

// The grammar of https://github.com/distribution/reference (regexp.go), and its rules for what may be left out (normalize.go).
const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*'
const path = new RegExp(`^${component}(?:/${component})*$`)
const tag = /^\w[\w.-]{0,127}$/
const host = /^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?$/

/** Registered algorithms of https://github.com/opencontainers/image-spec/blob/main/descriptor.md. */
const digest = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/

export const isDigest = (text: string): boolean => digest.test(text)

/** Null when it is none. */
export function parseReference(text: string): Reference | null {
  const [named = '', atDigest, ...more] = text.split('@')
  if (more.length > 0 || (atDigest !== undefined && !isDigest(atDigest))) return null
  const colon = named.lastIndexOf(':')
  const tagged = colon > named.lastIndexOf('/')
  const name = tagged ? named.slice(0, colon) : named
  const tagText = tagged ? named.slice(colon + 1) : 'latest'
  const where = placeOf(name)
  if (!tag.test(tagText) || !host.test(where.host) || !path.test(where.repository)) return null
  return { ...where, wanted: atDigest === undefined ? { tag: tagText } : { digest: atDigest } }
}

function placeOf(name: string): { readonly host: string; readonly repository: string } {
  const slash = name.indexOf('/')
  const first = name.slice(0, Math.max(0, slash))
  const isHost = first.includes('.') || first.includes(':') || first === 'localhost' || first !== first.toLowerCase()
  const named = isHost ? first : 'docker.io'
  const repository = isHost ? name.slice(slash + 1) : name
  if (named !== 'docker.io' && named !== 'index.docker.io') return { host: named, repository }
  return { host: 'docker.io', repository: repository.includes('/') ? repository : `library/${repository}` }
}

/** Docker Hub answers elsewhere than its name says. */
export const apiHost = (of: string): string => (of === 'docker.io' ? 'registry-1.docker.io' : of)
