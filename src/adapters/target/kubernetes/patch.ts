import type { Json } from '../../../core/canonical.ts'
import type { JsonPatch } from './api.ts'
import type { Template } from './template.ts'
import type { Meta } from './wire.ts'

/**
 * What must still be true of an object when our write reaches it. Its generation moves with every change of the spec and
 * stands still for status writes, so that a storm of those cannot keep us out. (A test of the template itself would say the
 * same, but the API server compares encoded bytes, in which the `&&` of a command is not what it was.) Adding the first
 * annotations replaces all there are, so then nobody may have written at all.
 */
export function guardOf(live: Meta): JsonPatch {
  return [
    { op: 'test', path: '/metadata/uid', value: live.uid },
    live.annotations !== undefined && live.generation !== undefined
      ? { op: 'test', path: '/metadata/generation', value: live.generation }
      : { op: 'test', path: '/metadata/resourceVersion', value: live.resourceVersion },
  ]
}

/**
 * The one write: the template whole, so that what the bad release removed comes back and what it added goes, and our
 * annotations; nothing else of the object. A JSON Patch whose `test` fails changes nothing (RFC 6902 §5) and answers 422.
 * Null removes an annotation.
 */
export function restoringPatch(
  live: Meta,
  template: Template,
  annotations: Readonly<Record<string, string | null>>,
): JsonPatch {
  const before = live.annotations
  const after = Object.entries(annotations)
  const written = after.filter((entry): entry is [string, string] => entry[1] !== null)
  return [
    ...guardOf(live),
    { op: 'replace', path: '/spec/template', value: template as Json },
    ...(before === undefined
      ? [{ op: 'add', path: '/metadata/annotations', value: Object.fromEntries(written) }]
      : [
          ...written.map(([name, value]) => ({ op: 'add', path: annotationPath(name), value })),
          ...after
            .filter(([name, value]) => value === null && name in before)
            .map(([name]) => ({ op: 'remove', path: annotationPath(name) })),
        ]),
  ]
}

/** RFC 6901: `~` and `/` within a name. */
const annotationPath = (name: string): string =>
  `/metadata/annotations/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
