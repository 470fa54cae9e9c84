import { hash } from 'node:crypto'

/** What the chain covers of an event in the open; its payload only through the salted digest, so that it can be erased. */
export interface Envelope {
  readonly position: number
  readonly stream: string
  /** The position of the stream's first event. */
  readonly first: number
  readonly version: number
  readonly at: string
  readonly config: string
  readonly type: string
  readonly v: number
  /** On the first event of an append that carried a dedupe key. */
  readonly dedupe: string | null
  /** `payloadDigest` of the event. */
  readonly digest: string
}

/** The hash before the first event. */
export const genesis = hash('sha256', 'astern-ledger:v1')

/** Lower-case hex SHA-256 over the salt in hex, then the payload as stored. */
export const payloadDigest = (salt: string, payload: string): string => hash('sha256', salt + payload)

/** Lower-case hex SHA-256 over the previous hash in hex, then the envelope as canonical JSON. */
export const chainHash = (previous: string, envelope: Envelope): string =>
  hash('sha256', previous + envelopeJson(envelope))

/** The same text as `canonicalJson(envelope)`, without sorting members per event. */
export const envelopeJson = (of: Envelope): string =>
  `{"at":${JSON.stringify(of.at)},"config":${JSON.stringify(of.config)},"dedupe":${JSON.stringify(of.dedupe)},` +
  `"digest":"${of.digest}","first":${of.first},"position":${of.position},"stream":${JSON.stringify(of.stream)},` +
  `"type":${JSON.stringify(of.type)},"v":${of.v},"version":${of.version}}`
