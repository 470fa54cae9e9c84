import { createHash } from 'node:crypto'

export interface Blob {
  readonly digest: string
  readonly bytes: Uint8Array
}

export interface Manifest extends Blob {
  readonly mediaType: string
}

export const ociManifest = 'application/vnd.oci.image.manifest.v1+json'
export const ociIndex = 'application/vnd.oci.image.index.v1+json'
export const dockerManifest = 'application/vnd.docker.distribution.manifest.v2+json'

export const blobOf = (content: string): Blob => {
  const bytes = new TextEncoder().encode(content)
  return { digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`, bytes }
}

const manifestOf = (mediaType: string, content: object): Manifest => ({
  ...blobOf(JSON.stringify({ schemaVersion: 2, mediaType, ...content })),
  mediaType,
})

const describe = (blob: Blob, mediaType: string) => ({ mediaType, digest: blob.digest, size: blob.bytes.byteLength })

/** A small image with two layers; the same name gives the same image. */
export function imageOf(name: string, mediaType = ociManifest) {
  const config = blobOf(JSON.stringify({ architecture: 'amd64', os: 'linux', name }))
  const layers = [blobOf(`${name} layer 1`), blobOf(`${name} layer 2`)]
  const isOci = mediaType === ociManifest
  const manifest = manifestOf(mediaType, {
    config: describe(
      config,
      isOci ? 'application/vnd.oci.image.config.v1+json' : 'application/vnd.docker.container.image.v1+json',
    ),
    layers: layers.map((layer) =>
      describe(
        layer,
        isOci ? 'application/vnd.oci.image.layer.v1.tar+gzip' : 'application/vnd.docker.image.rootfs.diff.tar.gzip',
      ),
    ),
  })
  return { manifest, config, layers }
}

export type TestImage = ReturnType<typeof imageOf>

/** An index of images by platform; an attestation stands beside them, as BuildKit writes it. */
export function indexOf(images: Readonly<Record<string, TestImage>>, attestation?: TestImage): Manifest {
  const entries = Object.entries(images).map(([platform, image]) => {
    const [os, architecture] = platform.split('/')
    return { ...describe(image.manifest, image.manifest.mediaType), platform: { os, architecture } }
  })
  const unknown = { os: 'unknown', architecture: 'unknown' }
  const more = attestation ? [{ ...describe(attestation.manifest, ociManifest), platform: unknown }] : []
  return manifestOf(ociIndex, { manifests: [...entries, ...more] })
}
