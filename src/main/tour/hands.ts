import type { Message } from '../../playground/slack/index.ts'
import type { Hand } from './alert-story.ts'
import type { DingTalkGround } from './dingtalk-story.ts'
import type { Ground } from './ground.ts'
import { Missed } from './watch.ts'

const atOnce = 'rollback.at-once'

function taken({ acked, error }: { readonly acked: boolean; readonly error?: string | undefined }): void {
  if (!acked) throw new Missed(`what was pressed was not taken: ${error}`)
}

/** Whoever approves, in Slack. */
export function slackHand({ slack, people }: Ground): Hand {
  const person = slack.as(people.approves)
  const keyed = (key: string): readonly Message[] =>
    slack
      .channels()
      .flatMap(({ id }) => slack.messages(id))
      .filter(({ metadata }) => JSON.stringify(metadata ?? '').includes(key))
  const words = ({ text, blocks }: Message): string => JSON.stringify([text, blocks])
  /** What only she sees after she asked. */
  const offer = () => slack.ephemeral(people.approves).findLast((message) => words(message).includes(atOnce))
  return {
    connected: () => slack.sockets > 0,
    incidents: () => keyed('/incident:INC-').map(words),
    async goBack() {
      const [card] = keyed('/incident:INC-')
      taken(await person.press(card?.channel ?? '', card?.ts ?? '', 'rollback.choose'))
    },
    asked: () => slack.views(people.approves).length > 0,
    async give(reason) {
      taken(await person.submit(slack.views(people.approves).at(-1)?.id ?? '', { reason }))
    },
    rollback: () => keyed('/card:R-1"').map(words)[0] ?? '',
    mayAct: () => offer() !== undefined,
    async actAtOnce() {
      const note = offer()
      taken(await person.press(note?.channel ?? '', note?.ts ?? '', atOnce))
    },
    postMortem: () => slack.canvases().some(({ title }) => title.includes('INC-1')),
  }
}

/** Whoever approves, in DingTalk. */
export function dingtalkHand({ dingtalk, staff }: DingTalkGround): Hand {
  const person = dingtalk.as(staff.approves)
  const said = (id: string): string => JSON.stringify(person.view(id) ?? '')
  /** Cards of whose first line this is a part. */
  const headed = (part: string): readonly string[] =>
    dingtalk
      .cards()
      .map(({ id }) => id)
      .filter((id) => JSON.stringify(person.view(id)?.blocks[0] ?? '').includes(part))
  const incident = () => headed('🚨 INC-')[0] ?? ''
  /** The other one is a line that leads to it. */
  const live = () => headed('R-1').toSorted((a, b) => said(b).length - said(a).length)[0] ?? ''
  const press = async (card: string, button: string, inputs: Record<string, string> = {}) => {
    const outcome = await person.press(card, button, inputs)
    if (!outcome.ok) throw new Missed(`${button}: ${outcome.problem} ${outcome.detail ?? ''}`)
  }
  return {
    connected: () => dingtalk.connections > 0,
    incidents: () => headed('🚨 INC-').map(said),
    goBack: () => press(incident(), 'rollback.choose'),
    asked: () => person.view(incident())?.blocks.some(({ kind }) => kind === 'form') ?? false,
    give: (reason) => press(incident(), 'form', { reason }),
    rollback: () => (live() === '' ? '' : said(live())),
    mayAct: () => said(live()).includes(atOnce),
    actAtOnce: () => press(live(), atOnce),
    postMortem: () =>
      dingtalk.conversations().some(({ messages }) => messages.some(({ content }) => content.kind === 'media')),
  }
}
