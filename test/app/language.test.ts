import { expect, it } from 'vitest'
import { languageOf } from '../../src/app/who.ts'
import type { World } from '../../src/app/world.ts'
import type { Delivery } from '../../src/core/delivery/delivery.ts'
import type { Language } from '../../src/text/language.ts'

const account = { chat: 'dingtalk', tenant: 'ding', user: 'x' }
const own = new Map<string, { readonly language: Language | null }>([
  ['mei', { language: 'zh-CN' }],
  ['tom', { language: 'en' }],
  ['kim', { language: null }],
])
/** A company that speaks English, with one Chinese group. */
const config = {
  language: 'en',
  people: own,
  personOf: ({ user }: { readonly user: string }) => (own.has(user) ? user : null),
  languageOf: (_: string, channel: string) => (channel === 'cidCHINESE' ? 'zh-CN' : 'en'),
} as unknown as ReturnType<World['config']>

const asked = (user: string, channel: string | null): Language => {
  const delivery: Delivery = {
    id: 'd',
    account: { ...account, user },
    place: channel === null ? null : { channel },
    deed: { kind: 'home' },
  }
  return languageOf({ config: () => config }, delivery)
}

it.each([
  ['her own, wherever she asks', 'tom', 'cidCHINESE', 'en'],
  ['her own, wherever she asks', 'mei', 'cidENGLISH', 'zh-CN'],
  ["the channel's, where nobody said hers", 'kim', 'cidCHINESE', 'zh-CN'],
  ["the channel's, where nobody knows her", 'stranger', 'cidCHINESE', 'zh-CN'],
  ['the default, where there is no channel', 'kim', null, 'en'],
  ['the default, in a channel of no service', 'stranger', 'cidOTHER', 'en'],
] as const)('an answer is in %s', (_, user, channel, language) => {
  expect(asked(user, channel)).toBe(language)
})
