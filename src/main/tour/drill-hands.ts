import type { Hand } from './alert-story.ts'
import type { DingTalkGround } from './dingtalk-story.ts'
import type { Ground } from './ground.ts'
import { dingtalkHand, slackHand } from './hands.ts'
import { Missed } from './watch.ts'

/** Whoever is on call, in a drill. */
export interface DrillHand extends Hand {
  /** What was said to the team, oldest first. */
  readonly team: () => readonly string[]
  /** Asks how the checkout did. */
  readonly askScore: () => Promise<void>
  /** What she was answered, newest last. */
  readonly answers: () => readonly string[]
}

export function slackDrillHand(ground: Ground): DrillHand {
  const { slack, people, channel, service } = ground
  return {
    ...slackHand(ground),
    team: () => slack.messages(channel).map(({ text, blocks }) => JSON.stringify([text, blocks])),
    async askScore() {
      const { acked, error } = await slack.as(people.approves).command(channel, `/drill score ${service}`)
      if (!acked) throw new Missed(`/drill score was not acknowledged: ${error}`)
    },
    answers: () => slack.ephemeral(people.approves).map(({ text, blocks }) => JSON.stringify([text, blocks])),
  }
}

export function dingtalkDrillHand(ground: DingTalkGround): DrillHand {
  const { dingtalk, staff, group, service } = ground
  const person = dingtalk.as(staff.approves)
  return {
    ...dingtalkHand(ground),
    team: () =>
      dingtalk
        .conversations()
        .filter(({ id }) => id === group)
        .flatMap(({ messages }) =>
          messages.map(({ content }) => JSON.stringify(content.kind === 'card' ? person.view(content.card) : content)),
        ),
    async askScore() {
      const said = person.say(group, `@Astern 演练 评分 ${service}`)
      if (!said.ok) throw new Missed(`the message was not taken: ${said.problem}`)
    },
    answers: () => dingtalk.cards().map(({ id }) => JSON.stringify(person.view(id) ?? '')),
  }
}
