import { DWClient, type DWClientDownStream } from 'dingtalk-stream'
import { expect, test, vi } from 'vitest'
import type { Workspace } from '../../../src/playground/dingtalk/index.ts'
import { api, Caller, callable, cardBody, group } from './kit.ts'

/** DingTalk's own client; only the address it asks for its ticket is ours. */
class LocalClient extends DWClient {
  private readonly workspace: Workspace

  constructor(workspace: Workspace) {
    super({ clientId: 'dingclient', clientSecret: 'shhh' })
    this.workspace = workspace
  }

  override async getEndpoint(): Promise<this> {
    const { clientId, clientSecret, subscriptions } = this.getConfig()
    const { body } = await new Caller(this.workspace).call(api.open, { clientId, clientSecret, subscriptions, ua: '' })
    Object.assign(this, { dw_url: `${String(body.endpoint)}?ticket=${String(body.ticket)}` })
    return this
  }
}

test('DingTalk’s own client is told of messages, events and clicks, and its answers are understood', async () => {
  vi.spyOn(console, 'info').mockReturnValue()
  const { workspace, caller } = await callable({ eventRetryMs: 50 })
  const client = new LocalClient(workspace)
  const said: string[] = []
  const events: unknown[] = []
  client.registerCallbackListener('/v1.0/im/bot/messages/get', (push: DWClientDownStream) => {
    said.push(JSON.parse(push.data).text.content)
    client.socketCallBackResponse(push.headers.messageId, null)
  })
  client.registerCallbackListener('/v1.0/card/instances/callback', (push: DWClientDownStream) => {
    const { actionIds } = JSON.parse(JSON.parse(push.data).content).cardPrivateData
    const response = {
      cardUpdateOptions: { updateCardDataByKey: true },
      cardData: { cardParamMap: { body: `处理中 ${actionIds[0]}` } },
    }
    client.socketCallBackResponse(push.headers.messageId, response)
  })
  client.registerAllEventListener((push) => {
    events.push(push.headers.eventType)
    return { status: events.length === 1 ? 'LATER' : 'SUCCESS' } as ReturnType<
      Parameters<DWClient['registerAllEventListener']>[0]
    >
  })
  await client.connect()
  await vi.waitFor(() => expect(workspace.connections).toBe(1))

  expect(workspace.as('mei').say(group, '@Astern 回滚 checkout-svc')).toMatchObject({ ok: true, isTaken: true })
  await vi.waitFor(() => expect(said).toEqual([' 回滚 checkout-svc']))

  await caller.call(api.create, cardBody())
  expect(await workspace.as('mei').press('card-1', 'approve')).toMatchObject({ ok: true })
  expect(workspace.card('card-1')?.data).toMatchObject({ body: '处理中 approve', title: 'R-42' })

  const event = workspace.publish('user_add_org', { userId: ['new'] })
  await vi.waitFor(() => expect(event).toMatchObject({ pushes: 2, isTaken: true }))
  expect(events).toEqual(['user_add_org', 'user_add_org'])

  workspace.ping()
  expect(await workspace.as('mei').press('card-1', 'approve')).toMatchObject({ ok: true })
  workspace.ping()
  expect(await workspace.as('mei').press('card-1', 'approve')).toMatchObject({ ok: true })
  client.disconnect()
  await vi.waitFor(() => expect(workspace.connections).toBe(0))
})
