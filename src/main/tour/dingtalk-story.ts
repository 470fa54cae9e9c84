import type { Card, CardView, Workspace } from '../../playground/dingtalk/index.ts'
import type { Ground } from './ground.ts'
import { tourTexts } from './texts.ts'
import { Missed, type Watch } from './watch.ts'
import { areBack } from './workload.ts'

/** What the story needs of DingTalk beside a ground. */
export interface DingTalkGround extends Ground {
  readonly dingtalk: Workspace
  readonly group: string
  /** userIds. */
  readonly staff: { readonly asks: string; readonly approves: string }
}

/** An organisation has 10,000 a month for all its applications. */
const mostCalls = 10

/** The same story as in Slack, played in a DingTalk group: asked for in Chinese, approved by another. Milliseconds from the message to restored. */
export async function tellInDingTalk(ground: DingTalkGround, watch: Watch, language: 'en' | 'zh-CN'): Promise<number> {
  const { dingtalk, staff, service, group } = ground
  const text = tourTexts(language)
  const asks = dingtalk.as(staff.asks)
  const approves = dingtalk.as(staff.approves)
  const press = async (card: string, button: string, inputs: Record<string, string> = {}, by = asks) => {
    const outcome = await by.press(card, button, inputs)
    if (!outcome.ok) throw new Missed(`${button}: ${outcome.problem} ${outcome.detail ?? ''}`)
  }
  const before = await ground.workloads()
  await watch.for(text.connected, () => dingtalk.connections > 0)
  const bad = await ground.shipBad()
  watch.say(text.shipped(bad, before.map(({ region }) => region).join(', ')))

  const startedMs = watch.elapsedMs
  const said = asks.say(group, language === 'en' ? `@Astern /rollback ${service}` : `@Astern 回滚 ${service}`)
  if (!said.ok) throw new Missed(`the message was not taken: ${said.problem}`)
  const candidates = await watch.for(text.candidates, () => cardOf(dingtalk, staff.asks, bad, 'rollback.choose'))
  await press(candidates.id, 'rollback.choose')
  await watch.for(text.form, () =>
    viewOf(dingtalk, staff.asks, candidates.id)?.blocks.some(({ kind }) => kind === 'form'),
  )
  await press(candidates.id, 'form', { reason: text.reason })

  const live = await watch.for(text.waiting, () =>
    dingtalk.cards().find(({ data }) => Object.values(data).includes('rollback.approve')),
  )
  await watch.for(text.group, () => dingtalk.conversations().find(({ title }) => title.startsWith('inc-')))
  await press(live.id, 'rollback.approve')
  await watch.for(text.notHer, () => live.privateData.has(staff.asks))
  await press(live.id, 'rollback.approve', {}, approves)
  watch.say(text.approved)
  await watch.for(text.back, async () => areBack(before, await ground.workloads()), 240_000)
  await watch.for(text.restored, () => saysOf(viewOf(dingtalk, staff.asks, live.id)).includes('✅'), 120_000)
  const tookMs = watch.elapsedMs - startedMs
  await watch.for(text.postMortem, () =>
    dingtalk.conversations().some(({ messages }) => messages.some(({ content }) => content.kind === 'media')),
  )
  const { calls } = dingtalk.usage()
  watch.say(text.calls(calls))
  if (calls > mostCalls) throw new Missed(`${calls} calls are more than ${mostCalls}`)
  return tookMs
}

const viewOf = (dingtalk: Workspace, staff: string, card: string): CardView | undefined => dingtalk.as(staff).view(card)

const saysOf = (view: CardView | undefined): string => JSON.stringify(view ?? '')

/** The newest card on which she sees these. */
const cardOf = (dingtalk: Workspace, staff: string, ...texts: readonly string[]): Card | undefined =>
  dingtalk.cards().findLast(({ id }) => {
    const says = saysOf(viewOf(dingtalk, staff, id))
    return texts.every((one) => says.includes(one))
  })
