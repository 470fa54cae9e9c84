import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { dingtalkRobot } from '../../../src/adapters/alert-source/dingtalk-robot/index.ts'
import { clock, one, open, refusal, request } from './kit.ts'

const markdown = (title: string, text: string) => ({ msgtype: 'markdown', markdown: { title, text } })
const token = { access_token: 'hunter2' }

describe('what posts to a DingTalk custom robot', () => {
  const source = open(dingtalkRobot, {
    accessToken: { env: 'T' },
    labels: { service: 'service[:：]\\s*(\\S+)', region: 'region[:：]\\s*(\\S+)' },
  })

  it('is read, with its labels found in the words, and answered as DingTalk answers', () => {
    const intake = source.read(
      request(markdown('[FIRING:1] 5xx 过高', '### 5xx 过高\nservice: checkout-svc\nregion：eu-1'), {}, token),
    )
    expect(one(intake)).toMatchObject({
      fingerprint: '5xx 过高',
      status: 'firing',
      labels: { service: 'checkout-svc', region: 'eu-1' },
    })
    expect('reply' in intake && JSON.parse(intake.reply)).toEqual({ errcode: 0, errmsg: 'ok' })
  })

  it.each(['[RESOLVED] 5xx 过高', '【恢复】5xx 过高'])('ends the same alert: %s', (title) => {
    expect(one(source.read(request(markdown(title, '现在正常'), {}, token)))).toMatchObject({
      fingerprint: '5xx 过高',
      status: 'resolved',
    })
  })

  it.each([
    ['text', { msgtype: 'text', text: { content: '5xx 过高\n详情' } }],
    ['link', { msgtype: 'link', link: { title: '5xx 过高', text: '详情', messageUrl: 'https://grafana.example' } }],
    [
      'card',
      { msgtype: 'actionCard', actionCard: { title: '5xx 过高', text: '详情', singleURL: 'https://grafana.example' } },
    ],
  ])('takes a %s', (_, message) => {
    expect(one(source.read(request(message, {}, token))).fingerprint).toBe('5xx 过高')
  })

  it('knows an alert by its pattern where one is configured', () => {
    const keyed = open(dingtalkRobot, { accessToken: { env: 'T' }, key: 'id=(\\w+)' })
    expect(one(keyed.read(request(markdown('a', 'id=42 down'), {}, token))).fingerprint).toBe('42')
  })

  it('checks the token, and the sign where a secret is set', () => {
    const signed = open(dingtalkRobot, { accessToken: { env: 'T' }, secret: { env: 'S' } })
    const at = (ms: number) => {
      const sign = createHmac('sha256', 'hunter2').update(`${ms}\nhunter2`).digest('base64')
      return refusal(signed.read(request(markdown('a', 'b'), {}, { ...token, timestamp: String(ms), sign })))
    }
    const nowMs = clock.now().epochMilliseconds
    expect([at(nowMs), at(nowMs - 3_600_001), at(nowMs + 3_600_001)]).toEqual([null, 401, 401])
    expect(refusal(signed.read(request(markdown('a', 'b'), {}, token)))).toBe(401)
    expect(refusal(source.read(request(markdown('a', 'b'), {}, { access_token: 'other' })))).toBe(401)
    expect(refusal(source.read(request({ msgtype: 'feedCard' }, {}, token)))).toBe(400)
  })

  it('signs as DingTalk does', () => {
    // From DingTalk's documents: timestamp 1700000000000 with the secret SECtest.
    const sign = createHmac('sha256', 'SECtest').update('1700000000000\nSECtest').digest('base64')
    expect(sign).toBe('aZLLrriXgn05YbwaGR7knYsLeJADjr9NwLaNNKpxh4g=')
  })

  it('refuses a pattern that is none', () => {
    expect(dingtalkRobot.config.safeParse({ accessToken: { env: 'T' }, key: '(' }).success).toBe(false)
  })
})
