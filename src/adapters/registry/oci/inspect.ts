import { createHash } from 'node:crypto'
import type { Answer, Repository } from './api.ts'
import type { Bounded } from './bounded.ts'
import { isDigest } from './reference.ts'
import { type Content, contentOf, saysGone } from './wire.ts'

export type Why = 'no-permission' | 'unreachable' | 'not-understood'

export type Verdict =
  | { readonly state: 'present' }
  | { readonly state: 'gone' }
  | { readonly state: 'unknown'; readonly why: Why }

const present: Verdict = { state: 'present' }
const gone: Verdict = { state: 'gone' }
const unknown = (why: Why): Verdict => ({ state: 'unknown', why })

/** How many blobs are asked for at a time. */
const together = 6

/** An index holds images; an index in an index is allowed, more than that is nobody's. */
const deepest = 2

export interface Inspection {
  readonly repository: Repository
  /** Contents by digest, which never change. */
  readonly contents: Bounded<Content>
  readonly signal: AbortSignal
}

export interface Inspected {
  readonly verdict: Verdict
  /** What the tag stands for now; absent where nobody said so. */
  readonly digest?: string
  readonly content?: Content
}

/** What a manifest is and whether all that it names is there. `wanted` is a tag or a digest. Rejects when no answer comes. */
export async function inspect(wanted: string, of: Inspection, depth = 0): Promise<Inspected> {
  const path = `manifests/${wanted}`
  const head = await of.repository.ask('HEAD', path, of.signal)
  // The answer to HEAD has no body to say whose 404 it is.
  if (head.status === 404) return { verdict: verdictOf(await of.repository.ask('GET', path, of.signal)) }
  if (head.status !== 200) return { verdict: verdictOf(head) }
  const named = isDigest(wanted) ? wanted : head.headers.get('docker-content-digest')
  const digest = named !== null && isDigest(named) ? named : undefined
  const found = await manifest(digest ?? wanted, digest, of)
  if ('state' in found) return { verdict: found }
  return { verdict: await whole(found.content, of, depth), ...found }
}

type Manifest = { readonly digest: string; readonly content: Content }

async function manifest(wanted: string, digest: string | undefined, of: Inspection): Promise<Manifest | Verdict> {
  const known = digest === undefined ? undefined : of.contents.get(digest)
  if (digest !== undefined && known) return { digest, content: known }
  const got = await of.repository.ask('GET', `manifests/${wanted}`, of.signal)
  if (got.status !== 200) return verdictOf(got)
  const actual = digestOfBody(got.body, digest)
  const content = contentOf(got.body)
  if (!content || (digest !== undefined && actual !== digest)) return unknown('not-understood')
  of.contents.set(actual, content)
  return { digest: actual, content }
}

/** A manifest may outlive what it names: a registry goes on saying 200 when a layer was deleted. */
async function whole(content: Content, of: Inspection, depth: number): Promise<Verdict> {
  if (content.kind === 'image') return all(content.blobs, (digest) => blob(digest, of))
  if (depth >= deepest) return unknown('not-understood')
  const children: Verdict[] = []
  for (const child of content.children) children.push((await inspect(child, of, depth + 1)).verdict)
  const states = new Set(children.map(({ state }) => state))
  // Which platform the nodes have is not known here: an index that lost only some of its images may still be good for them.
  if (states.has('present') && states.has('gone')) return unknown('not-understood')
  return worst(children)
}

async function blob(digest: string, of: Inspection): Promise<Verdict> {
  if (!isDigest(digest)) return unknown('not-understood')
  const head = await of.repository.ask('HEAD', `blobs/${digest}`, of.signal)
  if (head.status !== 404) return verdictOf(head)
  return verdictOf(await of.repository.ask('GET', `blobs/${digest}`, of.signal))
}

async function all(digests: readonly string[], look: (digest: string) => Promise<Verdict>): Promise<Verdict> {
  const verdicts: Verdict[] = []
  for (let at = 0; at < digests.length; at += together) {
    verdicts.push(...(await Promise.all(digests.slice(at, at + together).map(look))))
  }
  return worst(verdicts)
}

const worst = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.find(({ state }) => state === 'gone') ?? verdicts.find(({ state }) => state === 'unknown') ?? present

function verdictOf({ status, body }: Answer): Verdict {
  if (status >= 200 && status < 400) return present
  if (status === 404) return saysGone(body) ? gone : unknown('not-understood')
  if (status === 401 || status === 403) return unknown('no-permission')
  return unknown(status === 408 || status === 429 || status >= 500 ? 'unreachable' : 'not-understood')
}

const digestOfBody = (body: string, like: string | undefined): string => {
  const algorithm = like?.startsWith('sha512:') ? 'sha512' : 'sha256'
  return `${algorithm}:${createHash(algorithm).update(body).digest('hex')}`
}
