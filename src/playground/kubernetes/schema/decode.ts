import { isObject, type Json, type JsonObject } from '../json.ts'
import { badRequest } from '../status-error.ts'
import { definitionOf, type FieldType } from './schema.ts'

// Go drops these when they are zero (`omitempty` without a pointer); other numbers and booleans keep an explicit zero.
const dropsFalse = new Set(
  'hostIPC hostNetwork hostPID stdin stdinOnce tty readOnly paused unschedulable publishNotReadyAddresses'.split(' '),
)
const dropsZero = new Set(
  (
    'minReadySeconds hostPort initialDelaySeconds observedGeneration generation readyReplicas availableReplicas count ' +
    'updatedReplicas unavailableReplicas currentReplicas fullyLabeledReplicas numberAvailable numberUnavailable ' +
    'updatedNumberScheduled nodePort deletionGracePeriodSeconds'
  ).split(' '),
)
const keepsEmpty = new Set(['storageClassName', 'volumeAttributesClassName', 'serviceName'])

const jsonName = (value: Json): string =>
  Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : isObject(value) ? 'object' : typeof value

const goName = (type: FieldType | undefined): string =>
  type?.definition === undefined ? (type?.kind ?? '') : `v1.${type.definition}`

class Decoder {
  readonly unknown: string[] = []
  private readonly kind: string
  private readonly version: string

  constructor(kind: string, version: string) {
    this.kind = kind
    this.version = version
  }

  object(definition: string, value: JsonObject, path: string): JsonObject {
    const fields = definitionOf(definition)
    const result: JsonObject = {}
    for (const [name, raw] of Object.entries(value)) {
      const type = fields.get(name)
      const here = path === '' ? name : `${path}.${name}`
      if (type === undefined) {
        this.unknown.push(here)
        continue
      }
      const decoded = this.value(type, raw, here, definition, name)
      if (decoded !== undefined && !(name === 'replicas' && decoded === 0 && definition === 'DeploymentStatus'))
        result[name] = decoded
    }
    for (const [name, type] of fields) {
      if (type.always !== true || result[name] !== undefined) continue
      if (type.kind === 'object') result[name] = this.object(type.definition ?? '', {}, path)
      else if (type.kind === 'int') result[name] = 0
    }
    return result
  }

  private value(type: FieldType, value: Json | undefined, path: string, owner: string, name: string): Json | undefined {
    if (value === null || value === undefined) return undefined
    switch (type.kind) {
      case 'raw':
        return value
      case 'object':
        if (!isObject(value)) throw this.mismatch(value, owner, path, type.definition ?? 'object')
        return this.object(type.definition ?? '', value, path)
      case 'map':
        return this.map(type, value, path, owner)
      case 'list':
        return this.list(type, value, path, owner)
      case 'string':
        if (typeof value !== 'string') throw this.mismatch(value, owner, path, 'string')
        if (name === '' && this.kind === 'Secret' && path === 'data') this.checkBase64(value)
        return value === '' && name !== '' && type.always !== true && !keepsEmpty.has(name) ? undefined : value
      case 'int':
        if (typeof value !== 'number') throw this.mismatch(value, owner, path, 'int32')
        if (!Number.isInteger(value)) throw this.mismatch(value, owner, path, 'int32', `number ${value}`)
        return value === 0 && type.always !== true && dropsZero.has(name) ? undefined : value
      case 'bool':
        if (typeof value !== 'boolean') throw this.mismatch(value, owner, path, 'bool')
        return !value && type.always !== true && dropsFalse.has(name) ? undefined : value
      case 'num':
        if (typeof value !== 'number') throw this.mismatch(value, owner, path, 'float64')
        return value
      case 'time':
        if (typeof value !== 'string' || Number.isNaN(Date.parse(value)))
          throw this.failure(`parsing time ${JSON.stringify(value)} as "2006-01-02T15:04:05Z07:00"`)
        return value
      case 'intstr':
      case 'quantity':
        if (typeof value !== 'string' && typeof value !== 'number')
          throw this.failure(`json: cannot unmarshal ${jsonName(value)} into ${path}`)
        return type.kind === 'quantity' ? String(value) : value
    }
  }

  private map(type: FieldType, value: Json, path: string, owner: string): JsonObject | undefined {
    if (!isObject(value)) throw this.mismatch(value, owner, path, `map[string]${type.of?.kind ?? ''}`)
    const result: JsonObject = {}
    for (const [key, each] of Object.entries(value)) {
      const decoded = type.of === undefined ? each : this.value(type.of, each, path, owner, '')
      result[key] = decoded ?? ''
    }
    return Object.keys(result).length === 0 ? undefined : result
  }

  private list(type: FieldType, value: Json, path: string, owner: string): Json[] | undefined {
    if (!Array.isArray(value)) throw this.mismatch(value, owner, path, `[]${goName(type.of)}`)
    if (value.length === 0) return undefined
    const of = type.of
    return of === undefined ? value : value.map((each, i) => this.value(of, each, `${path}[${i}]`, owner, '') ?? '')
  }

  private checkBase64(value: string): void {
    if (/^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(value)) return
    const at = value.search(/[^A-Za-z0-9+/=]/)
    throw this.failure(`illegal base64 data at input byte ${at < 0 ? value.length : at}`)
  }

  private mismatch(value: Json, owner: string, path: string, type: string, seen = jsonName(value)): Error {
    const field = path.replace(/\[\d+\]/g, '')
    return this.failure(`json: cannot unmarshal ${seen} into Go struct field ${owner}.${field} of type ${type}`)
  }

  private failure(why: string): Error {
    return badRequest(`${this.kind} in version "${this.version}" cannot be handled as a ${this.kind}: ${why}`)
  }
}

/**
 * A body as the typed server would read it: unknown fields named and left out, nulls and empty values dropped.
 * @throws {StatusError} 400 when a value has the wrong type.
 */
export function decode(kind: string, version: string, value: JsonObject): { value: JsonObject; unknown: string[] } {
  const decoder = new Decoder(kind, version)
  const decoded = decoder.object(kind, value, '')
  return { value: decoded, unknown: decoder.unknown }
}
