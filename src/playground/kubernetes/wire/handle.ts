import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Api } from '../api/api.ts'
import { deleteObject, deleteOptions } from '../api/delete.ts'
import { listObjects } from '../api/list.ts'
import { checkPatchType, patchObject } from '../api/patch.ts'
import type { FieldValidation, WriteOptions } from '../api/prepare.ts'
import { scaleOf, updateScale } from '../api/scale.ts'
import { isObject, type Json, type JsonObject } from '../json.ts'
import { type KubeObject, toJson } from '../object.ts'
import { badRequest, invalidOption, StatusError } from '../status-error.ts'
import { reviewAccess, reviewRules, type Token } from './auth.ts'
import { mediaType, parseObject, parsePatch, readBody } from './body.ts'
import { type LogSource, podLog } from './logs.ts'
import type { Route } from './route.ts'
import { refuseWatch, type Watches } from './watch.ts'

export interface Answer {
  code: number
  body: Json | string
  warnings: string[]
}

export interface Backend {
  api: Api
  watches: Watches
  logs: LogSource
}

const optionKinds: Partial<Record<Route['verb'], string>> = {
  create: 'CreateOptions',
  update: 'UpdateOptions',
  patch: 'PatchOptions',
  delete: 'DeleteOptions',
}
const validations = ['Strict', 'Warn', 'Ignore']

function writeOptions(kind: string, query: URLSearchParams, userAgent: string, warnings: string[]): WriteOptions {
  const dryRun = query.getAll('dryRun')
  if (dryRun.some((value) => value !== 'All'))
    throw invalidOption(kind, 'dryRun', `Unsupported value: ${JSON.stringify(dryRun)}: supported values: "All"`)
  const manager = query.get('fieldManager') ?? ''
  if (manager.length > 128) throw badRequest('fieldManager: Invalid value: may not be more than 128 bytes')
  const validation = query.get('fieldValidation') ?? ''
  if (validation !== '' && !validations.includes(validation))
    throw invalidOption(
      kind,
      'fieldValidation',
      `Unsupported value: ${JSON.stringify(validation)}: supported values: "", "Ignore", "Strict", "Warn"`,
    )
  return {
    manager: manager === '' ? managerOf(userAgent) : manager,
    dryRun: dryRun.length > 0,
    fieldValidation: validation === '' ? 'Warn' : (validation as FieldValidation),
    warn: (text) => warnings.push(text),
  }
}

/** Without `fieldManager` the real server takes the user agent up to its slash. */
export const managerOf = (userAgent: string): string => userAgent.split('/')[0]?.slice(0, 128) || 'unknown'

/** Kinds whose last state is the answer to their deletion. */
const returnsDeleted = new Set(['Pod', 'Service', 'ServiceAccount', 'ResourceQuota'])

const deleted = ({ object }: { object: KubeObject }, route: Route): JsonObject => ({
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Success',
  details: {
    name: object.metadata.name,
    ...(route.resource.group === '' ? {} : { group: route.resource.group }),
    kind: route.resource.plural,
    uid: object.metadata.uid,
  },
})

/** Handles a request that may be. Undefined: the response is a watch and goes on by itself. @throws {StatusError} */
export async function handle(
  backend: Backend,
  route: Route,
  token: Token,
  request: IncomingMessage,
  response: ServerResponse,
  query: URLSearchParams,
): Promise<Answer | undefined> {
  const { api } = backend
  const { resource, namespace, name, subresource } = route
  const warnings: string[] = []
  const answer = (code: number, body: Json | string): Answer => ({ code, body, warnings })
  const shown = (object: KubeObject): Json => (subresource === 'scale' ? scaleOf(object) : toJson(object))
  const contentType = mediaType(request.headers['content-type'])
  if (route.verb === 'patch') checkPatchType(contentType)
  const bytes = await readBody(request)
  const options = writeOptions(optionKinds[route.verb] ?? '', query, request.headers['user-agent'] ?? '', warnings)

  switch (route.verb) {
    case 'get':
      if (subresource === 'log') return answer(200, podLog(api, backend.logs, namespace, name, query))
      return answer(200, shown(api.get(resource, namespace, name)))
    case 'list':
      return answer(200, listObjects(api.store, resource, namespace, query))
    case 'watch':
      try {
        backend.watches.start(response, resource, namespace, query)
      } catch (failure) {
        if (!(failure instanceof StatusError) || failure.code !== 410) throw failure
        refuseWatch(response, failure)
      }
      return undefined
    case 'create': {
      const body = parseObject(bytes, contentType, resource.kind)
      if (!resource.stored) {
        const review = isObject(body) ? body : {}
        const whole = { ...review, kind: resource.kind, apiVersion: resource.apiVersion }
        return answer(
          201,
          resource.kind === 'SelfSubjectAccessReview' ? reviewAccess(token, whole) : reviewRules(token, whole),
        )
      }
      return answer(201, toJson(api.create(resource, namespace, body, options)))
    }
    case 'update': {
      const body = parseObject(bytes, contentType, resource.kind)
      if (subresource === 'scale')
        return answer(200, scaleOf(updateScale(api, resource, namespace, name, body, options)))
      return answer(
        200,
        toJson(api.update(resource, namespace, name, body, options, subresource === 'status' ? 'status' : '')),
      )
    }
    case 'patch': {
      const part = subresource === 'log' ? '' : subresource
      return answer(
        200,
        shown(patchObject(api, resource, namespace, name, contentType, parsePatch(bytes), options, part)),
      )
    }
    case 'delete': {
      const body = bytes.length === 0 ? {} : parseObject(bytes, contentType, resource.kind)
      const result = deleteObject(api, resource, namespace, name, deleteOptions(isObject(body) ? body : {}, query))
      return answer(
        200,
        result.gone && !returnsDeleted.has(resource.kind) ? deleted(result, route) : toJson(result.object),
      )
    }
    case 'deletecollection':
      throw badRequest('deletecollection is not served here')
  }
}
