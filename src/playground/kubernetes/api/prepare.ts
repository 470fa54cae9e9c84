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
    throw badRequest(`couldn't get version/kind; json parse error: json: cannot unmarshal into Go value of type struct`)
  const apiVersion = stringAt(body, 'apiVersion') ?? resource.apiVersion
  const kind = stringAt(body, 'kind') ?? resource.kind
  if (kind !== resource.kind)
    throw badRequest(
      `${kind} in version "${apiVersion}" cannot be handled as a ${resource.kind}: no kind "${kind}" is registered for the requested resource`,
    )
  if (apiVersion !== resource.apiVersion)
    throw badRequest(
      `the API version in the data (${apiVersion}) does not match the expected API version (${resource.apiVersion})`,
    )
  const { value, unknown } = decode(kind, resource.version, { ...body, apiVersion, kind })
  if (unknown.length > 0) {
    const fields = unknown.map((field) => `unknown field "${field}"`)
    if (options.fieldValidation === 'Strict') throw badRequest(`strict decoding error: ${fields.join(', ')}`)
    if (options.fieldValidation !== 'Ignore') for (const field of fields) options.warn?.(field)
  }
  return value
}
