import { z } from 'zod'

/* What is read of DingTalk's frames and answers; all else in them is ignored. */

const text = z.string()
const maybe = z.string().nullish()

/** A frame of the stream. https://open.dingtalk.com/document/direction/stream-mode-protocol-access-description */
export const frame = z.object({
  type: text,
  headers: z.object({
    topic: text,
    messageId: text,
    eventType: maybe,
    eventId: maybe,
    eventCorpId: maybe,
  }),
  data: z.string().default(''),
})
export type Frame = z.infer<typeof frame>

/** A message to the robot. Its sender's name is never read. */
export const robotMessage = z.object({
  conversationId: text,
  conversationType: text,
  msgId: text,
  senderStaffId: maybe,
  senderCorpId: maybe,
  chatbotCorpId: maybe,
  sessionWebhook: maybe,
  /** Unix milliseconds; as many as an instant can hold. */
  createAt: z.int().min(0).max(8.64e15).nullish(),
  msgtype: text,
  text: z.object({ content: z.string() }).nullish(),
})
export type RobotMessage = z.infer<typeof robotMessage>

/** A pressed button of a card. `content` is JSON. */
export const cardCallback = z.object({
  outTrackId: text,
  corpId: maybe,
  userId: maybe,
  spaceId: maybe,
  spaceType: maybe,
  content: z.string().default('{}'),
})
export type CardCallback = z.infer<typeof cardCallback>

const flat = z.union([z.string(), z.number(), z.boolean()]).nullish()

/** Inside `content`. The parameters are those that the template sends (README). */
export const callbackContent = z.object({
  cardPrivateData: z.object({
    actionIds: z.array(text).default([]),
    params: z
      .object({
        value: z.string().optional(),
        rev: z.string().optional(),
        space: z.string().optional(),
        form_name: z.string().optional(),
        form_value: z.string().optional(),
        form_id: z.string().optional(),
        /** By field; a list gives the index and the value of what was chosen. */
        form: z.record(text, z.union([flat, z.object({ value: flat })])).optional(),
      })
      .default({}),
  }),
})

/** People who left: https://open.dingtalk.com/document/orgapp/contact-event-of-user-leave-org */
export const leftOrg = z.object({ userId: z.array(text) })

export const accessToken = z.object({ accessToken: text, expireIn: z.number() })
export const endpoint = z.object({ endpoint: z.url({ protocol: /^wss?$/ }), ticket: text })

export const done = z.object({})

export const delivered = z.object({
  result: z
    .object({
      outTrackId: maybe,
      deliverResults: z
        .array(z.object({ success: z.boolean(), spaceId: maybe, spaceType: maybe, errorMsg: maybe }))
        .nullish(),
    })
    .nullish(),
})

export const userFound = z.object({ result: z.object({ userid: text, name: maybe, active: z.boolean().nullish() }) })
export const mediaUploaded = z.object({ media_id: text })
export const dinged = z.object({ openDingId: text })
export const queued = z.object({ processQueryKey: text })
export const groupMade = z.object({ open_conversation_id: text })
