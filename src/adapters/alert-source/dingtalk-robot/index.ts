import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { bounded } from '../../../core/alert/alert.ts'
import { defineAlertSourceAdapter } from '../../../ports/adapter.ts'
import type { AlertRequest } from '../../../ports/alert-source.ts'
import type { Clock } from '../../../ports/clock.ts'
import { isSecret, json } from '../wire.ts'
import { Config } from './config.ts'

const text = z.string().min(1).max(20_000)

/** https://open.dingtalk.com/document/robots/custom-robot-access: the message types that carry words. */
const Message = z.discriminatedUnion('msgtype', [
  z.object({ msgtype: z.literal('text'), text: z.object({ content: text }) }),
  z.object({ msgtype: z.literal('markdown'), markdown: z.object({ title: text, text }) }),
  z.object({ msgtype: z.literal('link'), link: z.object({ title: text, text, messageUrl: z.string().default('') }) }),
  z.object({
    msgtype: z.literal('actionCard'),
    actionCard: z.object({ title: text, text, singleURL: z.string().default('') }),
  }),
])

const accepted = JSON.stringify({ errcode: 0, errmsg: 'ok' })

/** For alerting apps that can post to a DingTalk custom robot and to nothing else. */
export const dingtalkRobot = defineAlertSourceAdapter({
  port: 'alert-source',
  id: 'dingtalk-robot',
  title: 'DingTalk custom robot',
  config: Config,
  open: (config, { clock }) => ({
    read(request) {
      const no = unproven(config, request, clock)
      if (no) return { refused: 401, why: no }
      const message = Message.safeParse(json(request.body))
      if (!message.success) return { refused: 400, why: `no robot message: ${z.prettifyError(message.error)}` }
      const { title, words, link } = wordsOf(message.data)
      const now = clock.now().toString()
      const resolved = config.resolved.test(title) || config.resolved.test(words)
      const labels = Object.entries(config.labels).flatMap(([name, pattern]) => {
        const value = pattern.exec(words)?.[1]
        return value === undefined ? [] : [[name, value] as const]
      })
      const alert = bounded({
        fingerprint: config.key?.exec(words)?.[1] ?? plainTitle(title),
        status: resolved ? 'resolved' : 'firing',
        startsAt: now,
        undated: true,
        endsAt: resolved ? now : null,
        name: title,
        summary: words,
        labels: Object.fromEntries(labels),
        link,
        expression: null,
        release: null,
      })
      return { alerts: [alert], left: 0, reply: accepted }
    },
  }),
})

/** `[FIRING:2] HighErrorRate` and `[RESOLVED] HighErrorRate` are one alert. */
const plainTitle = (title: string): string => title.replaceAll(/[[【][^\]】]*[\]】]/g, '').trim() || title

function wordsOf(message: z.infer<typeof Message>): { title: string; words: string; link: string | null } {
  switch (message.msgtype) {
    case 'text': {
      const { content } = message.text
      return { title: content.trim().split('\n')[0] ?? content, words: content, link: null }
    }
    case 'markdown':
      return { title: message.markdown.title, words: message.markdown.text, link: null }
    case 'link':
      return { title: message.link.title, words: message.link.text, link: message.link.messageUrl }
    case 'actionCard':
      return { title: message.actionCard.title, words: message.actionCard.text, link: message.actionCard.singleURL }
  }
}

const windowMs = 3_600_000

/** `sign` is base64 HMAC-SHA256 of `timestamp\nsecret` under the secret; a timestamp is good for an hour. */
function unproven(config: Config, { query }: AlertRequest, clock: Clock): string | null {
  if (!isSecret(config.accessToken, query.get('access_token') ?? '')) return 'wrong or missing access_token'
  if (!config.secret) return null
  const timestamp = query.get('timestamp') ?? ''
  if (!/^\d{10,16}$/.test(timestamp)) return 'no timestamp'
  if (Math.abs(clock.now().epochMilliseconds - Number(timestamp)) > windowMs) return 'signed too long ago'
  const key = config.secret.reveal()
  const wanted = createHmac('sha256', key).update(`${timestamp}\n${key}`).digest()
  const given = Buffer.from(query.get('sign') ?? '', 'base64')
  return given.length === wanted.length && timingSafeEqual(given, wanted) ? null : 'wrong sign'
}
