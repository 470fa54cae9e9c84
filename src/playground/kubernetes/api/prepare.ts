import { isObject, type Json, type JsonObject, stringAt } from '../json.ts'
import type { Resource } from '../resources.ts'
import { decode } from '../schema/decode.ts'
import { badRequest } from '../status-error.ts'

/** What to do about fields the kind does not have: refuse, warn in a header, or say nothing. All of them drop the field. */
export type FieldValidation = 'Strict' | 'Warn' | 'Ignore'

export interface WriteOptions {
  /** Field manager to record. */
  manager: string
  /** Go through everything, store nothing. */
  dryRun?: boolean
  fieldValidation?: FieldValidation
  /** Receives texts for the `Warning` header. */
  warn?: (text: string) => void
}

/** A body as an object of the kind, in canonical form. @throws {StatusError} 400 when it is of another kind or shape. */
export function prepare(resource: Resource, body: Json, options: WriteOptions): JsonObject {
  if (!isObject(body))
    throw badRequest(
      `the object provided is unrecognized (must be of type ${resource.kind}): couldn't get version/kind; json parse error: json: cannot unmarshal ${Array.isArray(body) ? 'array' : typeof body} into Go value of type struct`,
    )
  const apiVersion = stringAt(body, 'apiVersion') ?? resource.apiVersion
  const kind = stringAt(body, 'kind') ?? resource.kind
  const cannot = `${kind} in version "${apiVersion.split('/').at(-1)}" cannot be handled as a ${resource.kind}`
  if (apiVersion !== resource.apiVersion)
    throw badRequest(`${cannot}: no kind "${kind}" is registered for version "${apiVersion}" in scheme`)
  if (kind !== resource.kind) throw badRequest(`${cannot}: unknown conversion`)
  const { value, unknown } = decode(kind, resource.version, { ...body, apiVersion, kind })
  if (unknown.length > 0) {
    const fields = unknown.map((field) => `unknown field "${field}"`)
    if (options.fieldValidation === 'Strict') throw badRequest(`${cannot}: strict decoding error: ${fields.join(', ')}`)
    if (options.fieldValidation !== 'Ignore') for (const field of fields) options.warn?.(field)
  }
  return value
}
