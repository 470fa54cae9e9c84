import type { Image } from '../../../core/release/release.ts'
import { drillAnnotation, type Told, toldBy } from './annotations.ts'
import type { KubernetesUnit, WorkloadKind } from './config.ts'
import {
  annotationsOf,
  asObject,
  imageDigestIn,
  imagesOf,
  normalised,
  type Template,
  templateDigest,
  textOf,
  versionOf,
} from './template.ts'
import type { ContainerStatus, ControllerRevision, JsonObject, Meta, Pod, ReplicaSet, Workload } from './wire.ts'
import { type Writer, writersOf } from './writers.ts'

/** What is kept of a template: never a value that may be secret. */
export interface TemplateFacts {
  readonly digest: string
  readonly version: string
  readonly images: readonly Image[]
  /** The drill whose bad release it is. */
  readonly drill?: string
}

export interface SlimWorkload {
  readonly unit: KubernetesUnit
  readonly uid: string
  readonly resourceVersion: string
  readonly generation: number
  readonly template: TemplateFacts
  readonly told: Told
  readonly writers: readonly Writer[]
  readonly spec: Omit<Workload['spec'], 'template'>
  readonly status: Workload['status']
}

export interface SlimRevision {
  readonly name: string
  readonly uid: string
  readonly ownerUid: string
  readonly ownerName: string
  readonly number: number
  readonly createdAt: string
  readonly template: TemplateFacts
  readonly told: Told
  readonly available: boolean
}

export interface SlimPod {
  readonly name: string
  readonly uid: string
  readonly ownerUid: string
  readonly ownerName: string
  /** Label `controller-revision-hash`; for a Deployment's pods the owner tells the revision. */
  readonly revisionHash: string
  readonly createdAt: string
  readonly ready: boolean
  readonly deleting: boolean
  readonly phase: string
  readonly unschedulable: string | null
  readonly containers: readonly ContainerStatus[]
}

/** So many revisions are remembered before the memory starts anew. */
const mostKnown = 10_000

/** Turns templates into facts, once per template, and puts each into the store under its digest. */
export interface TemplateBook {
  facts(of: { uid: string; generation: number }, template: JsonObject): TemplateFacts
}

export function openTemplateBook(put: (digest: string, template: Template) => boolean): TemplateBook {
  const known = new Map<string, { generation: number; facts: TemplateFacts }>()
  const stored = new Set<string>()
  return {
    facts(of, raw) {
      const before = known.get(of.uid)
      if (before && before.generation === of.generation) return before.facts
      const template = normalised(raw)
      const facts = factsOf(template)
      if (!stored.has(facts.digest) && put(facts.digest, template)) stored.add(facts.digest)
      if (known.size >= mostKnown) known.clear()
      known.set(of.uid, { generation: of.generation, facts })
      return facts
    },
  }
}

export function factsOf(template: Template): TemplateFacts {
  const drill = textOf(annotationsOf(template)[drillAnnotation])
  return {
    digest: templateDigest(template),
    version: versionOf(template),
    images: imagesOf(template).map((image) => {
      const digest = imageDigestIn(image.reference)
      return digest === undefined ? image : { ...image, digest }
    }),
    ...(drill !== '' && { drill }),
  }
}

export function slimWorkload(kind: WorkloadKind, namespace: string, wire: Workload, book: TemplateBook): SlimWorkload {
  const { template, ...spec } = wire.spec
  const { uid, generation = 0, resourceVersion, name } = wire.metadata
  return {
    unit: { kind, namespace, name },
    uid,
    resourceVersion,
    generation,
    template: book.facts({ uid, generation }, template),
    told: tellOf(wire.metadata, template),
    writers: writersOf(wire.metadata),
    spec,
    status: wire.status,
  }
}

export function slimReplicaSet(wire: ReplicaSet, book: TemplateBook): SlimRevision | null {
  const number = Number(wire.metadata.annotations?.['deployment.kubernetes.io/revision'] ?? Number.NaN)
  return slimRevision(wire.metadata, number, wire.spec.template, wire.status.availableReplicas > 0, book)
}

export function slimControllerRevision(wire: ControllerRevision, book: TemplateBook): SlimRevision | null {
  const template = templateIn(wire)
  return template ? slimRevision(wire.metadata, wire.revision, template, false, book) : null
}

/** The pod template that a ControllerRevision keeps, or null: other controllers keep other things. */
export function templateIn(wire: ControllerRevision): JsonObject | null {
  const { template } = asObject(wire.data?.spec)
  return template === undefined ? null : asObject(template)
}

function slimRevision(
  meta: Meta,
  number: number,
  template: JsonObject,
  available: boolean,
  book: TemplateBook,
): SlimRevision | null {
  const owner = ownerOf(meta)
  if (!owner || !Number.isFinite(number)) return null
  return {
    name: meta.name,
    uid: meta.uid,
    ownerUid: owner.uid,
    ownerName: owner.name,
    number,
    createdAt: meta.creationTimestamp ?? beforeAll,
    // The template of a revision never changes, unlike its generation.
    template: book.facts({ uid: meta.uid, generation: 0 }, template),
    told: tellOf(meta, template),
    available,
  }
}

export function slimPod(wire: Pod): SlimPod | null {
  const owner = ownerOf(wire.metadata)
  if (!owner) return null
  const condition = (type: string) => wire.status.conditions.find((each) => each.type === type)
  const scheduled = condition('PodScheduled')
  return {
    name: wire.metadata.name,
    uid: wire.metadata.uid,
    ownerUid: owner.uid,
    ownerName: owner.name,
    revisionHash: wire.metadata.labels?.['controller-revision-hash'] ?? '',
    createdAt: wire.metadata.creationTimestamp ?? beforeAll,
    ready: condition('Ready')?.status === 'True',
    deleting: wire.metadata.deletionTimestamp !== undefined,
    phase: wire.status.phase ?? 'Pending',
    unschedulable: scheduled?.status === 'False' ? (scheduled.message ?? scheduled.reason ?? '') : null,
    containers: [...wire.status.containerStatuses, ...wire.status.initContainerStatuses],
  }
}

/** The API server always sets a creation time; a stand-in for a server that does not. */
const beforeAll = '1970-01-01T00:00:00Z'

const ownerOf = (meta: Meta) => meta.ownerReferences.find((owner) => owner.controller)

function tellOf(meta: Meta, template: JsonObject): Told {
  const behind = Object.entries(annotationsOf(template)).map(([name, value]): [string, string] => [name, textOf(value)])
  return toldBy(meta.annotations ?? {}, Object.fromEntries(behind))
}
