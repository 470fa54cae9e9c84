import type { JsonObject } from './json.ts'
import type { Resource } from './resources.ts'

export interface Cause {
  reason: string
  message: string
  field: string
}

interface Details {
  name?: string
  group?: string
  kind?: string
  uid?: string
  causes?: Partial<Cause>[]
  retryAfterSeconds?: number
}

/** A failure as the wire carries it: a `Status` object (apimachinery `pkg/api/errors`). */
export class StatusError extends Error {
  readonly code: number
  readonly reason: string
  readonly details: Details | undefined
  /** List metadata of an expired page: the token with which an inconsistent list may go on. */
  readonly continueToken: string | undefined

  constructor(code: number, reason: string, message: string, details?: Details, continueToken?: string) {
    super(message)
    this.name = 'StatusError'
    this.code = code
    this.reason = reason
    this.details = details
    this.continueToken = continueToken
  }

  toStatus(): JsonObject {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: this.continueToken === undefined ? {} : { continue: this.continueToken },
      status: 'Failure',
      message: this.message,
      ...(this.reason === '' ? {} : { reason: this.reason }),
      ...(this.details === undefined ? {} : { details: JSON.parse(JSON.stringify(this.details)) as JsonObject }),
      code: this.code,
    }
  }
}

const about = (resource: Resource, name?: string): Details => ({
  ...(name === undefined || name === '' ? {} : { name }),
  ...(resource.group === '' ? {} : { group: resource.group }),
  kind: resource.plural,
})

const qualified = (resource: Resource): string =>
  resource.group === '' ? resource.plural : `${resource.plural}.${resource.group}`

export const notFound = (resource: Resource, name: string): StatusError =>
  new StatusError(404, 'NotFound', `${qualified(resource)} "${name}" not found`, about(resource, name))

export const alreadyExists = (resource: Resource, name: string): StatusError =>
  new StatusError(409, 'AlreadyExists', `${qualified(resource)} "${name}" already exists`, about(resource, name))

export const conflict = (resource: Resource, name: string, why: string): StatusError =>
  new StatusError(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${qualified(resource)} "${name}": ${why}`,
    about(resource, name),
  )

export const staleWrite = (resource: Resource, name: string): StatusError =>
  conflict(
    resource,
    name,
    'the object has been modified; please apply your changes to the latest version and try again',
  )

/** 422 for field errors; `details.kind` is the Kind here, as in the real server. */
export function invalid(resource: Resource, name: string, causes: readonly Cause[]): StatusError {
  const lines = causes.map((cause) => `${cause.field}: ${cause.message}`)
  const text = lines.length === 1 ? lines[0] : `[${lines.join(', ')}]`
  const kind = resource.group === '' ? resource.kind : `${resource.kind}.${resource.group}`
  return new StatusError(422, 'Invalid', `${kind} "${name}" is invalid: ${text}`, {
    ...about(resource, name),
    kind: resource.kind,
    causes: [...causes],
  })
}

/** 500 without a reason: what the real server answers where a check of its own would have been kinder. */
export const internal = (message: string): StatusError => new StatusError(500, '', message)

/** 422 for a query parameter, of `CreateOptions` and its siblings. */
export const invalidOption = (kind: string, field: string, message: string): StatusError =>
  new StatusError(422, 'Invalid', `${kind}.meta.k8s.io "" is invalid: ${field}: ${message}`, {
    group: 'meta.k8s.io',
    kind,
    causes: [{ reason: 'FieldValueNotSupported', message, field }],
  })

export const badRequest = (message: string): StatusError => new StatusError(400, 'BadRequest', message)

export const forbidden = (resource: Resource, name: string, why: string): StatusError =>
  new StatusError(
    403,
    'Forbidden',
    name === ''
      ? `${qualified(resource)} is forbidden: ${why}`
      : `${qualified(resource)} "${name}" is forbidden: ${why}`,
    about(resource, name),
  )

export const gone = (message: string, continueToken?: string): StatusError =>
  new StatusError(410, 'Expired', message, undefined, continueToken)

export const unsupportedMediaType = (message: string): StatusError =>
  new StatusError(415, 'UnsupportedMediaType', message)

export const methodNotAllowed = (): StatusError =>
  new StatusError(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource', {})

export const noSuchPath = (): StatusError =>
  new StatusError(404, 'NotFound', 'the server could not find the requested resource', {})

export const unsupportedAccept = (): StatusError =>
  new StatusError(
    406,
    'NotAcceptable',
    'only the following media types are accepted: application/json, application/yaml',
  )
