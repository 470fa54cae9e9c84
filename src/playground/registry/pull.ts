import { manifestType } from './image.ts'

/** What a node knows of an image once it has it. */
export interface Pulled {
  /** As container runtimes report it: the repository with the manifest's digest. */
  readonly imageID: string
  readonly labels: Readonly<Record<string, string>>
}

/** Pulls an image over the wire as a container runtime does. Undefined when the registry has it not; rejects when none answers. */
export async function pullImage(reference: string, signal: AbortSignal): Promise<Pulled | undefined> {
  const [, host = '', repository = '', tag = 'latest'] =
    /^([^/]+)\/([^@]+?)(?::([^:/@]+))?(?:@.*)?$/.exec(reference) ?? []
  const wanted = reference.split('@')[1] ?? tag
  const root = `http://${host}/v2/${repository}`
  const manifest = await fetch(`${root}/manifests/${wanted}`, { headers: { accept: manifestType }, signal })
  if (!manifest.ok) return undefined
  const { config } = (await manifest.json()) as { config: { digest: string } }
  const blob = await fetch(`${root}/blobs/${config.digest}`, { signal })
  if (!blob.ok) return undefined
  const { config: run } = (await blob.json()) as { config: { Labels?: Record<string, string> } }
  const digest = manifest.headers.get('docker-content-digest') ?? ''
  return { imageID: `${host}/${repository}@${digest}`, labels: run.Labels ?? {} }
}
