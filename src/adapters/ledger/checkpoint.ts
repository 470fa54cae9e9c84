import { createPrivateKey, createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto'
import type { EventOf } from '../../core/event.ts'
import { Fault } from '../../core/fault.ts'
import type { Head } from '../../ports/ledger.ts'
import { wording } from '../../text/say.ts'

/** What a checkpoint says, and what is posted where others see it. `signature` is base64, `key` names the public key. */
export type Checkpoint = EventOf<'ledger.checkpointed'>['data']

const signedText = ({ position, hash: at }: Head): Buffer => Buffer.from(`astern-checkpoint:v1:${position}:${at}`)

/** Reads an Ed25519 private key in PEM form (RFC 8410). Throws Fault `ledger.checkpoint-key`. */
export function checkpointKey(pem: string): KeyObject {
  const fault = (cause?: unknown) =>
    new Fault({ code: 'ledger.checkpoint-key', retry: 'no', hint: wording('ledger.checkpoint-key'), cause })
  let key: KeyObject
  try {
    key = createPrivateKey(pem)
  } catch {
    // Without its cause: what OpenSSL says of a key may quote it.
    throw fault()
  }
  if (key.asymmetricKeyType !== 'ed25519') throw fault()
  return key
}

/** Lower-case hex SHA-256 of the public key's SubjectPublicKeyInfo; takes the private key too. */
export function keyName(key: KeyObject): string {
  const open = key.type === 'private' ? createPublicKey(key) : key
  return hash('sha256', open.export({ type: 'spki', format: 'der' }))
}

export const signCheckpoint = (head: Head, key: KeyObject): Checkpoint => ({
  position: head.position,
  hash: head.hash,
  signature: sign(null, signedText(head), key).toString('base64'),
  key: keyName(key),
})

export const checkpointHolds = (checkpoint: Checkpoint, key: KeyObject): boolean =>
  verify(null, signedText(checkpoint), key, Buffer.from(checkpoint.signature, 'base64'))
