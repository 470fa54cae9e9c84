import type { z } from 'zod'
import type { Delivery } from '../../../core/delivery/delivery.ts'
import type { Log } from '../../../ports/log.ts'
import { ofAlertMessage } from './alert-message.ts'
import type { Api } from './api.ts'
import { DurableApp } from './app.ts'
import type { AlertApp } from './config.ts'
import {
  type Arrival,
  type Home,
  ofAction,
  ofCommand,
  ofHome,
  ofMention,
  ofReaction,
  ofSubmit,
  ofUserChange,
} from './deliveries.ts'
import type { Handles } from './handles.ts'
import {
  actionsPayload,
  commandPayload,
  homePayload,
  mentionPayload,
  messagePayload,
  reactionPayload,
  submitPayload,
  userChangePayload,
} from './wire.ts'

export interface ListenerParts {
  readonly api: Api
  readonly botToken: string
  readonly handles: Handles
  readonly log: Log
  readonly receive: (delivery: Delivery) => Promise<void>
  readonly home: () => Promise<Home>
  readonly alertApps: readonly AlertApp[]
}

type Receiver = NonNullable<ConstructorParameters<typeof DurableApp>[0]>['receiver']

/** The Bolt app: every kind of payload becomes a delivery; it is acknowledged once `receive` resolved. */
export function boltApp(parts: ListenerParts, receiver: NonNullable<Receiver>): DurableApp {
  const { api, log, handles, home } = parts
  const app = new DurableApp({
    receiver,
    authorize: async () => {
      const self = await api.self()
      return { botToken: parts.botToken, botUserId: self.user_id, ...(self.bot_id ? { botId: self.bot_id } : {}) }
    },
    convoStore: false,
    ignoreSelf: true,
    ...api.sdkOptions(),
  })

  /** What cannot be read is said in the log and taken: Slack would only send the same again. */
  const arrived = async <Payload>(
    schema: z.ZodType<Payload>,
    body: unknown,
    of: (home: Home, payload: Payload) => Arrival | null,
  ): Promise<boolean> => {
    const payload = schema.safeParse(body)
    if (!payload.success) {
      log.warn('a payload of Slack could not be read', {
        paths: payload.error.issues.map(({ path }) => path.join('.')).join(' '),
      })
      return false
    }
    const arrival = of(await home(), payload.data)
    if (!arrival) return false
    handles.keep(arrival.delivery.id, arrival.reply)
    await parts.receive(arrival.delivery)
    return true
  }

  app.command(/.*/, async ({ body, ack }) => {
    await arrived(commandPayload, body, ofCommand)
    await ack()
  })
  app.action(/.*/, async ({ body, ack }) => {
    await arrived(actionsPayload, body, ofAction)
    await ack()
  })
  app.view(/.*/, async ({ body, ack }) => {
    await arrived(submitPayload, body, ofSubmit)
    await ack()
  })
  app.event('app_mention', async ({ body }) => void (await arrived(mentionPayload, body, ofMention)))
  // What people say to each other is not read: only what these apps post.
  if (parts.alertApps.length > 0)
    app.event('message', async ({ body, event }) => {
      if (!('bot_id' in event) && !('app_id' in event)) return
      await arrived(messagePayload, body, (at, payload) => ofAlertMessage(at, payload, parts.alertApps))
    })
  app.event('app_home_opened', async ({ body }) => void (await arrived(homePayload, body, ofHome)))
  const reacted = async (body: unknown) => void (await arrived(reactionPayload, body, ofReaction))
  app.event('reaction_added', async ({ body }) => reacted(body))
  app.event('reaction_removed', async ({ body }) => reacted(body))
  // Every change of a guest's profile comes by as well; each loss is told once, until the account is a member's again.
  const lost = new Set<string>()
  app.event('user_change', async ({ body, event }) => {
    const { id } = event.user
    const told = await arrived(userChangePayload, body, (at, payload) => {
      const arrival = ofUserChange(at, payload)
      if (!arrival) lost.delete(id)
      return lost.has(id) ? null : arrival
    })
    if (told) lost.add(id)
  })
  // Bolt's own handler would log the error with the payload; rethrown it reaches the receiver, which then acknowledges nothing.
  app.error(async (error) => {
    throw error
  })
  return app
}
