import type { Json, JsonObject } from '../json.ts'
import { type KubeObject, toJson } from '../object.ts'
import { applyJsonPatch } from '../patch/json-patch.ts'
import { applyMergePatch } from '../patch/merge-patch.ts'
import { applyStrategicPatch } from '../patch/strategic.ts'
import type { Resource } from '../resources.ts'
import { unsupportedMediaType } from '../status-error.ts'
import type { Api, Subresource } from './api.ts'
import type { WriteOptions } from './prepare.ts'
import { scaleOf, updateScale } from './scale.ts'

export const patchTypes = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
] as const

/** @throws {StatusError} 415 for a content type this server does not patch by; server-side apply is one of those. */
export function checkPatchType(type: string): void {
  if (!patchTypes.some((each) => each === type))
    throw unsupportedMediaType(
      `the body of the request was in an unknown format - accepted media types include: ${patchTypes.join(', ')}`,
    )
}

function apply(kind: string, type: string, object: JsonObject, patch: Json): JsonObject {
  if (type === 'application/json-patch+json') return applyJsonPatch(object, patch)
  if (type === 'application/merge-patch+json') return applyMergePatch(object, patch)
  return applyStrategicPatch(kind, object, patch)
}

/** Patches an object, its status or its scale. @throws {StatusError} 400, 404, 409, 415, 422 */
export function patchObject(
  api: Api,
  resource: Resource,
  namespace: string | undefined,
  name: string,
  type: string,
  patch: Json,
  options: WriteOptions,
  subresource: Subresource,
): KubeObject {
  checkPatchType(type)
  const old = api.get(resource, namespace, name)
  if (subresource === 'scale')
    return updateScale(api, resource, namespace, name, apply('Scale', type, scaleOf(old), patch), options)
  const patched = apply(resource.kind, type, toJson(old), patch)
  return api.update(resource, namespace, name, patched, options, subresource)
}
