import { createHash } from 'node:crypto'

export const manifestType = 'application/vnd.oci.image.manifest.v1+json'

/** Content named by its digest. */
export interface Blob {
  readonly digest: string
  readonly bytes: Buffer
}

/** An image of one layer: https://github.com/opencontainers/image-spec/blob/main/manifest.md */
export interface Image {
  readonly manifest: Blob
  readonly config: Blob
  readonly layer: Blob
}

const blobOf = (text: string): Blob => {
  const bytes = Buffer.from(text)
  return { digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`, bytes }
}

const descriptor = (mediaType: string, { digest, bytes }: Blob) => ({ mediaType, digest, size: bytes.length })

/** Builds an image; the same name and labels make the same digest. */
export function buildImage(name: string, labels: Readonly<Record<string, string>>): Image {
  const layer = blobOf(`layer of ${name}`)
  const config = blobOf(
    JSON.stringify({
      architecture: 'amd64',
      os: 'linux',
      config: { Labels: labels, Entrypoint: [`/usr/local/bin/${name.split(':')[0]}`] },
      rootfs: { type: 'layers', diff_ids: [layer.digest] },
    }),
  )
  const manifest = blobOf(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: manifestType,
      config: descriptor('application/vnd.oci.image.config.v1+json', config),
      layers: [descriptor('application/vnd.oci.image.layer.v1.tar', layer)],
    }),
  )
  return { manifest, config, layer }
}
