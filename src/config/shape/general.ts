import { z } from 'zod'
import { secret } from '../../ports/secret.ts'
import { languages } from '../../text/language.ts'
import { type KnownNames, referenceTo } from '../names.ts'

export const language = () => z.enum(languages)

export const web = () =>
  z.strictObject({
    url: z
      .url({ protocol: /^https?$/, error: 'expected an address like https://astern.example' })
      .transform((url) => url.replace(/\/+$/, ''))
      .default('http://127.0.0.1:7400')
      .describe('The address that links carry'),
    host: z.string().min(1).default('127.0.0.1').describe('The address to listen on'),
    port: z.int().min(0).max(65_535).default(7400).describe('The port to listen on; 0 takes any free one'),
  })

export const ledger = (known: KnownNames) =>
  z.strictObject({
    file: z.string().min(1).default('.astern/ledger.db').describe('The SQLite file'),
    keys: secret().optional().describe('The key that keeps templates secret at rest'),
    checkpoints: z
      .strictObject({
        key: secret().describe('The private key (PEM) that signs checkpoints; keep it outside the database'),
        witness: z
          .strictObject({ chat: referenceTo('chat', known.chats), channel: z.string().min(1) })
          .optional()
          .describe('Where checkpoints are posted, so that others see them'),
      })
      .optional(),
  })
