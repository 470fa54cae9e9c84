import { randomBytes } from 'node:crypto'
import { type PlaygroundPagerDuty, startPagerDuty } from './pagerduty/index.ts'
import { people } from './people.ts'

/** What the bot's configuration needs to page people here. */
export interface Phones {
  readonly server: PlaygroundPagerDuty
  /** The secrets by the names that the configuration has for them. */
  readonly env: Readonly<Record<string, string>>
}

const reachable = people.filter(({ guest }) => !guest)

export const pagerUser = (key: string): string => `P${key.toUpperCase()}0001`
export const pagerSecrets = { webhook: 'PLAYGROUND_PAGER_WEBHOOK', token: 'PLAYGROUND_PAGER_TOKEN' } as const
/** Whose phone can ring has an integration key of her own; the name of its secret, null for others. */
export const pagerKeyName = (key: string): string | null =>
  reachable.some((one) => one.key === key) ? `PLAYGROUND_PAGER_${key.toUpperCase()}` : null

/** A PagerDuty in which everybody but guests has a phone. `botUrl`: where the bot takes acknowledgements; without it none arrive. */
export async function startPhones(now: () => number, botUrl: string | undefined): Promise<Phones> {
  const key = (): string => randomBytes(16).toString('hex')
  const keys = new Map(reachable.map((somebody) => [somebody.key, key()]))
  const apiToken = key()
  const webhook = key()
  const server = await startPagerDuty({
    users: reachable.map(({ key: who, name }) => ({ id: pagerUser(who), name })),
    services: reachable.map(({ key: who, name }) => ({
      name,
      routingKey: keys.get(who) ?? '',
      user: pagerUser(who),
    })),
    apiToken,
    now,
    retryMs: 1000,
  })
  if (botUrl !== undefined) server.subscribe({ url: `${botUrl}/pagers/phones`, secrets: [webhook] })
  const own = [...keys].map(([who, routingKey]) => [pagerKeyName(who) ?? '', routingKey] as const)
  return {
    server,
    env: { [pagerSecrets.webhook]: webhook, [pagerSecrets.token]: apiToken, ...Object.fromEntries(own) },
  }
}
