import type { Json } from '../../../core/canonical.ts'
import type { JsonPatch } from './api.ts'
import type { Template } from './template.ts'
import type { Meta } from './wire.ts'

/**
 * The one write: the template whole, so that what the bad release removed comes back and what it added goes, and our
 * annotations; nothing else of the object. It holds only for the very object that was read: a JSON Patch whose `test` fails
 * changes nothing and answers 422 (RFC 6902 §5). A test of the template itself would outlive status writes, but the API
 * server compares encoded bytes, in which `&&` of a command is not what it was. Null removes an annotation.
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
    { op: 'test', path: '/metadata/uid', value: live.uid },
    { op: 'test', path: '/metadata/resourceVersion', value: live.resourceVersion },
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
