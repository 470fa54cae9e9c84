import type { Fault as DingTalkFault } from '../../src/playground/dingtalk/index.ts'
import type { Fault as KubernetesFault } from '../../src/playground/kubernetes/index.ts'
import type { Fault as SlackFault } from '../../src/playground/slack/index.ts'
import type { ProxyFault } from '../kit/lying-proxy.ts'

/** Everything that can happen to one call, in the words of each local server. */
export const lies = {
  'reset before': {
    monitor: { reset: 'before' },
    cluster: { reset: 'before' },
    slack: { reset: 'before' },
    dingtalk: { reset: 'before' },
  },
  'reset after the effect': {
    monitor: { reset: 'after' },
    cluster: { reset: 'after' },
    slack: { reset: 'after' },
    dingtalk: { reset: 'after' },
  },
  // Longer than any patience of ours.
  'timeout before': {
    monitor: { delayMs: 1_500, reset: 'before' },
    cluster: { delayMs: 6_000, reset: 'before' },
    slack: { delayMs: 12_000, reset: 'before' },
    dingtalk: { delayMs: 3_000, reset: 'before' },
  },
  'timeout, then the effect': {
    monitor: { delayMs: 1_500 },
    cluster: { delayMs: 5_700 },
    slack: { silence: true },
    dingtalk: { delayMs: 3_000 },
  },
  'timeout after the effect': {
    monitor: { silence: true },
    cluster: { silence: true },
    slack: { silence: true },
    dingtalk: { silence: true },
  },
  '409': {
    monitor: { answer: { code: 409, body: 'conflict', contentType: 'text/plain' } },
    cluster: { answer: { code: 409, body: status(409, 'Conflict') } },
    slack: { status: 409 },
    dingtalk: { status: 409, code: 'Conflict' },
  },
  '422': {
    monitor: { answer: { code: 422, body: failure('execution') } },
    cluster: { answer: { code: 422, body: status(422, 'Invalid') } },
    slack: { status: 422 },
    dingtalk: { status: 422, code: 'param.invalid' },
  },
  '429': {
    monitor: { answer: { code: 429, body: '', headers: { 'retry-after': '2' } } },
    cluster: { answer: { code: 429, body: status(429, 'TooManyRequests'), headers: { 'retry-after': '2' } } },
    slack: { rateLimitedForS: 2 },
    dingtalk: { tooFast: true },
  },
  '500': {
    monitor: { answer: { code: 500, body: failure('internal') } },
    cluster: { answer: { code: 500, body: status(500, 'InternalError') } },
    slack: { status: 500 },
    dingtalk: { status: 500, code: 'ServiceUnavailable' },
  },
  '503': {
    monitor: { answer: { code: 503, body: 'unavailable', contentType: 'text/plain' } },
    cluster: { answer: { code: 503, body: 'unavailable', contentType: 'text/plain' } },
    slack: { status: 503 },
    dingtalk: { status: 503, body: 'unavailable', contentType: 'text/plain' },
  },
  slow: { monitor: { delayMs: 100 }, cluster: { delayMs: 150 }, slack: { delayMs: 150 }, dingtalk: { delayMs: 150 } },
  'wrong JSON': {
    monitor: { answer: { code: 200, body: '{"status":' } },
    cluster: { answer: { code: 200, body: '{"kind":' } },
    slack: { body: '{"ok":', afterEffect: true },
    dingtalk: { status: 200, body: '{"ok":', afterEffect: true },
  },
  'JSON of something else': {
    monitor: { answer: { code: 200, body: '{"kind":"Surprise"}' } },
    cluster: { answer: { code: 200, body: { kind: 'Surprise' } } },
    slack: { body: '[]', afterEffect: true },
    dingtalk: { status: 200, body: '[]', afterEffect: true },
  },
  'wrong content type': {
    monitor: { answer: { code: 200, body: '<html>sign in</html>', contentType: 'text/html' } },
    cluster: { answer: { code: 200, body: '<html>sign in</html>', contentType: 'text/html' } },
    slack: { body: '<html>sign in</html>', contentType: 'text/html' },
    dingtalk: { status: 200, body: '<html>sign in</html>', contentType: 'text/html' },
  },
  'half a body': {
    monitor: { halfBody: true },
    cluster: { halfBody: true },
    slack: { halfBody: true },
    dingtalk: { halfBody: true },
  },
} as const satisfies Readonly<
  Record<string, { cluster: KubernetesFault; slack: SlackFault; dingtalk: DingTalkFault; monitor: ProxyFault }>
>

export type Lie = keyof typeof lies
export const allLies = Object.keys(lies) as readonly Lie[]

function status(code: number, reason: string) {
  return { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason, code, message: 'made up' }
}

/** As Prometheus says it. */
function failure(errorType: string): string {
  return JSON.stringify({ status: 'error', errorType, error: 'made up' })
}
