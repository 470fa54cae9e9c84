import { type CardTemplate, readTemplate } from '../cards/template.ts'
import type { DingTalkSetup, PersonSetup, WebhookSetup } from '../setup.ts'
import { ChangeFeed } from './changes.ts'
import { Ids } from './ids.ts'

/** What a message says, in the forms DingTalk has for it. */
export type Content =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'markdown'; readonly title: string; readonly text: string }
  | { readonly kind: 'links'; readonly title: string; readonly text: string; readonly links: readonly Link[] }
  | { readonly kind: 'image'; readonly image: string }
  | { readonly kind: 'media'; readonly mediaId: string; readonly name: string }
  | { readonly kind: 'card'; readonly card: string }

/** A button that opens an address and tells nobody who pressed it. */
export interface Link {
  readonly title: string
  readonly url: string
}

/** Who wrote a message. */
export type Author =
  | { readonly kind: 'person'; readonly userId: string }
  | { readonly kind: 'robot' }
  | { readonly kind: 'webhook'; readonly name: string }

/** One message of a conversation. */
export interface Message {
  readonly id: string
  /** Epoch milliseconds. */
  readonly at: number
  readonly by: Author
  readonly content: Content
  /** userIds that were mentioned; `all` is everybody. */
  readonly mentions: readonly string[]
  /** The only ones who see it; absent: everybody in the conversation. */
  readonly onlyFor?: readonly string[]
  /** Under which the robot may recall it. */
  readonly queryKey?: string
  isRecalled: boolean
}

/** A group, or the robot's conversation with one person. */
export interface Conversation {
  readonly id: string
  readonly kind: 'group' | 'direct'
  title: string
  owner?: string
  members: Set<string>
  hasRobot: boolean
  isDisbanded: boolean
  readonly messages: Message[]
}

/** Why a click did nothing, as the card shows it. */
export type ClickFailure = 'no_answer' | 'nobody_listens' | 'bad_answer'

/** A place where a card stands. */
export interface CardPlace {
  readonly conversation: string
  readonly message: string
  /** The only ones who see it there. */
  readonly onlyFor?: readonly string[]
}

/** A card instance with its public and private data. */
export interface Card {
  readonly id: string
  readonly template: CardTemplate
  readonly callback: 'STREAM' | 'HTTP' | 'none'
  readonly userIdType: number
  data: Record<string, string>
  readonly privateData: Map<string, Record<string, string>>
  /** Where it was put: conversations by id. */
  readonly places: CardPlace[]
  readonly mayForward: boolean
  revision: number
  /** Clicks that are waiting for the app's answer. */
  clicksUnderWay: number
  /** Updates by the interface while a click waited for its answer, which DingTalk asks apps not to do. */
  updatesDuringClicks: number
  failure?: { readonly userId: string; readonly at: number; readonly reason: ClickFailure }
}

/** A DING: a message that rings. */
export interface Ding {
  readonly id: string
  readonly at: number
  readonly by: 'app' | 'sms' | 'phone'
  readonly to: readonly string[]
  readonly content: string
  isRecalled: boolean
}

/** An uploaded file. */
export interface Media {
  readonly id: string
  readonly type: string
  readonly name: string
  readonly bytes: Buffer
}

/** All state of the organisation. */
export class World {
  readonly setup: DingTalkSetup
  readonly ids: Ids
  readonly now: () => number
  readonly people = new Map<string, PersonSetup>()
  readonly conversations = new Map<string, Conversation>()
  readonly cards = new Map<string, Card>()
  readonly templates = new Map<string, CardTemplate>()
  readonly dings: Ding[] = []
  readonly media = new Map<string, Media>()
  readonly webhooks = new Map<string, WebhookSetup>()
  /** Conversations by the session of a sessionWebhook. */
  readonly sessions = new Map<string, { readonly conversation: string; readonly expiresAt: number }>()
  /** When custom robots posted lately, and until when they are muted. */
  readonly webhookPace = new Map<string, { readonly posts: readonly number[]; readonly mutedUntil: number }>()
  /** Conversations by the uuid that made them. */
  readonly madeGroups = new Map<string, string>()
  readonly changes = new ChangeFeed()
  /** Permission points the app has now. */
  scopes: Set<string>
  /** Where the server listens, without a slash at its end. */
  origin = ''

  constructor(setup: DingTalkSetup) {
    this.setup = setup
    this.ids = new Ids(setup.seed ?? 1)
    this.now = setup.now ?? Date.now
    this.scopes = new Set(setup.app.scopes)
    for (const person of setup.people) this.people.set(person.userId, person)
    for (const webhook of setup.webhooks ?? []) this.webhooks.set(webhook.accessToken, webhook)
    for (const template of setup.cardTemplates ?? []) this.templates.set(template.id, readTemplate(template))
    for (const group of setup.groups) {
      const unknown = group.members.filter((member) => !this.people.has(member))
      if (unknown.length > 0) throw new RangeError(`${group.title} has members nobody knows: ${unknown.join(', ')}`)
      this.conversations.set(group.conversationId, {
        id: group.conversationId,
        kind: 'group',
        title: group.title,
        members: new Set(group.members),
        hasRobot: group.hasRobot ?? true,
        isDisbanded: false,
        messages: [],
      })
    }
  }

  get corpId(): string {
    return this.setup.corp.corpId
  }
}
