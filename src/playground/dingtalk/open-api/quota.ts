import { OldRefusal, Refusal } from '../store/wire.ts'
import type { World } from '../store/world.ts'

const callsASecond = 20
const monthlyCalls = 10_000

/**
 * Counts calls as https://open.dingtalk.com/document/development/how-to-process-api-throttling-on-the-dingtalk-server
 * describes: 20 a second for each app and interface, and so many a calendar month for the organisation. Calls refused for
 * their rate are not counted; tokens, the gateway and the address book never are.
 */
export class Quota {
  private readonly world: World
  private readonly seconds = new Map<string, { readonly second: number; count: number }>()
  private month = ''
  private count = 0

  constructor(world: World) {
    this.world = world
  }

  /** Calls of this month that counted. */
  get used(): number {
    return this.month === this.thisMonth() ? this.count : 0
  }

  /** Pretends that so many calls were made this month. */
  use(calls: number): void {
    this.begin()
    this.count += calls
  }

  /** Counts one call. Refuses when there are too many. */
  take(api: string, isFree: boolean): void {
    if (this.world.setup.limits === 'off') return void (isFree || this.use(1))
    const second = Math.floor(this.world.now() / 1000)
    const window = this.seconds.get(api)
    const inSecond = window?.second === second ? window.count : 0
    if (inSecond >= callsASecond) throw tooFast(api)
    this.seconds.set(api, { second, count: inSecond + 1 })
    if (isFree) return
    this.begin()
    if (this.count >= (this.world.setup.monthlyCalls ?? monthlyCalls)) throw usedUp(api)
    this.count++
  }

  private begin(): void {
    const month = this.thisMonth()
    if (this.month === month) return
    this.month = month
    this.count = 0
  }

  private thisMonth(): string {
    const now = Temporal.Instant.fromEpochMilliseconds(this.world.now())
    return now.toZonedDateTimeISO('Asia/Shanghai').toPlainDate().toPlainYearMonth().toString()
  }
}

/** The refusal of a call that came too fast, in the way of its interface. */
export function tooFast(api: string): Refusal | OldRefusal {
  if (!api.startsWith('/v1.0/'))
    return new OldRefusal(90018, '您的服务器调用钉钉开放平台当前接口的所有请求都被暂时禁用了')
  return new Refusal(
    'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi',
    '您的应用调用该接口的QPS超过限制，请1秒后重试',
    403,
  )
}

function usedUp(api: string): Refusal | OldRefusal {
  if (!api.startsWith('/v1.0/')) return new OldRefusal(90020, '企业当月API调用量已用完')
  return new Refusal('Forbidden.AccessDenied.ApiCountLimitForOrg', '企业当月API调用量已用完', 403)
}
