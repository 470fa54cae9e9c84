import type { Image, Release } from '../../../core/release/release.ts'
import { isOurCause } from './annotations.ts'
import { lateAt } from './conditions.ts'
import type { SlimPod, SlimRevision, SlimWorkload, TemplateFacts } from './slim.ts'
import { imageDigestIn } from './template.ts'
import type { Seen } from './view.ts'

/** What was learnt of templates while watching and is lost with the pods that showed it. */
export interface Learnt {
  /** `<workload uid> <template digest>`: had available pods. */
  readonly available: Set<string>
  /** `<template digest> <container>`: the digest of the image that really ran. */
  readonly digests: Map<string, string>
  /** `<workload uid> <template digest>`: first seen as current, ISO instant. */
  readonly since: Map<string, string>
}

export const nothingLearnt = (): Learnt => ({ available: new Set(), digests: new Map(), since: new Map() })

/** The revision that the workload's template stands for, once its controller made one. */
export function currentRevision(seen: Seen): SlimRevision | undefined {
  const { workload, revisions } = seen
  const same = newestFirst(revisions).find((revision) => revision.template.digest === workload.template.digest)
  if (same) return same
  // A template may have got new defaults since its revision was written; the controller knows it all the same.
  const { observedGeneration, updateRevision } = workload.status
  return observedGeneration === workload.generation && updateRevision !== undefined
    ? revisions.find((revision) => revision.name === updateRevision)
    : undefined
}

/** Pods of one revision. */
export const podsOf = (revision: SlimRevision, pods: readonly SlimPod[]): SlimPod[] =>
  pods.filter(
    (pod) =>
      pod.ownerUid === revision.uid ||
      // StatefulSets label pods with the revision's name, DaemonSets with the hash at its end.
      (pod.revisionHash !== '' &&
        (pod.revisionHash === revision.name || revision.name === `${revision.ownerName}-${pod.revisionHash}`)),
  )

/** Takes in what the pods show now. */
export function learn(learnt: Learnt, seen: Seen): void {
  for (const revision of seen.revisions) {
    const { digest } = revision.template
    const pods = podsOf(revision, seen.pods)
    if (revision.available || (pods.some((pod) => pod.ready) && seen.workload.unit.kind !== 'Deployment'))
      learnt.available.add(`${revision.ownerUid} ${digest}`)
    for (const container of pods.flatMap((pod) => pod.containers)) {
      const image = imageDigestIn(container.imageID)
      if (image !== undefined) learnt.digests.set(`${digest} ${container.name}`, image)
    }
  }
}

export function currentRelease(seen: Seen, learnt: Learnt): Release {
  const { workload } = seen
  const revision = currentRevision(seen)
  const failing = lateAt(workload.status.conditions) !== null
  if (revision) return releaseOf(revision, seen, learnt, workload.template, failing ? false : undefined)
  return assemble(workload.template, workload.told, undefined, firstSeen(workload, seen, learnt), learnt, workload.uid)
}

/** Newest first, without what runs now. */
export function pastReleases(seen: Seen, learnt: Learnt, limit: number): Release[] {
  const current = currentRevision(seen)
  const ids = new Set([seen.workload.template.digest])
  const past: Release[] = []
  for (const revision of newestFirst(seen.revisions)) {
    if (past.length === limit) break
    if (revision === current || ids.has(revision.template.digest)) continue
    ids.add(revision.template.digest)
    past.push(releaseOf(revision, seen, learnt, revision.template))
  }
  return past
}

function releaseOf(
  revision: SlimRevision,
  seen: Seen,
  learnt: Learnt,
  template: TemplateFacts,
  otherwise?: boolean,
): Release {
  return assemble(template, revision.told, revision, sinceOf(revision, seen), learnt, revision.ownerUid, otherwise)
}

function assemble(
  template: TemplateFacts,
  told: SlimRevision['told'],
  revision: SlimRevision | undefined,
  since: string,
  learnt: Learnt,
  owner: string,
  otherwise?: boolean,
): Release {
  const available = learnt.available.has(`${owner} ${template.digest}`) ? true : otherwise
  const { by, run } = told
  // The Deployment controller copies annotations to whatever comes next: our words are true of what we restored only.
  const stale = told.restored !== undefined && told.restored.digest !== template.digest && isOurCause(told.changeCause)
  const changeCause = stale ? undefined : told.changeCause
  return {
    id: template.digest,
    version: template.version,
    images: template.images.map((image): Image => {
      const digest = image.digest ?? learnt.digests.get(`${template.digest} ${image.container}`)
      return digest === undefined ? image : { ...image, digest }
    }),
    ...(revision && { revision: String(revision.number) }),
    since,
    ...(changeCause !== undefined && { changeCause }),
    ...(by !== undefined && { by }),
    ...(run !== undefined && { run }),
    ...(available !== undefined && { available }),
    ...(template.drill !== undefined && { drill: template.drill }),
    kept: 'target',
  }
}

/**
 * A revision that is used again keeps its creation time and gets a higher number: it came after every revision with a lower
 * number. A restoration of our own says when it was.
 */
function sinceOf(revision: SlimRevision, seen: Seen): string {
  const told = [revision.told.restored, seen.workload.told.restored].find(
    (restored) => restored?.digest === revision.template.digest,
  )
  const lower = seen.revisions.filter((other) => other.number < revision.number).map((other) => other.createdAt)
  const after = [revision.createdAt, ...lower].sort().at(-1) ?? revision.createdAt
  return told && told.at > after ? told.at : after
}

function firstSeen(workload: SlimWorkload, seen: Seen, learnt: Learnt): string {
  const name = `${workload.uid} ${workload.template.digest}`
  const at = learnt.since.get(name) ?? seen.at.toString({ smallestUnit: 'second' })
  learnt.since.set(name, at)
  return at
}

const newestFirst = (revisions: readonly SlimRevision[]) => [...revisions].sort((a, b) => b.number - a.number)
