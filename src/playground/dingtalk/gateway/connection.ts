import type { WebSocket } from 'ws'
import type { World } from '../store/world.ts'
import { type Answer, type Frame, frame, readAnswer } from './frames.ts'
import type { Subscriptions } from './tickets.ts'

/** One app process that is connected. */
export class Connection {
  readonly socket: WebSocket
  private readonly world: World
  private readonly subscriptions: Subscriptions
  private readonly waiting = new Map<string, (answer: Answer | undefined) => void>()
  private state: 'open' | 'leaving' | 'mute' = 'open'
  private ping: { readonly messageId: string; readonly opaque: string } | undefined
  private timer: NodeJS.Timeout | undefined

  constructor(world: World, socket: WebSocket, subscriptions: Subscriptions) {
    this.world = world
    this.socket = socket
    this.subscriptions = subscriptions
    socket.on('message', (data) => this.receive(String(data)))
    socket.on('error', () => socket.terminate())
    socket.on('close', () => this.end())
  }

  /** Whether pushes of this kind may come here now. */
  takes(subscription: string): boolean {
    return this.state === 'open' && this.socket.readyState === this.socket.OPEN && this.subscriptions.has(subscription)
  }

  /** Sends a push and forgets it. */
  send(push: Frame): void {
    this.socket.send(JSON.stringify(push))
  }

  /** Sends a push and waits for its answer; undefined when none comes in time or the connection ends. */
  ask(push: Frame, timeoutMs: number): Promise<Answer | undefined> {
    const { messageId = '' } = push.headers
    return new Promise((resolve) => {
      const settle = (answer: Answer | undefined): void => {
        clearTimeout(timer)
        this.waiting.delete(messageId)
        resolve(answer)
      }
      const timer = setTimeout(() => settle(undefined), timeoutMs)
      this.waiting.set(messageId, settle)
      this.send(push)
    })
  }

  /** Asks whether the app is there. One that did not echo the question before is cut off. */
  probe(): void {
    if (this.state !== 'open') return
    if (this.ping) return void this.socket.terminate()
    const opaque = this.world.ids.uuid()
    const push = frame(this.world, { type: 'SYSTEM', topic: 'ping', data: { opaque } })
    this.ping = { messageId: push.headers.messageId ?? '', opaque }
    this.send(push)
  }

  /** Says goodbye: no push comes here any more, and after the silence the connection is closed. */
  leave(reason: string, graceMs: number): void {
    this.send(frame(this.world, { type: 'SYSTEM', topic: 'disconnect', data: { reason } }))
    this.state = 'leaving'
    this.timer = setTimeout(() => this.socket.terminate(), graceMs)
    this.timer.unref()
  }

  /** The connection stays and nothing comes over it any more, as behind a router that forgot it. */
  mute(): void {
    this.state = 'mute'
  }

  private receive(text: string): void {
    if (this.state === 'mute') return
    const answer = readAnswer(text)
    if (!answer) return
    if (this.ping && answer.messageId === this.ping.messageId) {
      if (isEcho(answer.data, this.ping.opaque)) this.ping = undefined
      return
    }
    this.waiting.get(answer.messageId)?.(answer)
  }

  private end(): void {
    clearTimeout(this.timer)
    for (const settle of this.waiting.values()) settle(undefined)
  }
}

function isEcho(data: unknown, opaque: string): boolean {
  return typeof data === 'object' && data !== null && 'opaque' in data && data.opaque === opaque
}
