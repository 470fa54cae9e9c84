import type { Wording } from '../wording.ts'
import type { Measured } from './measured.ts'

/** One image of a release. The digest is absent until somebody resolved it. */
export interface Image {
  readonly container: string
  readonly reference: string
  readonly digest?: string
}

/** A version that was on a target. Holds no value that could be a secret. */
export interface Release {
  /** Digest of what would be restored (for a workload: its pod template); unique within one target. */
  readonly id: string
  /** What people call it: `app.kubernetes.io/version`, else the image tag, else a digest prefix. */
  readonly version: string
  readonly images: readonly Image[]
  /** The target's own number for it, for example a Deployment's revision. */
  readonly revision?: string
  /** ISO instant from which it was on the target. */
  readonly since: string
  readonly changeCause?: string
  readonly by?: string
  readonly run?: { readonly title: string; readonly url?: string }
  /** True or false where somebody saw it; absent when nobody knows whether it ever became available. */
  readonly available?: boolean
  /** The drill that shipped it on purpose: never a candidate. */
  readonly drill?: string
  /** `pruned`: the target no longer has it, only Astern's store does. */
  readonly kept: 'target' | 'pruned'
}

/** Something people must know: `code` is stable, the wording is for them. */
export interface Notice {
  readonly code: string
  readonly wording: Wording
  readonly link?: string
  /** What the configuration can say once for all in place of whoever would accept it each time. */
  readonly settledBy?: 'migrations'
}

/** Evidence on a step or a finding: what was seen, most telling first. */
export interface Evidence extends Notice {
  /** Raw lines of a vendor (a log, an event): untrusted, shown as code. */
  readonly raw?: readonly string[]
  /** The numbers behind it. */
  readonly measured?: Measured
}

/** True when both are the same version in the sense of design.md: image digests agree, where unresolved the references. */
export function sameVersion(a: Pick<Release, 'images'>, b: Pick<Release, 'images'>): boolean {
  if (a.images.length === 0 || a.images.length !== b.images.length) return false
  return a.images.every((image) => {
    const other = b.images.find((candidate) => candidate.container === image.container)
    if (!other) return false
    if (image.digest && other.digest) return image.digest === other.digest
    return image.reference === other.reference
  })
}
