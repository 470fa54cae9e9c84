import { type Json, type JsonObject, stringAt } from '../json.ts'
import { type KubeObject, toJson } from '../object.ts'
import { applyJsonPatch } from '../patch/json-patch.ts'
import { applyMergePatch } from '../patch/merge-patch.ts'
import { applyStrategicPatch } from '../patch/strategic.ts'
import type { Resource } from '../resources.ts'
import { invalid, StatusError } from '../status-error.ts'
import { invalidValue } from '../validate/names.ts'
import type { Api, Subresource } from './api.ts'
import { prepare, type WriteOptions } from './prepare.ts'
import { scaleOf, updateScale } from './scale.ts'

export const patchTypes = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
] as const

/** @throws {StatusError} 415 for a content type this server does not patch by; server-side apply is one of those. */
export function checkPatchType(type: string): void {
  if (!patchTypes.some((each) => each === type))
    throw new StatusError(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {})
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
  checkPatched(resource, old, patched, options)
  return api.update(resource, namespace, name, patched, options, subresource)
}

/** What a patch made of the object must be one of its kind, and the same one. Both are 422 here, not 400 and 409 as in an update. */
function checkPatched(resource: Resource, old: KubeObject, patched: JsonObject, options: WriteOptions): void {
  try {
    prepare(resource, patched, { ...options, warn: () => undefined })
  } catch (failure) {
    if (!(failure instanceof StatusError) || failure.code !== 400) throw failure
    const why = failure.message.replace(/^.*: strict decoding error/, 'strict decoding error')
    const message = `Invalid value: ${JSON.stringify(JSON.stringify(patched))}: ${why}`
    const causes = [{ reason: 'FieldValueInvalid', message, field: 'patch' }]
    throw new StatusError(422, 'Invalid', ` "" is invalid: patch: ${message}`, { causes })
  }
  const uid = stringAt(patched, 'metadata', 'uid')
  if (uid !== undefined && uid !== old.metadata.uid)
    throw invalid(resource, old.metadata.name, [invalidValue('metadata.uid', uid, 'field is immutable')])
}
