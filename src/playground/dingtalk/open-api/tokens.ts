import { OldRefusal, Refusal, type Wire } from '../store/wire.ts'
import type { World } from '../store/world.ts'

const tokenLivesMs = 7_200_000

/** Access tokens of the app. A new one is given when the last is within its last minutes; before, the same comes back. */
export class Tokens {
  private readonly world: World
  private readonly live = new Map<string, number>()
  private issued = 0

  constructor(world: World) {
    this.world = world
  }

  /** `POST /v1.0/oauth2/accessToken`. */
  issue(appKey: string, appSecret: string): Wire {
    const { clientId, clientSecret } = this.world.setup.app
    if (appKey !== clientId || appSecret !== clientSecret)
      throw new Refusal('invalidClientIdOrSecret', '无效的clientId或者clientSecret')
    this.issued++
    const now = this.world.now()
    for (const [token, expiresAt] of this.live) {
      const leftMs = expiresAt - now
      if (leftMs > 0) return { accessToken: token, expireIn: Math.floor(leftMs / 1000) }
    }
    const token = this.world.ids.hex(32)
    this.live.set(token, now + tokenLivesMs)
    return { accessToken: token, expireIn: tokenLivesMs / 1000 }
  }

  /** How often one was asked for. */
  get asked(): number {
    return this.issued
  }

  /** Makes every token invalid, as when the app's secret was reset. */
  revoke(): void {
    this.live.clear()
  }

  /** Refuses as the interfaces under `/v1.0` do. */
  check(token: string | undefined): void {
    if (token === undefined || token === '')
      throw new Refusal(
        'AuthenticationFailed.MissingParameter',
        'x-acs-dingtalk-access-token is mandatory for this action.',
      )
    if (!this.isLive(token)) throw new Refusal('InvalidAuthentication', '不合法的access_token')
  }

  /** Refuses as the old interfaces do. */
  checkOld(token: string | null): void {
    if (token === null || !this.isLive(token)) throw new OldRefusal(40014, '不合法的access_token')
  }

  private isLive(token: string): boolean {
    return (this.live.get(token) ?? 0) > this.world.now()
  }
}
