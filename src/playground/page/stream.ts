import type { ServerResponse } from 'node:http'
import { services } from '../shop/catalogue.ts'
import type { Change } from '../slack/index.ts'
import type { Company } from './company.ts'
import { allGroups, type GroupPart, groupChange } from './group-picture.ts'
import {
  canvasPart,
  channelPart,
  ephemeralPart,
  everything,
  filePart,
  homePart,
  messagePart,
  type Part,
  setting,
  socketsPart,
  userPart,
  viewsPart,
} from './picture.ts'

const gatherMs = 20
/** What a page waits before it connects again. */
const retryMs = 700

/** Sends every open page what there is and then what changes, as server-sent events. */
export class Stream {
  private readonly company: Company
  private readonly boot: string
  private readonly speed: number
  private readonly pages = new Set<ServerResponse>()
  private readonly changed = new Map<string, () => Part | (Part | GroupPart)[]>()
  private timer: NodeJS.Timeout | undefined
  private readonly stops: (() => void)[]

  constructor(company: Company, boot: string, speed: number) {
    this.speed = speed
    this.company = company
    this.boot = boot
    const { slack, dingtalk, shop } = company
    this.stops = [
      slack.onChange((change) => this.note(this.partOf(change))),
      dingtalk.onChange((change) => this.note(groupChange(dingtalk, change))),
      shop.onTick(() => this.tick()),
    ]
  }

  /** Opens the stream of one page. https://html.spec.whatwg.org/multipage/server-sent-events.html */
  open(response: ServerResponse): void {
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
    response.write(`retry: ${retryMs}\n\n`)
    const { boot, speed } = this
    const { slack, dingtalk, shop } = this.company
    const plots = services.flatMap(({ name }) =>
      shop
        .looks()
        .filter(({ service }) => service === name)
        .map(({ region }) => ({ service: name, region, points: shop.points(name, region) })),
    )
    write(response, 'all', {
      ...setting(slack, shop, boot, speed),
      parts: [...everything(slack), ...allGroups(dingtalk)],
      shop: this.shopNow(),
      plots,
    })
    this.pages.add(response)
    response.once('close', () => this.pages.delete(response))
    response.on('error', () => this.pages.delete(response))
  }

  /** Tells the pages of the shop at once and not only at its next tick. */
  tick(): void {
    if (this.pages.size > 0) this.send('shop', this.shopNow())
  }

  close(): void {
    for (const stop of this.stops) stop()
    clearTimeout(this.timer)
    for (const page of this.pages) page.end()
  }

  private shopNow(): object {
    const { shop, phones } = this.company
    return {
      looks: shop.looks(),
      traffic: shop.traffic.on,
      shipped: shop.shipped.slice(-6),
      pages: phones.pages().slice(-6),
    }
  }

  private note(found: [string, () => Part | (Part | GroupPart)[]] | undefined): void {
    if (this.pages.size === 0 || !found) return
    this.changed.set(...found)
    this.timer ??= setTimeout(() => this.flush(), gatherMs)
  }

  private flush(): void {
    this.timer = undefined
    const parts = [...this.changed.values()].flatMap((part) => part())
    this.changed.clear()
    this.send('parts', parts)
  }

  private send(event: string, data: unknown): void {
    for (const page of this.pages) write(page, event, data)
  }

  /** Which part is concerned; it is made when it is sent, so that many changes of it become one. */
  private partOf(change: Change): [string, () => Part | Part[]] | undefined {
    const { slack } = this.company
    switch (change.kind) {
      case 'message':
      case 'message_changed':
      case 'message_deleted':
        return [`m ${change.channel} ${change.ts}`, () => this.messageAndParent(change.channel, change.ts)]
      case 'ephemeral':
        return [`e ${change.ts}`, () => ephemeralPart(slack, change.user, change.ts)]
      case 'channel':
        return [`c ${change.channel}`, () => channelPart(slack.channel(change.channel))]
      case 'view':
        return [`v ${change.user}`, () => viewsPart(slack, change.user)]
      case 'home':
        return [`h ${change.user}`, () => homePart(slack, change.user)]
      case 'canvas':
        return [`k ${change.canvas}`, () => canvasPart(slack, change.canvas)]
      case 'file':
        return [`f ${change.file}`, () => filePart(slack, change.file)]
      case 'user':
        return [`u ${change.user}`, () => userPart(slack, change.user)]
      case 'connection':
        return ['s', () => socketsPart(slack)]
      case 'call':
        return undefined
    }
  }

  /** A reply changes what its thread's first message says; a pin changes the channel. */
  private messageAndParent(channel: string, ts: string): Part[] {
    const { slack } = this.company
    const parent = slack.message(channel, ts)?.threadTs
    const own = [messagePart(slack, channel, ts), channelPart(slack.channel(channel))]
    return parent !== undefined && parent !== ts ? [...own, messagePart(slack, channel, parent)] : own
  }
}

function write(page: ServerResponse, event: string, data: unknown): void {
  page.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
}
