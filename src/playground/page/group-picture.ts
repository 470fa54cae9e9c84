import type { CardView, Change, Conversation, Message, Workspace } from '../dingtalk/index.ts'
import { people } from '../people.ts'

/** What the page draws of DingTalk. What only one person sees carries her userId. */
export type GroupPart =
  | { readonly part: 'group'; readonly id: string; readonly is: object }
  | { readonly part: 'group-message'; readonly group: string; readonly id: string; readonly is: object }
  | { readonly part: 'card'; readonly id: string; readonly is: Readonly<Record<string, CardView>> }
  | { readonly part: 'dings'; readonly is: readonly object[] }
  | { readonly part: 'streams'; readonly is: number }

/** Everything there is now in DingTalk. */
export const allGroups = (dingtalk: Workspace): GroupPart[] => [
  ...dingtalk
    .conversations()
    .flatMap((one) => [groupPart(one), ...one.messages.map((message) => groupMessage(one.id, message))]),
  ...dingtalk.cards().map(({ id }) => cardPart(dingtalk, id)),
  dingsPart(dingtalk),
  streamsPart(dingtalk),
]

/** What one change makes new, with a key that later ones of the same kind share. */
export function groupChange(dingtalk: Workspace, change: Change): [string, () => GroupPart[]] | undefined {
  switch (change.kind) {
    case 'message':
    case 'message_recalled':
      return [`gm ${change.message}`, () => oneMessage(dingtalk, change.conversation, change.message)]
    case 'conversation':
      return [`g ${change.conversation}`, () => [groupPart(dingtalk.conversation(change.conversation))]]
    case 'card':
      return [`gc ${change.card}`, () => [cardPart(dingtalk, change.card)]]
    case 'ding':
      return ['gd', () => [dingsPart(dingtalk)]]
    case 'connection':
      return ['gs', () => [streamsPart(dingtalk)]]
    case 'person':
    case 'call':
      return undefined
  }
}

function oneMessage(dingtalk: Workspace, group: string, id: string): GroupPart[] {
  const message = dingtalk.messages(group).find((one) => one.id === id)
  if (!message) return []
  const card = message.content.kind === 'card' ? [cardPart(dingtalk, message.content.card)] : []
  return [groupMessage(group, message), ...card]
}

const groupPart = ({ id, kind, title, members, isDisbanded }: Conversation): GroupPart => ({
  part: 'group',
  id,
  is: { id, kind, title, members: [...members], isDisbanded },
})

const groupMessage = (group: string, { id, at, by, content, mentions, onlyFor, isRecalled }: Message): GroupPart => ({
  part: 'group-message',
  group,
  id,
  is: { id, at, by, content, mentions, onlyFor: onlyFor ?? null, isRecalled },
})

function cardPart(dingtalk: Workspace, id: string): GroupPart {
  const views = people.flatMap(({ key, guest }) => {
    const view = guest ? undefined : dingtalk.as(key).view(id)
    return view ? [[key, { ...view, failed: dingtalk.card(id)?.failure?.userId === key }] as const] : []
  })
  return { part: 'card', id, is: Object.fromEntries(views) }
}

const dingsPart = (dingtalk: Workspace): GroupPart => ({
  part: 'dings',
  is: dingtalk.dings().map(({ id, at, by, to, content, isRecalled }) => ({ id, at, by, to, content, isRecalled })),
})

const streamsPart = (dingtalk: Workspace): GroupPart => ({ part: 'streams', is: dingtalk.connections })
