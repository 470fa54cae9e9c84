import type { UserSetup } from './slack/index.ts'

/** Somebody to play. */
export interface Somebody {
  /** As the configuration names them. */
  readonly key: string
  readonly user: string
  readonly name: string
  readonly timeZone: string
  readonly language: 'en' | 'zh-CN'
  /** What the switcher says of them, in both languages. */
  readonly role: { readonly en: string; readonly 'zh-CN': string }
  /** A guest of the workspace: may look, may decide nothing. */
  readonly guest?: true
}

export const people: readonly Somebody[] = [
  {
    key: 'lin',
    user: 'U0LIN00001',
    name: 'Lin',
    timeZone: 'America/New_York',
    language: 'en',
    role: { en: 'Ships by CI', 'zh-CN': '负责发布' },
  },
  {
    key: 'mei',
    user: 'U0MEI00001',
    name: 'Mei',
    timeZone: 'Asia/Shanghai',
    language: 'zh-CN',
    role: { en: 'Developer', 'zh-CN': '开发' },
  },
  {
    key: 'tom',
    user: 'U0TOM00001',
    name: 'Tom',
    timeZone: 'Europe/London',
    language: 'en',
    role: { en: 'Payment on call', 'zh-CN': '支付组值班' },
  },
  {
    key: 'ana',
    user: 'U0ANA00001',
    name: 'Ana',
    timeZone: 'Europe/Lisbon',
    language: 'en',
    role: { en: 'Commander', 'zh-CN': '故障指挥官' },
  },
  {
    key: 'kai',
    user: 'U0KAI00001',
    name: 'Kai',
    timeZone: 'Europe/Berlin',
    language: 'en',
    role: { en: 'Guest', 'zh-CN': '外部访客' },
    guest: true,
  },
]

export const userSetups: readonly UserSetup[] = people.map(({ user, key, name, timeZone, language, guest }) => ({
  id: user,
  name: key,
  realName: name,
  tz: timeZone,
  locale: language,
  ...(guest && { isRestricted: true }),
}))

const userOf = (key: string): string => people.find((somebody) => somebody.key === key)?.user ?? ''
export const usersOf = (...keys: readonly string[]): string[] => keys.map(userOf)
