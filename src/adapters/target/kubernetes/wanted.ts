import type { Json } from '../../../core/canonical.ts'
import type { Room } from './room.ts'
import { templateIn } from './slim.ts'
import { asObject, normalised, type Template, templateDigest } from './template.ts'
import { revisionResource } from './view.ts'
import { ControllerRevision, ReplicaSet } from './wire.ts'

/**
 * The template with this digest: from the store, else from the live revisions. Null when nobody has it any more. What comes
 * out has that digest for certain: a store that was tampered with or mixed up cannot slip in another.
 */
export async function wantedTemplate(room: Room, digest: string, signal: AbortSignal): Promise<Template | null> {
  const stored = room.templates.get(digest)
  if (stored !== null && templateDigest(asObject(stored)) === digest) return asObject(stored)
  const ask = {
    verb: 'list',
    group: 'apps',
    resource: revisionResource(room.unit.kind),
    namespace: room.unit.namespace,
  } as const
  const templates =
    room.unit.kind === 'Deployment'
      ? (await room.api.list(ask, '', ReplicaSet, signal)).items.map((item) => item.spec.template)
      : (await room.api.list(ask, '', ControllerRevision, signal)).items
          .map(templateIn)
          .filter((template) => template !== null)
  const found = templates.map(normalised).find((template) => templateDigest(template) === digest) ?? null
  if (found) room.templates.put(digest, found as Json)
  return found
}
