import { readFile } from 'node:fs/promises'
import { Agent, request } from 'node:https'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, expect, it } from 'vitest'
import { startKubernetes } from '../../src/playground/kubernetes/index.ts'
import { isObject, type Json } from '../../src/playground/kubernetes/json.ts'
import {
  compactOpenApi,
  type OpenApiDocument,
  openApiPaths,
  openApiRoots,
} from '../../src/playground/kubernetes/schema/compact.ts'
import { startControlPlane } from './control-plane/control-plane.ts'
import { type WireCase, wireCases } from './wire-cases/index.ts'

const agent = new Agent({ rejectUnauthorized: false, keepAlive: true })

interface Reply {
  code: number
  type: string
  warning: string
  text: string
}

function call(url: string, token: string, [method, path, body, type]: WireCase): Promise<Reply> {
  const data = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
  const headers = {
    authorization: `Bearer ${token}`,
    'user-agent': 'kit/1',
    ...(data === undefined
      ? {}
      : { 'content-type': type ?? 'application/json', 'content-length': Buffer.byteLength(data) }),
  }
  return new Promise((resolve, reject) => {
    const sent = request(url + path, { method, agent, headers }, (response) => {
      let text = ''
      response.on('data', (chunk) => {
        text += String(chunk)
      })
      response.on('end', () =>
        resolve({
          code: response.statusCode ?? 0,
          type: response.headers['content-type'] ?? '',
          warning: String(response.headers.warning ?? ''),
          text,
        }),
      )
    })
    sent.on('error', reject)
    sent.end(data)
  })
}

async function answers(url: string, token: string): Promise<Reply[]> {
  const replies: Reply[] = []
  for (const each of wireCases) {
    if (each[4] !== undefined) await delay(each[4])
    replies.push(await call(url, token, each))
  }
  return replies
}

/** Different in every run, or made by parts the playground does not have: cluster IPs, hashes, the words of Go's JSON parser. */
const volatile = new Set(
  'uid resourceVersion creationTimestamp deletionTimestamp lastTransitionTime lastUpdateTime time continue clusterIP clusterIPs message managedFields observedGeneration currentRevision updateRevision currentMetrics serverAddress'.split(
    ' ',
  ),
)

function comparable(value: Json): Json {
  if (Array.isArray(value)) return value.map(comparable)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !volatile.has(key))
      .map(([key, inner]) => [key, comparable(inner)]),
  )
}

function shown({ code, type, warning, text }: Reply): object {
  return {
    code,
    warning,
    body: type === 'application/json' && !text.includes('}\n{') ? comparable(JSON.parse(text) as Json) : text,
  }
}

const plane = await startControlPlane()
const playground = await startKubernetes({ tls: true, tokens: [{ token: 'admin', user: 'root', admin: true }] })
afterAll(async () => {
  await playground.close()
  await plane.stop()
})
const real = await answers(plane.url, plane.adminToken)
const own = await answers(playground.url, 'admin')

it.each(
  wireCases.map(
    ([method, path, body], i) => [i, `${method} ${path} ${JSON.stringify(body ?? '').slice(0, 120)}`] as const,
  ),
)('%i: %s', (i) => {
  const [expected, found] = [real[i], own[i]]
  if (expected === undefined || found === undefined) throw new Error(`no answer to ${i}`)
  expect(shown(found)).toEqual(shown(expected))
})

it('knows the fields, types and merge keys that the real server publishes', async () => {
  const documents = await Promise.all(
    openApiPaths.map(async (path) => {
      const { text } = await call(plane.url, plane.adminToken, ['GET', `/openapi/v3/${path}`])
      return JSON.parse(text) as OpenApiDocument
    }),
  )
  const file = new URL('../../src/playground/kubernetes/schema/definitions.txt', import.meta.url)
  expect((await readFile(file, 'utf8')).trimEnd().split('\n')).toEqual(compactOpenApi(documents, openApiRoots))
})
