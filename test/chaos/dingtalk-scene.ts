import { privateCards } from '../../src/adapters/chat/dingtalk/deliveries.ts'
import type { Recorded } from '../../src/core/event.ts'
import type { Card, Workspace } from '../../src/playground/dingtalk/index.ts'
import { cardWords } from '../kit/dingtalk/stage.ts'
import { clientSecret, groupTemplate, setup, startDingTalk, team } from '../kit/dingtalk/workspace.ts'
import type { StageConfig } from '../kit/stage-config.ts'

/** The second chat of a scene: an organisation that outlives the bot. */
export interface DingTalkScene {
  readonly workspace: Workspace
  readonly config: NonNullable<StageConfig['dingtalk']>
  readonly secrets: Readonly<Record<string, string>>
  /** The newest card on which this person can press this. */
  cardWith(who: string, action: string): string | undefined
  /** The rollback's card, from when it stands. */
  live(): Card | undefined
  /** All that only she sees. */
  ownWords(who: string): string
  close(): Promise<void>
}

/** A card for one person is drawn for nobody else. */
const isFor =
  (who: string) =>
  ({ onlyFor }: Card['places'][number]): boolean =>
    onlyFor?.includes(who) ?? true

const names = ['mei', 'tom', 'ana', 'kai', 'lin'] as const

export async function dingtalkScene(): Promise<DingTalkScene> {
  const workspace = await startDingTalk(
    setup({
      people: names.map((name) => ({ userId: `${name}01`, name })),
      groups: [{ conversationId: team, title: '支付值班群', members: names.map((name) => `${name}01`) }],
    }),
  )
  const isLive = ({ id, data }: Card) => !id.startsWith(privateCards) && (data.b1_action ?? '').startsWith('rollback.')
  return {
    workspace,
    config: { url: workspace.url, sceneGroup: groupTemplate },
    secrets: { DINGTALK_SECRET: clientSecret },
    cardWith: (who, action) =>
      workspace
        .cards()
        .findLast(({ id, places }) => places.some(isFor(who)) && actionsOf(workspace, who, id).includes(action))?.id,
    live: () => workspace.cards().find((card) => isLive(card) && workspace.conversations().some(holds(card.id))),
    ownWords: (who) =>
      workspace
        .cards()
        .filter(({ id, privateData }) => id.startsWith(privateCards) || privateData.has(who))
        .map(({ id }) => cardWords(workspace, who, id))
        .join('\n'),
    close: () => workspace.close(),
  }
}

function actionsOf(workspace: Workspace, who: string, card: string): readonly string[] {
  const blocks = workspace.as(who).view(card)?.blocks ?? []
  return blocks.flatMap((block) => {
    if (block.kind === 'form') return ['form']
    if (block.kind !== 'buttons') return []
    return block.buttons.flatMap(({ does }) => ('actionId' in does ? [does.actionId] : []))
  })
}

const incidentGroups = (workspace: Workspace) =>
  workspace.conversations().filter(({ title }) => title.startsWith('inc-1-'))

const cardsIn = ({ messages }: ReturnType<typeof incidentGroups>[number]): readonly string[] =>
  messages.flatMap(({ content }) => (content.kind === 'card' ? [content.card] : []))

const holds =
  (card: string) =>
  (group: ReturnType<typeof incidentGroups>[number]): boolean =>
    cardsIn(group).includes(card)

/** Everything in DingTalk that is not as it must be when the bot has come to rest. */
export function dingtalkWrong({ workspace }: DingTalkScene, events: readonly Recorded[]): readonly string[] {
  const wrong: string[] = []
  const groups = incidentGroups(workspace)
  if (groups.length !== 1) wrong.push(`${groups.length} groups for one incident`)
  const own = groups.flatMap(cardsIn).filter((id) => !id.startsWith(privateCards))
  const told = workspace.messages(team).flatMap(({ content }) => (content.kind === 'card' ? [content.card] : []))
  const lines = told.filter((id) => !id.startsWith(privateCards))
  for (const id of [...own, ...told])
    if ([...own, ...told].filter((one) => one === id).length > 1) wrong.push(`the card ${id} stands twice`)
  const says = (words: string) => (id: string) => cardWords(workspace, 'ana01', id).includes(words)
  const ended = own.filter(says('✅'))
  if (ended.length !== 1) wrong.push(`${ended.length} cards of ${own.length} in DingTalk tell the end`)
  if (own.length !== 1) wrong.push(`${own.length} cards in the incident's group, not one`)
  if (lines.length !== 1 || !lines.every(says('✅')))
    wrong.push(`${lines.length} lines in the team's group, or not the end`)
  const moments = cardWords(workspace, 'ana01', ended[0] ?? '')
  for (const moment of ['eu-1：已稳定在', 'us-1：已稳定在'])
    if (moments.split(moment).length !== 2) wrong.push(`the card says ${moments.split(moment).length - 1} × ${moment}`)
  // A file cannot be looked for: after a crash it may come once more.
  const files = groups.flatMap(({ messages }) => messages).filter(({ content }) => content.kind === 'media').length
  if (files < 1 || files > 2) wrong.push(`${files} files`)
  const asked = events.filter(
    ({ event }) => event.type === 'delivery.received' && event.data.deed.kind === 'command',
  ).length
  const answers = told.length - lines.length
  if (answers > asked + 1) wrong.push(`${answers} answers to ${asked} commands`)
  return wrong
}
