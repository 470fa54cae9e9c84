import { createHash, generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { chainHash, type Envelope, envelopeJson, genesis } from '../../../src/adapters/ledger/chain.ts'
import { checkpointHolds, checkpointKey, keyName, signCheckpoint } from '../../../src/adapters/ledger/checkpoint.ts'
import { canonicalJson } from '../../../src/core/canonical.ts'
import { thrown } from './kit.ts'

const envelope: Envelope = {
  position: 12,
  stream: 'incident/ü"\\\n',
  first: 4,
  version: 3,
  at: '2026-03-02T09:00:00Z',
  config: 'c0ffee',
  type: 'incident.noted',
  v: 1,
  dedupe: null,
  digest: 'ab'.repeat(32),
}

describe('the chain', () => {
  it.each([envelope, { ...envelope, dedupe: 'slack:"Ev1"' }])('hashes the envelope as canonical JSON', (of) => {
    expect(envelopeJson(of)).toBe(canonicalJson({ ...of }))
  })

  it('can be followed by anybody with a SHA-256 at hand', () => {
    const byHand = createHash('sha256')
      .update(genesis)
      .update(canonicalJson({ ...envelope }))
      .digest('hex')
    expect(chainHash(genesis, envelope)).toBe(byHand)
    expect(genesis).toBe(createHash('sha256').update('astern-ledger:v1').digest('hex'))
  })
})

describe('a checkpoint', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const head = { position: 7, hash: 'cd'.repeat(32) }

  it('is signed over position and hash, with the name of the key', () => {
    const checkpoint = signCheckpoint(head, privateKey)
    expect(checkpoint).toMatchObject({ ...head, key: keyName(publicKey) })
    expect(checkpointHolds(checkpoint, publicKey)).toBe(true)
    expect(checkpointHolds({ ...checkpoint, position: 8 }, publicKey)).toBe(false)
    expect(checkpointHolds({ ...checkpoint, hash: 'ce'.repeat(32) }, publicKey)).toBe(false)
    expect(checkpointHolds({ ...checkpoint, signature: 'AAAA' }, publicKey)).toBe(false)
  })

  it('takes an Ed25519 key in PEM form and no other, and never repeats what it was given', async () => {
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    expect(keyName(checkpointKey(pem))).toBe(keyName(publicKey))
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' })
    for (const wrong of ['hunter2', '', pem.slice(0, 60), other.toString()]) {
      const error = await thrown(() => checkpointKey(wrong))
      expect(error).toMatchObject({ code: 'ledger.checkpoint-key', retry: 'no' })
      expect(error).not.toHaveProperty('cause')
    }
  })
})
