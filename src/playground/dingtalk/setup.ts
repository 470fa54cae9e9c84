/** Somebody who can be met in a conversation: staff of the organisation, or an outsider. */
export interface PersonSetup {
  /** The userId (staffId) in their own organisation. */
  readonly userId: string
  readonly name: string
  /** Another organisation's id: an outsider. Absent: ours. */
  readonly corpId?: string
  readonly isAdmin?: boolean
  /** Left the organisation: writes and clicks nothing, and no interface knows them any more. */
  readonly hasLeft?: boolean
  /** Has logged in to DingTalk. Default true. */
  readonly isActive?: boolean
  readonly mobile?: string
}

/** A group conversation that exists when the organisation starts. */
export interface GroupSetup {
  /** `cid…`, the openConversationId. */
  readonly conversationId: string
  readonly title: string
  readonly members: readonly string[]
  /** Whether the app's robot is in it. Default true. */
  readonly hasRobot?: boolean
}

/** A custom robot of a group, to which other systems post by webhook. */
export interface WebhookSetup {
  readonly conversationId: string
  readonly accessToken: string
  readonly name: string
  /** Given: posts must be signed. */
  readonly secret?: string
  /** Given: posts must contain one of them. */
  readonly keywords?: readonly string[]
}

/** A published card template: its id, and the JSON that the card builder exports, as text. */
export interface CardTemplateSetup {
  readonly id: string
  readonly exported: string
}

/** The app of the organisation, with its robot. */
export interface AppSetup {
  readonly clientId: string
  readonly clientSecret: string
  readonly robotCode: string
  readonly robotName: string
  /** Permission points that were granted, for example `Card.Instance.Write`. */
  readonly scopes: readonly string[]
}

/** What a fresh token may call that has all the permissions this server knows of. */
export const allScopes = [
  'Card.Instance.Write',
  'Premium.Ding.Write',
  'qyapi_base',
  'qyapi_chat_manage',
  'qyapi_get_member',
  'qyapi_robot_sendmsg',
] as const

/** Everything `startDingTalk` takes. */
export interface DingTalkSetup {
  /** Listening port on 127.0.0.1; 0 or absent takes a free one. */
  readonly port?: number
  readonly corp: { readonly corpId: string; readonly name: string }
  readonly app: AppSetup
  readonly people: readonly PersonSetup[]
  readonly groups: readonly GroupSetup[]
  readonly webhooks?: readonly WebhookSetup[]
  readonly cardTemplates?: readonly CardTemplateSetup[]
  /** Ids of scene group templates that are in use and have the robot installed. */
  readonly groupTemplates?: readonly string[]
  /** `dingtalk`: calls a second and a month are counted and refused. Default `dingtalk`. */
  readonly limits?: 'dingtalk' | 'off'
  /** Calls a calendar month of the organisation (UTC+8). Default 10,000, the standard edition. */
  readonly monthlyCalls?: number
  /** Which DING kinds the organisation paid for. Default all. */
  readonly dings?: { readonly app?: boolean; readonly sms?: boolean; readonly phone?: boolean }
  /** Epoch milliseconds; decides timestamps and when tokens, tickets, webhooks and limits expire. */
  readonly now?: () => number
  readonly seed?: number
  /** How long the app has to answer a card callback. DingTalk's 2000 unless a test cannot wait. */
  readonly callbackTimeoutMs?: number
  /** Pause before an event without SUCCESS is pushed again. DingTalk's 60,000. */
  readonly eventRetryMs?: number
  /** How often each connection is pinged. Default 30,000. */
  readonly pingMs?: number
  /** Silence between the disconnect frame and the end of the connection. DingTalk's 10,000. */
  readonly disconnectGraceMs?: number
}
