import type { AdapterRegistry } from '../ports/adapter.ts'
import { alertmanager } from './alert-source/alertmanager/index.ts'
import { dingtalkRobot } from './alert-source/dingtalk-robot/index.ts'
import { grafana } from './alert-source/grafana/index.ts'
import { jsonWebhook } from './alert-source/json/index.ts'
import { sentry } from './alert-source/sentry/index.ts'
import { dingtalk } from './chat/dingtalk/index.ts'
import { slack } from './chat/slack/index.ts'
import { http } from './check/http/index.ts'
import { metric } from './check/metric/index.ts'
import { tcp } from './check/tcp/index.ts'
import { prometheus } from './monitor/prometheus/index.ts'
import { ical } from './oncall-source/ical/index.ts'
import { dingtalkPager } from './pager/dingtalk/index.ts'
import { pagerduty } from './pager/pagerduty/index.ts'
import { webhook } from './pager/webhook/index.ts'
import { oci } from './registry/oci/index.ts'
import { kubernetes } from './target/kubernetes/index.ts'

/** Every adapter a configuration may name: one line each. */
export const adapters: AdapterRegistry = {
  targets: [kubernetes],
  chats: [slack, dingtalk],
  checks: [http, tcp, metric],
  monitors: [prometheus],
  pagers: [pagerduty, webhook, dingtalkPager],
  oncallSources: [ical],
  alertSources: [alertmanager, grafana, sentry, jsonWebhook, dingtalkRobot],
  registry: oci,
}
