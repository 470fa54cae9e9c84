import { isWire, Refusal, type Wire } from '../store/wire.ts'
import type { World } from '../store/world.ts'

const ticketLivesMs = 90_000

/** What a connection will be told of: `EVENT:*`, `CALLBACK:<topic>`. */
export type Subscriptions = ReadonlySet<string>

/** Tickets for the gateway: each opens one connection within 90 s. */
export class Tickets {
  private readonly world: World
  private readonly open = new Map<string, { readonly subscriptions: Subscriptions; readonly expiresAt: number }>()

  constructor(world: World) {
    this.world = world
  }

  /** `POST /v1.0/gateway/connections/open`. Refuses wrong credentials as DingTalk does: 401 `authFailed`. */
  issue(body: Wire): Wire {
    const { clientId, clientSecret } = this.world.setup.app
    if (body.clientId !== clientId || body.clientSecret !== clientSecret)
      throw new Refusal('authFailed', '鉴权失败', 401)
    const subscriptions = readSubscriptions(body.subscriptions)
    const ticket = this.world.ids.uuid()
    this.open.set(ticket, { subscriptions, expiresAt: this.world.now() + ticketLivesMs })
    return { endpoint: `${this.world.origin.replace(/^http/, 'ws')}/connect`, ticket }
  }

  /** Uses a ticket up; undefined when it is unknown, used or too old. */
  redeem(ticket: string): Subscriptions | undefined {
    const found = this.open.get(ticket)
    this.open.delete(ticket)
    return found && found.expiresAt >= this.world.now() ? found.subscriptions : undefined
  }
}

function readSubscriptions(given: unknown): Subscriptions {
  if (!Array.isArray(given) || given.length === 0)
    throw new Refusal('Missingsubscriptions', 'subscriptions is mandatory for this action.')
  const read = given.map((one) => {
    if (!isWire(one) || typeof one.topic !== 'string')
      throw new Refusal('invalidSubscriptions', 'subscription without topic')
    if (one.type === 'EVENT' && one.topic === '*') return 'EVENT:*'
    if (one.type === 'CALLBACK' && one.topic.startsWith('/v1.0/')) return `CALLBACK:${one.topic}`
    throw new Refusal('invalidSubscriptions', `no subscription ${String(one.type)} ${one.topic}`)
  })
  return new Set(read)
}
