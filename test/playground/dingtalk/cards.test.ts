import { describe, expect, test } from 'vitest'
import { api, callable, cardBody, group, quiet, stream, template } from './kit.ts'

const update = (change: object): object => ({ outTrackId: 'card-1', ...change })
const deliveries = (body: Record<string, unknown>): unknown =>
  (body.result as { deliverResults: unknown }).deliverResults

describe('a card', () => {
  test('is put into a group and drawn for each person', async () => {
    const { workspace, caller } = await callable()
    const privateData = { tom: { cardParamMap: { mine: 'true' } } }
    const { status, body } = await caller.call(api.create, cardBody({ privateData }))
    expect(status).toBe(200)
    expect(body).toMatchObject({ success: true, result: { outTrackId: 'card-1' } })
    expect(deliveries(body)).toMatchObject([
      { spaceType: 'IM_GROUP', spaceId: group, success: true, carrierId: expect.any(String) },
    ])
    expect(workspace.messages(group)).toMatchObject([{ content: { kind: 'card', card: 'card-1' } }])
    const view = workspace.as('mei').view('card-1')
    expect(view).toMatchObject({
      title: 'R-42',
      tag: '',
      blocks: [
        { kind: 'markdown', text: '**等待审批**' },
        { kind: 'divider' },
        {
          kind: 'input',
          input: { id: 'reason', title: '驳回原因', placeholder: '原因', value: '', isDisabled: false },
        },
        { kind: 'buttons' },
      ],
    })
    expect(labels(view)).toEqual(['同意：R-42', '驳回', '看板'])
    expect(labels(workspace.as('tom').view('card-1'))).toEqual(['同意：R-42', '驳回', '已处理', '看板'])
  })

  test('goes to a person alone', async () => {
    const { workspace, caller } = await callable()
    const direct = {
      openSpaceId: 'dtv1.card//IM_ROBOT.tom',
      imRobotOpenSpaceModel: { supportForward: false },
      imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT' },
    }
    const { body } = await caller.call(api.create, cardBody(direct))
    expect(deliveries(body)).toMatchObject([{ spaceType: 'IM_ROBOT', spaceId: 'tom', success: true }])
    expect(workspace.directMessages('tom')).toMatchObject([{ content: { kind: 'card', card: 'card-1' } }])
  })

  test.each([
    ['cidX', 'spaceId is illegal'],
    [quiet, 'chatbot not exist'],
  ])('is made and not delivered to %s', async (id, errorMsg) => {
    const { workspace, caller } = await callable()
    const { status, body } = await caller.call(api.create, cardBody({ openSpaceId: `dtv1.card//IM_GROUP.${id}` }))
    expect(status).toBe(200)
    expect(deliveries(body)).toMatchObject([{ success: false, errorMsg }])
    expect(workspace.card('card-1')?.places).toEqual([])
  })

  test.each([
    ['an id that was used', cardBody({ outTrackId: 'used' }), 'param.cardAlreadyExist'],
    ['an empty id', cardBody({ outTrackId: '' }), 'param.outTrackIdEmpty'],
    ['an unknown template', cardBody({ cardTemplateId: 'x.schema' }), 'param.templateNotExist'],
    ['no data', cardBody({ cardData: {} }), 'param.cardPublicDataEmpty'],
    ['a space of another form', cardBody({ openSpaceId: `IM_GROUP.${group}` }), 'param.openSpaceIdInvalid'],
    ['no space model', cardBody({ imGroupOpenSpaceModel: undefined }), 'param.openSpaceModelInvalid'],
    ['no deliver model', cardBody({ imGroupOpenDeliverModel: undefined }), 'param.openDeliverModelEmpty'],
    ['a number', cardBody({ cardData: { cardParamMap: { title: 42 } } }), 'param.invalid'],
    ['a long value', cardBody({ cardData: { cardParamMap: { title: '长'.repeat(342) } } }), 'param.invalid'],
    ['a long key', cardBody({ cardData: { cardParamMap: { ['k'.repeat(101)]: 'x' } } }), 'param.invalid'],
    ['private data of nobody', cardBody({ privateData: { nobody: { cardParamMap: {} } } }), 'param.userIdNotExist'],
    [
      'a misspelt model',
      cardBody({ imGroupOpenDeliverModel: { robotCode: 'dingrobot', atUsers: {} } }),
      'UnknownParameter',
    ],
  ])('is refused for %s', async (_what, body, code) => {
    const { workspace, caller } = await callable()
    await caller.call(api.create, cardBody({ outTrackId: 'used' }))
    expect(await caller.call(api.create, body)).toMatchObject({ status: 400, body: { code } })
    expect(workspace.cards().map(({ id }) => id)).toEqual(['used'])
  })

  test('keeps values of exactly 1 KB', async () => {
    const { caller } = await callable()
    const title = `${'长'.repeat(341)}x`
    expect((await caller.call(api.create, cardBody({ cardData: { cardParamMap: { title } } }))).status).toBe(200)
  })

  test('is overwritten by an update, unless it is by key', async () => {
    const { workspace, caller } = await callable()
    await caller.call(api.create, cardBody({ privateData: { tom: { cardParamMap: { mine: 'true' } } } }))
    const byKey = { updateCardDataByKey: true, updatePrivateDataByKey: true }
    const cardData = { cardParamMap: { tag: '执行中' } }
    expect((await caller.call(api.update, update({ cardData, cardUpdateOptions: byKey }))).body).toEqual({
      success: true,
      result: true,
    })
    expect(workspace.as('mei').view('card-1')).toMatchObject({ title: 'R-42', tag: '执行中' })
    await caller.call(api.update, update({ privateData: { tom: { cardParamMap: {} } } }))
    expect(labels(workspace.as('tom').view('card-1'))).not.toContain('已处理')
    await caller.call(api.update, update({ cardData }))
    expect(workspace.as('mei').view('card-1')).toMatchObject({ title: '', tag: '执行中' })
    expect(workspace.card('card-1')?.revision).toBe(4)
  })

  test.each([
    ['an unknown card', { outTrackId: 'x', cardData: { cardParamMap: {} } }, 'param.cardNotExist'],
    ['nothing to update', update({}), 'param.cardDataAndPrivateDataBothEmpty'],
    ['no id', { outTrackId: '', cardData: {} }, 'param.outTrackIdEmpty'],
    ['nobody', update({ privateData: { x: {} } }), 'param.userIdNotExist'],
  ])('is not updated for %s', async (_what, body, code) => {
    const { caller } = await callable()
    await caller.call(api.create, cardBody())
    expect(await caller.call(api.update, body)).toMatchObject({ status: 400, body: { code } })
  })

  test('counts updates while a click waits for its answer', async () => {
    const { workspace, caller } = await callable()
    const { next, reply } = await stream(workspace)
    await caller.call(api.create, cardBody())
    const pressed = workspace.as('mei').press('card-1', 'approve')
    const push = await next('/v1.0/card/instances/callback')
    await caller.call(api.update, update({ cardData: { cardParamMap: { tag: 'x' } } }))
    reply(push, { response: null })
    await pressed
    expect(workspace.card('card-1')?.updatesDuringClicks).toBe(1)
  })
})

test('templates that are none are refused when the organisation starts', async () => {
  await expect(callable({ cardTemplates: [{ id: template, exported: '{}' }] })).rejects.toThrow(/no export/)
})

function labels(
  view: ReturnType<Awaited<ReturnType<typeof callable>>['workspace']['as']>['view'] extends (card: string) => infer View
    ? View
    : never,
): string[] {
  return (view?.blocks ?? []).flatMap((block) =>
    block.kind === 'buttons' ? block.buttons.map(({ label }) => label) : [],
  )
}
