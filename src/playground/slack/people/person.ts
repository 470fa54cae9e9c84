import type { Entry } from '../blocks/element-state.ts'
import { addMember, directChannel } from '../store/channels.ts'
import { appendMessage } from '../store/messages.ts'
import { pin, unpin } from '../store/pins.ts'
import { react, unreact } from '../store/reactions.ts'
import { Refusal, type Wire } from '../store/wire.ts'
import type { Channel } from '../store/world.ts'
import { viewWire } from '../views/stack.ts'
import { escaped, sendCommand } from './command.ts'
import { type Desk, userOf } from './desk.ts'
import { closeView, type Entries, submitView } from './modal.ts'
import { type Outcome, refused } from './outcome.ts'
import { type ElementName, pressInMessage, pressInView, visibleMessage } from './press.ts'
import { type Suggestions, suggest } from './suggest.ts'

const done: Outcome = { acked: true, ackMs: 0, ephemeral: [] }

/** What one user of the workspace can do, as if in Slack's own client. */
export class Person {
  readonly id: string
  private readonly desk: Desk

  constructor(desk: Desk, id: string) {
    userOf(desk.world, id)
    this.desk = desk
    this.id = id
  }

  /** Sends a slash command. */
  async command(channel: string, line: string): Promise<Outcome> {
    return this.disabled() ?? sendCommand(this.desk, this.id, channel, line)
  }

  /** Writes a message; `@name` and `#name` become mentions. The outcome's `ts` is the message's. */
  async say(channel: string, text: string, threadTs?: string): Promise<Outcome> {
    const { world } = this.desk
    const place = this.place(channel)
    if ('error' in place) return place
    if (threadTs !== undefined && !place.messages.has(threadTs)) return refused('message_not_found')
    const written = /<[@#!]/.test(text) ? text : escaped(world, text, 'bare')
    const thread = threadTs === undefined ? {} : { threadTs }
    const message = appendMessage(world, place, { user: this.id, text: written, ...thread })
    if (new RegExp(`<@${world.botUser}(\\|[^>]*)?>`).test(written) && !place.isIm) {
      const inThread = threadTs === undefined ? {} : { thread_ts: threadTs }
      const mention = { type: 'app_mention', user: this.id, text: written, ts: message.ts, ...inThread }
      world.publish({ ...mention, team: world.team.id, channel: place.id, event_ts: message.ts }, place)
    }
    return { ...done, ts: message.ts }
  }

  /** Writes to the app in its direct message channel. */
  async tell(text: string): Promise<Outcome> {
    return this.say(directChannel(this.desk.world, this.id).id, text)
  }

  /** Presses a button, or chooses `value` in any other element, of a message. */
  async press(channel: string, ts: string, element: ElementName, value: Entry = null): Promise<Outcome> {
    return this.disabled() ?? pressInMessage(this.desk, this.id, { channel, ts }, element, value)
  }

  /** Types into an external select of a message; returns what the app offers. */
  async suggest(channel: string, ts: string, element: ElementName, query: string): Promise<Suggestions> {
    const message = visibleMessage(this.desk.world, this.id, channel, ts)
    if (!message) return { ...refused('message_not_found'), options: [] }
    return suggest(this.desk, this.id, { message }, element, query)
  }

  /** The same in an open view. */
  async suggestInView(viewId: string, element: ElementName, query: string): Promise<Suggestions> {
    const view = this.desk.world.views.get(viewId)
    if (view?.user !== this.id) return { ...refused('view_not_found'), options: [] }
    return suggest(this.desk, this.id, { view }, element, query)
  }

  /** Presses or chooses in an open view, be it a modal's top view or the app's home. */
  async pressInView(viewId: string, element: ElementName, value: Entry = null): Promise<Outcome> {
    const view = this.desk.world.views.get(viewId)
    const isTop = this.desk.world.stacks.get(this.id)?.at(-1) === viewId
    if (view?.user !== this.id || (view.type === 'modal' && !isTop)) return refused('view_not_found')
    return this.disabled() ?? pressInView(this.desk, this.id, view, element, value)
  }

  /** Fills in and submits the modal's top view. */
  async submit(viewId: string, entries: Entries = {}): Promise<Outcome> {
    return this.disabled() ?? submitView(this.desk, this.id, viewId, entries)
  }

  /** Closes the modal's top view; `all` is the ✕ that closes the whole stack. */
  async closeView(viewId: string, all = false): Promise<Outcome> {
    return closeView(this.desk, this.id, viewId, all)
  }

  /** Opens the app's home tab. */
  async openHome(): Promise<Outcome> {
    const disabled = this.disabled()
    if (disabled) return disabled
    const { world } = this.desk
    const home = world.views.get(world.homes.get(this.id) ?? '')
    const channel = directChannel(world, this.id)
    const view = home ? { view: viewWire(world, home) } : {}
    const event: Wire = { type: 'app_home_opened', user: this.id, channel: channel.id, tab: 'home', ...view }
    world.publish(event, channel)
    return done
  }

  async react(channel: string, ts: string, name: string): Promise<Outcome> {
    return this.onMessage(channel, ts, (place) => react(this.desk.world, place, ts, name, this.id))
  }

  async unreact(channel: string, ts: string, name: string): Promise<Outcome> {
    return this.onMessage(channel, ts, (place) => unreact(this.desk.world, place, ts, name, this.id))
  }

  async pin(channel: string, ts: string): Promise<Outcome> {
    return this.onMessage(channel, ts, (place) => pin(this.desk.world, place, ts, this.id))
  }

  async unpin(channel: string, ts: string): Promise<Outcome> {
    return this.onMessage(channel, ts, (place) => unpin(this.desk.world, place, ts, this.id))
  }

  /** Joins a public channel. */
  async join(channel: string): Promise<Outcome> {
    const { world } = this.desk
    const place = world.channels.get(channel)
    if (!place || place.isPrivate || place.isIm) return refused('channel_not_found')
    if (!place.members.has(this.id)) addMember(world, place, this.id)
    return done
  }

  /** Adds somebody, or the app's bot, to a channel. */
  async invite(channel: string, user: string): Promise<Outcome> {
    const place = this.place(channel)
    if ('error' in place) return place
    if (!place.members.has(user)) addMember(this.desk.world, place, user, this.id)
    return done
  }

  private disabled(): Outcome | undefined {
    return userOf(this.desk.world, this.id).setup.deleted ? refused('user_disabled') : undefined
  }

  private place(id: string): Channel | (Outcome & { error: NonNullable<Outcome['error']> }) {
    const channel = this.desk.world.channels.get(id)
    const error = this.disabled()?.error ?? placeError(channel, this.id)
    if (error) return { ...refused(error), error }
    return channel as Channel
  }

  private onMessage(id: string, ts: string, act: (channel: Channel) => void): Outcome {
    const place = this.place(id)
    if ('error' in place) return place
    try {
      act(place)
      return { ...done, ts }
    } catch (error) {
      if (error instanceof Refusal) return refused('message_not_found', error.code)
      throw error
    }
  }
}

function placeError(channel: Channel | undefined, user: string): Outcome['error'] {
  if (!channel) return 'channel_not_found'
  if (channel.isArchived) return 'is_archived'
  if (channel.members.has(user)) return undefined
  return channel.isPrivate || channel.isIm ? 'channel_not_found' : 'not_in_channel'
}
