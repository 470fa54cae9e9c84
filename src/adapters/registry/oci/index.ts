import { defineRegistryAdapter, type Platform } from '../../../ports/adapter.ts'
import { withDeadline } from '../../../ports/deadline.ts'
import { networkTrouble } from '../../../ports/network.ts'
import type { ImageState, Registry } from '../../../ports/registry.ts'
import { distribution } from './api.ts'
import { Bounded } from './bounded.ts'
import { OciConfig } from './config.ts'
import { type Inspected, inspect } from './inspect.ts'
import { parseReference, type Reference } from './reference.ts'
import type { Content } from './wire.ts'

/** Registries that speak the OCI distribution protocol. */
export const oci = defineRegistryAdapter<OciConfig>({
  port: 'registry',
  id: 'oci',
  title: 'OCI registries',
  config: OciConfig,
  open: (config, given) => ociRegistry(config, given),
})

const lookTimeoutMs = 10_000

/** How old an answer may be. What is not known is asked again soon. */
const goodForMs = { present: 180_000, gone: 180_000, unknown: 15_000 } as const

function ociRegistry(config: OciConfig, platform: Platform): Registry {
  const { clock, log } = platform
  const repository = distribution(config, platform)
  const contents = new Bounded<Content>(500)
  const kept = new Bounded<{ readonly state: ImageState; readonly atMs: number }>(1000)
  const running = new Map<string, Promise<ImageState>>()

  const ask = ({ host, repository: path, wanted }: Reference): Promise<Inspected> =>
    // One answer serves all who ask meanwhile, so that it is nobody's to stop; it has a deadline of its own.
    withDeadline(clock, lookTimeoutMs, new AbortController().signal, (signal) =>
      inspect('digest' in wanted ? wanted.digest : wanted.tag, {
        repository: repository(host, path),
        contents,
        signal,
      }),
    ).catch((cause: unknown) => {
      log.warn('a registry did not answer', { host, trouble: networkTrouble(cause) })
      return { verdict: { state: 'unknown', why: 'unreachable' } }
    })

  const look = async (reference: string, known: string | undefined): Promise<ImageState> => {
    const checkedAt = clock.now().toString()
    const parsed = parseReference(reference)
    if (!parsed) return { state: 'unknown', why: 'not-understood', checkedAt }
    const { verdict, digest, content } = await ask(parsed)
    if (verdict.state !== 'present') return { ...verdict, checkedAt }
    if (digest === undefined) return { state: 'unknown', why: 'not-understood', checkedAt }
    // A node may report the digest of its platform's image within an index: the reference still stands for that.
    const within = known !== undefined && content?.kind === 'index' && content.children.includes(known)
    return { state: 'present', digest: within ? known : digest, checkedAt }
  }

  const start = (key: string, reference: string, digest: string | undefined): Promise<ImageState> => {
    const shared = look(reference, digest).then((state) => {
      kept.set(key, { state, atMs: clock.monotonicMs() })
      running.delete(key)
      return state
    })
    running.set(key, shared)
    return shared
  }

  return {
    look(reference, digest, signal) {
      const key = `${reference} ${digest ?? ''}`
      const last = kept.get(key)
      if (last && clock.monotonicMs() - last.atMs < goodForMs[last.state.state]) return Promise.resolve(last.state)
      const stopped = (): ImageState => ({ state: 'unknown', why: 'unreachable', checkedAt: clock.now().toString() })
      return unlessAborted(running.get(key) ?? start(key, reference, digest), stopped, signal)
    },
  }
}

function unlessAborted<T>(work: Promise<T>, stopped: () => T, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => resolve(stopped())
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
