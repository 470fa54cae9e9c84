import { z } from 'zod'

// https://github.com/opencontainers/image-spec/blob/main/manifest.md, image-index.md, and Docker's schema 2.
const indexTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
]
const manifestTypes = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
]

/** Everything a node can pull. A registry answers 404 to a shorter list for an image that it has. */
export const accept = [...indexTypes, ...manifestTypes].join(', ')

const descriptor = z.object({
  mediaType: z.string().optional(),
  digest: z.string(),
  urls: z.array(z.string()).optional(),
  platform: z.object({ os: z.string().optional(), architecture: z.string().optional() }).optional(),
})
type Descriptor = z.infer<typeof descriptor>

const manifest = z.object({ config: descriptor, layers: z.array(descriptor) })
const index = z.object({ manifests: z.array(descriptor).min(1) })

/** What a manifest is made of: the images of its platforms, or blobs. */
export type Content =
  | { readonly kind: 'index'; readonly children: readonly string[] }
  | { readonly kind: 'image'; readonly blobs: readonly string[] }

/** Null when it is no manifest. */
export function contentOf(body: string): Content | null {
  const json = jsonOf(body)
  const list = index.safeParse(json)
  if (list.success) return { kind: 'index', children: unique(list.data.manifests.filter(isRunnable)) }
  const image = manifest.safeParse(json)
  if (image.success)
    return { kind: 'image', blobs: unique([image.data.config, ...image.data.layers.filter(isStoredHere)]) }
  return null
}

/** Attestations stand in an index under an unknown platform; nobody runs them. */
const isRunnable = (one: Descriptor): boolean =>
  one.platform?.os !== 'unknown' && one.platform?.architecture !== 'unknown'

/** Foreign layers are fetched from elsewhere. */
const isStoredHere = (one: Descriptor): boolean =>
  !one.urls?.length && !/nondistributable|\.foreign\./.test(one.mediaType ?? '')

const unique = (descriptors: readonly Descriptor[]): string[] => [...new Set(descriptors.map((one) => one.digest))]

const errors = z.object({ errors: z.array(z.object({ code: z.string() })).min(1) })

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes */
const goneCodes = ['MANIFEST_UNKNOWN', 'NAME_UNKNOWN', 'BLOB_UNKNOWN']

/** Whether the body of a 404 is a registry's own word for "I do not have it", and not some proxy's. */
export function saysGone(body: string): boolean {
  const read = errors.safeParse(jsonOf(body))
  return read.success && read.data.errors.every(({ code }) => goneCodes.includes(code))
}

const token = z.object({
  token: z.string().optional(),
  access_token: z.string().optional(),
  expires_in: z.number().positive().optional(),
})

/** https://distribution.github.io/distribution/spec/auth/token/: without `expires_in` a token lives 60 s. */
export function tokenOf(body: string): { readonly token: string; readonly livesMs: number } | null {
  const read = token.safeParse(jsonOf(body))
  const value = read.data?.token ?? read.data?.access_token
  return value ? { token: value, livesMs: (read.data?.expires_in ?? 60) * 1000 } : null
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined
    throw cause
  }
}
