import type { Workspace as Organisation } from '../dingtalk/index.ts'
import type { PlaygroundPagerDuty } from '../pagerduty/index.ts'
import type { Shop } from '../shop/shop.ts'
import type { Workspace } from '../slack/index.ts'

/** What the page shows, and what people do things in. */
export interface Company {
  readonly slack: Workspace
  readonly dingtalk: Organisation
  readonly shop: Shop
  readonly phones: PlaygroundPagerDuty
}
