import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { sign } from '../../../../src/playground/slack/index.ts'
import { call, general, later, mei, until, workspace } from '../kit.ts'

interface Got {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A request URL that answers as the test says. */
async function requestUrl(
  answer: (got: Got) => { status?: number; body?: string; headers?: Record<string, string> } | 'silence',
) {
  const got: Got[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const one = { headers: request.headers, body }
    got.push(one)
    const reply = answer(one)
    if (reply === 'silence') return
    response.writeHead(reply.status ?? 200, reply.headers).end(reply.body ?? '')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  later(async () => {
    server.closeAllConnections()
    server.close()
  })
  return { got, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events` }
}

const challenged = ({ body }: Got): { body: string } => {
  const json = body.startsWith('{') ? (JSON.parse(body) as { challenge?: string }) : {}
  return { body: json.challenge ?? '' }
}

describe('HTTP deliveries', () => {
  it('signs as Slack documents it', () => {
    const body =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c'
    const signature = 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503'
    expect(sign('8f742231b10e8888abcd99yyyzzz85a5', '1531420618', body)).toBe(signature)
  })

  it('verifies the request URL and sends each kind in its own encoding', async () => {
    const slack = await workspace()
    const { got, url } = await requestUrl(challenged)
    expect(await slack.setRequestUrl(url)).toBe(true)
    expect(JSON.parse(got[0]?.body ?? '')).toMatchObject({ type: 'url_verification', challenge: expect.any(String) })

    await slack.as(mei).command(general, '/rollback a&b <c>')
    expect(got[1]?.headers['content-type']).toBe('application/x-www-form-urlencoded')
    expect(Object.fromEntries(new URLSearchParams(got[1]?.body))).toMatchObject({
      ...{ command: '/rollback', text: 'a&b <c>', user_id: mei, user_name: 'mei', channel_id: general },
      ...{ channel_name: 'general', team_id: 'T0LOCAL001', is_enterprise_install: 'false', api_app_id: 'A0APP00001' },
      ...{ response_url: expect.stringContaining('/actions/'), trigger_id: expect.stringMatching(/^\d+\.\d+\.\w+$/) },
    })

    const { ts = '' } = await slack.as(mei).say(general, 'x')
    await until(() => got.length === 3)
    expect(got[2]?.headers['content-type']).toBe('application/json')
    expect(JSON.parse(got[2]?.body ?? '')).toMatchObject({ type: 'event_callback', event: { type: 'message', ts } })

    const elements = [{ type: 'button', action_id: 'go', value: '1', text: { type: 'plain_text', text: 'Go' } }]
    const card = await call(slack, 'chat.postMessage', {
      channel: general,
      text: 'c',
      blocks: [{ type: 'actions', elements }],
    })
    await slack.as(mei).press(general, card.ts as string, 'go')
    const form = new URLSearchParams(got.at(-1)?.body)
    expect([...form.keys()]).toEqual(['payload'])
    expect(JSON.parse(form.get('payload') ?? '')).toMatchObject({
      ...{ type: 'block_actions', channel: { id: general, name: 'general' }, message: { ts: card.ts, text: 'c' } },
      ...{
        user: { id: mei, username: 'mei', team_id: 'T0LOCAL001' },
        container: { type: 'message', is_ephemeral: false },
      },
      actions: [{ action_id: 'go', value: '1', type: 'button', action_ts: expect.any(String) }],
    })
    for (const { headers, body } of got) {
      const timestamp = String(headers['x-slack-request-timestamp'])
      expect(headers['x-slack-signature']).toBe(sign('shhh', timestamp, body))
    }
  })

  it('repeats events with number and reason until told not to', async () => {
    const slack = await workspace({ ackTimeoutMs: 200, eventRetryMs: [0, 10, 10] })
    let calls = 0
    const { got, url } = await requestUrl((one) => {
      if (one.body.includes('url_verification')) return challenged(one)
      calls++
      if (calls === 1) return { status: 500 }
      if (calls === 2) return 'silence'
      return { status: 500, headers: { 'x-slack-no-retry': '1' } }
    })
    await slack.setRequestUrl(url)
    await slack.as(mei).say(general, 'x')
    await until(() => slack.eventLog()[0]?.receipts.length === 3)
    const retries = got.slice(1).map(({ headers }) => [headers['x-slack-retry-num'], headers['x-slack-retry-reason']])
    expect(retries).toEqual([
      [undefined, undefined],
      ['1', 'http_error'],
      ['2', 'http_timeout'],
    ])
    expect(slack.eventLog()[0]?.receipts.map((receipt) => receipt.error)).toEqual([
      ...['http_service_error', 'operation_timeout', 'http_service_error'],
    ])
  })

  it('shows people what went wrong', async () => {
    const slack = await workspace({ ackTimeoutMs: 200 })
    const { url } = await requestUrl((one) =>
      one.body.includes('boom') ? { status: 500 } : one.body.includes('hang') ? 'silence' : challenged(one),
    )
    await slack.setRequestUrl(url)
    expect(await slack.as(mei).command(general, '/rollback boom')).toMatchObject({
      error: 'http_service_error',
      detail: '/rollback failed with the error "http_service_error"',
    })
    expect(await slack.as(mei).command(general, '/rollback hang')).toMatchObject({ error: 'operation_timeout' })
    expect(await slack.as(mei).command(general, '/rollback ok')).toMatchObject({ acked: true, ephemeral: [] })
  })
})
