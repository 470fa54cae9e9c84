import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { Json } from '../../../../core/canonical.ts'
import { Fault } from '../../../../core/fault.ts'
import type { Chance } from '../../../../ports/clock.ts'
import type { TemplateStore } from '../../../../ports/store.ts'
import { wording } from '../../../../text/say.ts'
import { guarded } from '../fault.ts'
import { templateGet } from '../queries/template-get.ts'
import { templatePut } from '../queries/template-put.ts'
import { prepare } from '../query.ts'

const cipher = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

/** AES-256-GCM; the digest is bound in as additional data, so that no row can stand in for another. */
export function templatesOn(db: Database, templateKey: Uint8Array, chance: Chance): TemplateStore {
  if (templateKey.length !== 32) throw new TypeError('the template key has 32 bytes')
  const key = derive(templateKey, 'astern-templates:v1', 32)
  const keyName = derive(templateKey, 'astern-templates:v1:name', 8).toString('hex')
  const get = prepare(db, templateGet)
  const put = prepare(db, templatePut)

  return {
    put(digest, template) {
      guarded(() => {
        if (get.get({ digest })?.key === keyName) return
        const nonce = chance.bytes(nonceBytes)
        const sealing = createCipheriv(cipher, key, nonce).setAAD(Buffer.from(digest))
        const body = Buffer.concat([sealing.update(JSON.stringify(template)), sealing.final(), sealing.getAuthTag()])
        put.run({ digest, key: keyName, nonce, body })
      })
    },
    get(digest) {
      const row = guarded(() => get.get({ digest }))
      if (!row) return null
      try {
        const opening = createDecipheriv(cipher, key, row.nonce, { authTagLength: tagBytes })
          .setAAD(Buffer.from(digest))
          .setAuthTag(row.body.subarray(-tagBytes))
        const text = Buffer.concat([opening.update(row.body.subarray(0, -tagBytes)), opening.final()])
        return JSON.parse(text.toString()) as Json
      } catch (cause) {
        throw new Fault({
          code: 'ledger.template-sealed',
          retry: 'no',
          hint: wording('ledger.template-sealed'),
          cause,
        })
      }
    },
  }
}

const derive = (key: Uint8Array, info: string, length: number): Buffer =>
  Buffer.from(hkdfSync('sha256', key, new Uint8Array(0), info, length))
