/** A person or bot of the workspace, as `users.info` will show them. */
export interface UserSetup {
  readonly id: string
  readonly name: string
  readonly realName?: string
  readonly email?: string
  readonly tz?: string
  readonly locale?: string
  readonly isAdmin?: boolean
  readonly isRestricted?: boolean
  readonly isUltraRestricted?: boolean
  readonly isStranger?: boolean
  readonly isBot?: boolean
  readonly deleted?: boolean
  /** The workspace the user belongs to, where it is not this one (Slack Connect). */
  readonly teamId?: string
}

/** A channel that exists when the workspace starts. */
export interface ChannelSetup {
  readonly id: string
  readonly name: string
  readonly members: readonly string[]
  readonly isPrivate?: boolean
  readonly isExtShared?: boolean
  readonly topic?: string
}

/** A user group such as `@oncall`. */
export interface UsergroupSetup {
  readonly id: string
  readonly handle: string
  readonly name: string
  readonly users: readonly string[]
}

/** A slash command of the app's manifest; `shouldEscape` turns `@mei` into `<@U…|mei>`. */
export interface CommandSetup {
  readonly command: string
  readonly shouldEscape?: boolean
}

/** The installed app: what its manifest declares and the secrets Slack gave it. */
export interface AppSetup {
  readonly appId: string
  readonly botUserId: string
  readonly botId: string
  readonly botToken: string
  readonly appToken: string
  readonly signingSecret: string
  readonly scopes: readonly string[]
  readonly commands: readonly (string | CommandSetup)[]
  readonly events: readonly string[]
  /** Given: deliveries are POSTed there (HTTP mode). Absent: Socket Mode. */
  readonly requestUrl?: string
}

/** Everything `startSlack` takes. */
export interface SlackSetup {
  /** Listening port on 127.0.0.1; 0 or absent takes a free one. */
  readonly port?: number
  readonly team: {
    readonly id: string
    readonly domain: string
    readonly name: string
    /** A free workspace has no standalone canvases and no user groups. Default `paid`. */
    readonly plan?: 'free' | 'paid'
  }
  readonly users: readonly UserSetup[]
  readonly channels: readonly ChannelSetup[]
  readonly usergroups?: readonly UsergroupSetup[]
  readonly app: AppSetup
  /** `slack`: the documented tiers are enforced. Default `slack`. */
  readonly limits?: 'slack' | 'off'
  /** Epoch milliseconds; decides timestamps, trigger and response_url expiry and rate limits. */
  readonly now?: () => number
  readonly seed?: number
  /** How long the app has to acknowledge. Slack's 3000 unless a test cannot wait. */
  readonly ackTimeoutMs?: number
  /** Pauses before the redeliveries of an unacknowledged event. Slack's: at once, 1 min, 5 min. */
  readonly eventRetryMs?: readonly number[]
  /** How often the server pings its sockets. */
  readonly socketPingMs?: number
}
