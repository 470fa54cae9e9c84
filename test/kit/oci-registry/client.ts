import type { Blob, Manifest, TestImage } from './image.ts'

/** Puts images into a registry over its own protocol, as a build would. */
export function registryClient(root: string, authorization?: string) {
  const call = async (method: string, path: string, wanted: number, body?: Blob, type?: string): Promise<Response> => {
    const response = await fetch(path.startsWith('http') ? path : `${root}/v2/${path}`, {
      method,
      headers: {
        ...(type === undefined ? {} : { 'content-type': type }),
        ...(authorization === undefined ? {} : { authorization }),
      },
      ...(body === undefined ? {} : { body: Buffer.from(body.bytes) }),
    })
    const text = await response.text()
    if (response.status !== wanted) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return response
  }
  const pushBlob = async (repository: string, blob: Blob) => {
    const started = await call('POST', `${repository}/blobs/uploads/`, 202)
    const location = new URL(started.headers.get('location') ?? '', root)
    location.searchParams.set('digest', blob.digest)
    await call('PUT', location.href, 201, blob, 'application/octet-stream')
  }
  const pushManifest = async (repository: string, reference: string, manifest: Manifest) => {
    await call('PUT', `${repository}/manifests/${reference}`, 201, manifest, manifest.mediaType)
  }
  return {
    pushManifest,
    async push(repository: string, reference: string, image: TestImage) {
      for (const blob of [image.config, ...image.layers]) await pushBlob(repository, blob)
      await pushManifest(repository, reference, image.manifest)
    },
    deleteManifest: (repository: string, { digest }: Blob) => call('DELETE', `${repository}/manifests/${digest}`, 202),
    deleteBlob: (repository: string, { digest }: Blob) => call('DELETE', `${repository}/blobs/${digest}`, 202),
  }
}
