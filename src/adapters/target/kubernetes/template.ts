import { digestOf, type Json } from '../../../core/canonical.ts'
import type { JsonObject } from './wire.ts'

/** A pod template as it stands on a workload, with what controllers put into their copies taken out. */
export type Template = JsonObject

export interface TemplateImage {
  readonly container: string
  readonly reference: string
}

/**
 * The template of a workload from a ReplicaSet or ControllerRevision: without the label `pod-template-hash` and the patch
 * directive that the controllers add, and without what Go writes for an absent time. A live template passes unchanged.
 */
export function normalised(template: JsonObject): Template {
  const { $patch: _, metadata, ...rest } = template
  const { creationTimestamp: created, labels, ...meta } = asObject(metadata)
  const { 'pod-template-hash': __, ...own } = asObject(labels)
  return {
    ...rest,
    metadata: {
      ...meta,
      ...(created === undefined || created === null ? {} : { creationTimestamp: created }),
      ...(Object.keys(own).length > 0 && { labels: own }),
    },
  }
}

/** Identity of a template, and so of a release: lower-case hex SHA-256 of its canonical JSON. */
export const templateDigest = (template: Template): string => digestOf(template)

export function imagesOf(template: Template): TemplateImage[] {
  return containersOf(template).map((container) => ({
    container: textOf(container.name),
    reference: textOf(container.image),
  }))
}

/** Init containers last: the first container is the one whose image names the version. */
export function containersOf(template: Template): JsonObject[] {
  const spec = asObject(template.spec)
  return [...objectsOf(spec.containers), ...objectsOf(spec.initContainers)]
}

/** `app.kubernetes.io/version`, else the image's tag, else the beginning of its digest. */
export function versionOf(template: Template): string {
  const label = labelsOf(template)['app.kubernetes.io/version']
  if (typeof label === 'string' && label !== '') return label
  return tagOf(imagesOf(template)[0]?.reference ?? '')
}

function tagOf(reference: string): string {
  const [name = '', digest] = reference.split('@')
  const tag = /:([^:/]+)$/.exec(name)?.[1]
  if (tag !== undefined) return tag
  return digest === undefined ? 'latest' : digest.slice(0, 'sha256:'.length + 12)
}

/** The digest within a reference or within a pod's `imageID`, or undefined where there is none. */
export const imageDigestIn = (reference: string): string | undefined => /@(sha256:[0-9a-f]{64})$/.exec(reference)?.[1]

const labelsOf = (template: Template): JsonObject => asObject(asObject(template.metadata).labels)
export const annotationsOf = (template: Template): JsonObject => asObject(asObject(template.metadata).annotations)

export const asObject = (value: Json | undefined): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {}

export const objectsOf = (value: Json | undefined): JsonObject[] => (Array.isArray(value) ? value.map(asObject) : [])

export const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '')

/**
 * Literal values that may be secrets (environment, arguments, commands, annotations): what must never be seen in a raw line.
 * Short ones are left out: they are words, and striking them out would make the lines unreadable.
 */
export function literalsOf(template: Template): string[] {
  const found = containersOf(template).flatMap((container) => [
    ...objectsOf(container.env).map((entry) => textOf(entry.value)),
    ...[container.args, container.command].flatMap((list) => (Array.isArray(list) ? list.map(textOf) : [])),
  ])
  return [...found, ...Object.values(annotationsOf(template)).map(textOf)].filter((value) => value.length >= 6)
}
