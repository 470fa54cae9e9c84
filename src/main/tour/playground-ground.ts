import type { V1Deployment } from '@kubernetes/client-node'
import { paymentChannel } from '../../playground/chat.ts'
import { paymentGroup } from '../../playground/organisation.ts'
import { usersOf } from '../../playground/people.ts'
import { namespace, regions } from '../../playground/shop/catalogue.ts'
import { type Playground, startPlayground } from '../../playground/world.ts'
import type { DingTalkGround } from './dingtalk-story.ts'
import type { DrillGround } from './drill-story.ts'
import { workloadOf } from './workload.ts'

/** The playground's own shop and clusters. */
export async function playgroundGround(options: {
  readonly seed: number
  readonly speed: number
  /** Unix milliseconds. */
  readonly now: () => number
}): Promise<DingTalkGround & DrillGround & Pick<Playground, 'alertsTo'>> {
  const { slack, dingtalk, config, env, clusters, shop, phones, alertsTo, close } = await startPlayground(options)
  const service = 'checkout-svc'
  const [asks = '', approves = ''] = usersOf('mei', 'tom')
  return {
    slack,
    config,
    env,
    service,
    channel: paymentChannel,
    people: { asks, approves },
    dingtalk,
    group: paymentGroup,
    staff: { asks: 'mei', approves: 'tom' },
    limits: [],
    alertsTo,
    pages: () => phones.pages().map(({ title }) => title),
    shipBad: async () => (await shop.release(service, 'errors', { by: 'Lin', run: 482 })).version,
    workloads: async () =>
      regions.map((region) => {
        const deployment = clusters[region].get('deployments', namespace, service)
        return workloadOf(region, deployment as unknown as V1Deployment)
      }),
    close,
  }
}
