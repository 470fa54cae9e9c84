import type { AppSetup, CommandSetup, SlackSetup, UserSetup } from '../setup.ts'
import { ChangeFeed } from './changes.ts'
import { Ids } from './ids.ts'
import { Triggers } from './triggers.ts'
import { Uploads } from './uploads.ts'
import type { Wire } from './wire.ts'

/** A person or bot, as last changed. */
export interface User {
  setup: UserSetup
  updated: number
}

interface Reaction {
  name: string
  users: string[]
}

/** One message of a channel, or one ephemeral message of one user. */
export interface Message {
  channel: string
  ts: string
  /** Who wrote it. */
  user: string
  byApp: boolean
  subtype?: string
  text: string
  blocks?: Wire[]
  attachments?: Wire[]
  metadata?: Wire
  threadTs?: string
  broadcast?: boolean
  edited?: { user: string; ts: string }
  username?: string
  icons?: Wire
  files: string[]
  reactions: Reaction[]
  /** Only this user sees it, and it is in no history. */
  ephemeralFor?: string
  /** Values people chose in this message's stateful elements: user → block_id → action_id. */
  state: Map<string, Record<string, Record<string, Wire>>>
}

interface Note {
  value: string
  creator: string
  last_set: number
}

/** A channel or direct message with all that is in it. */
export interface Channel {
  id: string
  name: string
  created: number
  creator: string
  isPrivate: boolean
  isIm: boolean
  isExtShared: boolean
  isArchived: boolean
  members: Set<string>
  topic: Note
  purpose: Note
  messages: Map<string, Message>
  pins: { ts: string; by: string; at: number }[]
  bookmarks: Wire[]
  canvasId?: string
}

/** An open modal view, or a home tab. */
export interface View {
  id: string
  user: string
  type: 'modal' | 'home'
  /** As the app sent it, with ids filled in. */
  body: Wire
  hash: string
  rootId: string
  previousId: string | null
  state: Record<string, Record<string, Wire>>
  errors: Record<string, string>
}

/** An uploaded file; until `complete` nobody sees it. */
export interface File {
  id: string
  name: string
  title: string
  altText?: string
  mimetype: string
  bytes: Buffer
  user: string
  created: number
  channels: string[]
  complete: boolean
  declaredLength: number
}

/** A canvas, in the pieces it is edited by. */
export interface Canvas {
  id: string
  title: string
  sections: { id: string; markdown: string }[]
  channel?: string
  owner: string
  access: { level: string; users: string[]; channels: string[] }[]
}

/** A user group. */
export interface Usergroup {
  id: string
  handle: string
  name: string
  users: string[]
  updated: number
}

/** All state of the workspace. Rooms change it through functions beside this file. */
export class World {
  readonly team: SlackSetup['team']
  readonly app: AppSetup
  readonly ids: Ids
  readonly now: () => number
  readonly ackTimeoutMs: number
  readonly users = new Map<string, User>()
  readonly channels = new Map<string, Channel>()
  readonly ephemerals: Message[] = []
  readonly views = new Map<string, View>()
  /** Open modals of a user, the last one on top. */
  readonly stacks = new Map<string, string[]>()
  readonly homes = new Map<string, string>()
  readonly files = new Map<string, File>()
  readonly canvases = new Map<string, Canvas>()
  readonly usergroups = new Map<string, Usergroup>()
  readonly changes = new ChangeFeed()
  readonly triggers: Triggers
  readonly uploads: Uploads
  /** Where the server listens, without a trailing slash. */
  origin = ''
  /** Set by the delivery room; until then events go nowhere. */
  publish: (event: Wire, channel?: Channel) => void = () => {}
  private lastMicros = 0

  constructor(setup: SlackSetup) {
    this.team = setup.team
    this.app = setup.app
    this.ids = new Ids(setup.seed ?? 1)
    this.now = setup.now ?? Date.now
    this.ackTimeoutMs = setup.ackTimeoutMs ?? 3000
    this.uploads = new Uploads((length) => this.ids.token(length))
    this.triggers = new Triggers(this.now, (length) => this.ids.hex(length))
    for (const user of setup.users) this.users.set(user.id, { setup: user, updated: this.seconds() })
    const bot = { id: setup.app.botUserId, name: 'bot', isBot: true }
    if (!this.users.has(bot.id)) this.users.set(bot.id, { setup: bot, updated: this.seconds() })
    for (const group of setup.usergroups ?? [])
      this.usergroups.set(group.id, { ...group, users: [...group.users], updated: this.seconds() })
  }

  seconds(): number {
    return Math.floor(this.now() / 1000)
  }

  /** A message timestamp: unique in the workspace and growing, also where the clock stands still. */
  nextTs(): string {
    this.lastMicros = Math.max(this.lastMicros + 1, Math.floor(this.now() * 1000))
    const micros = String(this.lastMicros)
    return `${micros.slice(0, -6)}.${micros.slice(-6)}`
  }

  command(name: string): CommandSetup | undefined {
    for (const entry of this.app.commands) {
      const command = typeof entry === 'string' ? { command: entry } : entry
      if (command.command === name) return command
    }
    return undefined
  }

  get botUser(): string {
    return this.app.botUserId
  }
}
