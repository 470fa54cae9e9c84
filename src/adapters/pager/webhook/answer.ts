import { z } from 'zod'
import type { PagerGiven, RouteHandler, RouteResponse } from '../../../ports/adapter.ts'
import type { Heard } from '../../../ports/pager.ts'
import { jsonOf } from '../ask.ts'
import type { WebhookConfig, WebhookContact } from './config.ts'
import { Signatures } from './signature.ts'

/** What the receiver posts back: `by` is a person's name in the configuration, or the address it has of her. */
const answer = z.strictObject({
  id: z.string().min(1).max(200),
  type: z.enum(['acknowledged', 'resolved']),
  key: z.string().min(1).max(255),
  by: z.string().min(1).max(200),
})

const say = (status: number, body: string): RouteResponse => ({ status, body: `${body}\n` })

/** Takes acknowledgements. The same `id` again is the same answer; a request that was taken is not taken a second time. */
export function answerHandler(
  config: WebhookConfig,
  given: PagerGiven<WebhookContact>,
  hear: (heard: Heard) => Promise<void>,
): RouteHandler {
  const signatures = new Signatures(config.secret, given.clock)
  return async ({ headers, body }) => {
    const checked = signatures.check(headers, body)
    if (checked === 'replayed') return say(409, 'This was taken before.')
    if (checked !== 'right') {
      given.log.warn('an acknowledgement was not taken', { pager: given.name, why: checked })
      return say(401, 'This is not signed, or not of this moment.')
    }
    const read = answer.safeParse(jsonOf(Buffer.from(body).toString('utf8')))
    if (!read.success) return say(400, 'This is no answer: id, type, key and by are needed.')
    const { id, type, key, by } = read.data
    const contacts = given.contacts()
    const addressed = [...contacts].find(([, { address }]) => address === by)?.[0]
    const person = addressed ?? (given.knows(by) ? by : null)
    await hear({ id, key, act: type, by: { person, account: by, name: by }, at: given.clock.now().toString() })
    signatures.take(headers['astern-signature'] ?? '')
    return say(202, 'Taken.')
  }
}
