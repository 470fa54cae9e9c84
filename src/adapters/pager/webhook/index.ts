import { Fault } from '../../../core/fault.ts'
import { definePagerAdapter, type PagerGiven } from '../../../ports/adapter.ts'
import type { Finding } from '../../../ports/effector.ts'
import type { Pager } from '../../../ports/pager.ts'
import { wording } from '../../../text/say.ts'
import { ask } from '../ask.ts'
import { answered } from '../faults.ts'
import { answerHandler } from './answer.ts'
import { WebhookConfig, WebhookContact } from './config.ts'
import { signatureOf } from './signature.ts'

/** Any system of one's own that can wake people: signed requests out, signed acknowledgements in. */
export const webhook = definePagerAdapter<WebhookConfig, WebhookContact>({
  port: 'pager',
  id: 'webhook',
  title: 'Webhook',
  can: { repeat: 'keyed' },
  config: WebhookConfig,
  contact: WebhookContact,
  open: (config, given) => webhookPager(config, given),
})

function webhookPager(config: WebhookConfig, given: PagerGiven<WebhookContact>): Pager {
  const { url, secret, timeout } = config

  async function post(idempotencyKey: string, message: object, signal: AbortSignal): Promise<void> {
    const body = JSON.stringify(message)
    const timestamp = String(Math.floor(given.clock.now().epochMilliseconds / 1000))
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'astern',
      'idempotency-key': idempotencyKey,
      'astern-timestamp': timestamp,
      'astern-signature': signatureOf(secret.reveal(), timestamp, body),
    }
    const { response } = await ask(given, { url, init: { method: 'POST', headers, body }, timeoutMs: timeout }, signal)
    // Its body is not told: a receiver of one's own may answer with anything.
    if (!response.ok) throw answered(url, response, '')
  }

  return {
    // Whom it can reach is the receiver's to know; every person has a name.
    reaches: () => true,
    async page(page, signal) {
      const { key, person, service, summary, urgency, link, at } = page
      const to = { person, address: given.contacts().get(person)?.address ?? null }
      await post(key, { type: 'page', key, to, service, summary, urgency, link, at }, signal)
      return { at: given.clock.now().toString(), data: { key, to } }
    },
    // The receiver is not asked: it drops a key that it knows.
    recall: async () => 'unknown',
    async calm(receipt, as, signal) {
      const { key, to } = receipt.data as { key: string; to: unknown }
      await post(`${key}/${as}`, { type: as, key, to }, signal)
    },
    listen: (hear) => given.route('POST', `/pagers/${given.name}`, answerHandler(config, given, hear)),
    async doctor(signal) {
      const comesIn: Finding = {
        code: 'pager.comes-in',
        state: 'unknown',
        wording: wording('pager.comes-in', { path: `/pagers/${given.name}` }),
      }
      try {
        await post('astern/doctor', { type: 'ping' }, signal)
        return [{ code: 'pager.answers', state: 'works', wording: wording('pager.answers', { url }) }, comesIn]
      } catch (cause) {
        if (!(cause instanceof Fault)) throw cause
        return [{ code: cause.code, state: 'missing', wording: cause.hint }, comesIn]
      }
    },
  }
}
