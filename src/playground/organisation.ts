import { readFileSync } from 'node:fs'
import { allScopes, startDingTalk, type Workspace } from './dingtalk/index.ts'
import { people } from './people.ts'

export const organisation = 'dingshop0001'
export const dingtalkApp = 'dingastern00001'
export const cardTemplate = 'astern-playground.schema'
export const groupTemplate = 'astern-incident-group'

export const paymentGroup = 'cidPAYMENT0000000001=='
export const webGroup = 'cidWEBTEAM0000000001=='

/** The same people as in Slack: a person's key is her userId here. A guest of the workspace is not of this organisation. */
const staff = people.filter(({ guest }) => !guest)

/** Opens the company's DingTalk, with the bot's app in it and the card template that the bot ships imported. */
export function openOrganisation(of: {
  readonly seed: number
  readonly now: () => number
  readonly clientSecret: string
}): Promise<Workspace> {
  const exported = readFileSync(new URL('../../deploy/dingtalk/card.json', import.meta.url), 'utf8')
  return startDingTalk({
    corp: { corpId: organisation, name: 'Shop' },
    app: {
      clientId: dingtalkApp,
      clientSecret: of.clientSecret,
      robotCode: dingtalkApp,
      robotName: 'Astern',
      scopes: allScopes,
    },
    people: staff.map(({ key, name }) => ({ userId: key, name })),
    groups: [
      { conversationId: paymentGroup, title: '支付值班群', members: staff.map(({ key }) => key) },
      { conversationId: webGroup, title: '前端群', members: ['lin', 'mei', 'ana'] },
    ],
    cardTemplates: [{ id: cardTemplate, exported }],
    groupTemplates: [groupTemplate],
    seed: of.seed,
    now: of.now,
  })
}
