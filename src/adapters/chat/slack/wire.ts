import { z } from 'zod'

/* What is read of Slack's payloads and answers; all else in them is ignored. */

const text = z.string()
const maybe = z.string().nullish()
const flag = z.boolean().nullish()

/** https://docs.slack.dev/interactivity/implementing-slash-commands#app_command_handling; `user_name` is never read. */
export const commandPayload = z.object({
  command: text,
  text: z.string().default(''),
  user_id: text,
  team_id: maybe,
  enterprise_id: maybe,
  channel_id: text,
  trigger_id: text,
  response_url: maybe,
})

const actor = z.object({ id: text, team_id: maybe })
const named = z.object({ id: text }).nullish()
const option = z.object({ value: z.string().nullish() })
const stateValue = z.object({
  value: maybe,
  selected_option: option.nullish(),
  selected_options: z.array(option).nullish(),
})
const state = z.object({ values: z.record(text, z.record(text, stateValue)) }).nullish()

export type StateValues = NonNullable<z.infer<typeof state>>['values']

/** https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
export const actionsPayload = z.object({
  user: actor,
  team: named,
  enterprise: named,
  trigger_id: text,
  response_url: maybe,
  channel: named,
  container: z.object({
    type: text,
    message_ts: maybe,
    channel_id: maybe,
    thread_ts: maybe,
    is_ephemeral: flag,
    view_id: maybe,
  }),
  message: z.object({ ts: maybe, thread_ts: maybe }).nullish(),
  state,
  view: z.object({ id: text, state }).nullish(),
  actions: z.array(
    z.object({ action_id: text, action_ts: text, value: maybe, selected_option: option.nullish(), type: text }),
  ),
})

/** https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload */
export const submitPayload = z.object({
  user: actor,
  team: named,
  enterprise: named,
  trigger_id: maybe,
  view: z.object({ id: text, hash: maybe, private_metadata: z.string().default(''), state }),
})

/** What our own forms keep in `private_metadata`. */
export const formMemory = z.object({
  form: text,
  value: text,
  place: z.object({ channel: text, thread: z.string().optional(), shared: z.boolean().optional() }).nullable(),
})

const eventHead = { event_id: text, team_id: maybe, enterprise_id: maybe, is_ext_shared_channel: flag }

/** A message's id within its channel, which is when it was sent: seconds and a fraction. */
const stamp = z.string().regex(/^\d{1,11}(\.\d{1,9})?$/)

/** https://docs.slack.dev/reference/events/app_mention */
export const mentionPayload = z.object({
  ...eventHead,
  event: z.object({
    text: z.string().default(''),
    user: maybe,
    team: maybe,
    user_team: maybe,
    bot_id: maybe,
    channel: text,
    ts: stamp,
    thread_ts: maybe,
  }),
})

/** https://docs.slack.dev/reference/events/message and its subtype bot_message: what apps post. */
export const messagePayload = z.object({
  ...eventHead,
  event: z.object({
    channel: text,
    ts: stamp,
    thread_ts: maybe,
    subtype: maybe,
    app_id: maybe,
    bot_profile: z.object({ app_id: maybe }).nullish(),
    text: maybe,
    attachments: z
      .array(
        z.object({
          title: maybe,
          title_link: maybe,
          fallback: maybe,
          pretext: maybe,
          text: maybe,
          color: maybe,
          fields: z.array(z.object({ title: maybe, value: maybe })).nullish(),
        }),
      )
      .nullish(),
  }),
})

/** https://docs.slack.dev/reference/events/reaction_added and reaction_removed */
export const reactionPayload = z.object({
  ...eventHead,
  event: z.object({
    user: text,
    reaction: text,
    item: z.object({ type: text, channel: maybe, ts: maybe }),
  }),
})

/** https://docs.slack.dev/reference/events/app_home_opened */
export const homePayload = z.object({ ...eventHead, event: z.object({ user: text, tab: maybe }) })

/** https://docs.slack.dev/reference/events/user_change */
export const userChangePayload = z.object({
  ...eventHead,
  event: z.object({
    user: z.object({
      id: text,
      team_id: maybe,
      deleted: flag,
      is_restricted: flag,
      is_ultra_restricted: flag,
      is_bot: flag,
    }),
  }),
})

/** auth.test; the granted scopes come in a header that the SDK keeps in `response_metadata`. */
export const whoami = z.object({
  url: text,
  team_id: text,
  team: z.string().default(''),
  user: z.string().default(''),
  user_id: text,
  bot_id: maybe,
  enterprise_id: maybe,
  response_metadata: z.object({ scopes: z.array(text).optional() }).optional(),
})

export const done = z.object({})
export const posted = z.object({ channel: text, ts: text })
export const openedChannel = z.object({ channel: z.object({ id: text }) })
export const publishedView = z.object({ view: z.object({ id: text }) })

const cursor = z.object({ next_cursor: z.string().optional() }).optional()

export const foundMessages = z.object({
  messages: z.array(
    z.object({
      ts: text,
      user: maybe,
      bot_id: maybe,
      thread_ts: maybe,
      pinned_to: z.array(text).nullish(),
      metadata: z.object({ event_type: maybe, event_payload: z.record(text, z.unknown()).nullish() }).nullish(),
    }),
  ),
  response_metadata: cursor,
})
export type FoundMessage = z.infer<typeof foundMessages>['messages'][number]

export const channel = z.object({
  id: text,
  name: z.string().default(''),
  creator: maybe,
  is_archived: flag,
  is_member: flag,
  is_shared: flag,
  is_org_shared: flag,
  is_ext_shared: flag,
  is_pending_ext_shared: flag,
  topic: z.object({ value: text }).nullish(),
  purpose: z.object({ value: text }).nullish(),
  properties: z.object({ canvas: z.object({ file_id: maybe }).nullish() }).nullish(),
})
export type Channel = z.infer<typeof channel>
export const channelAnswer = z.object({ channel })
export const channelsAnswer = z.object({ channels: z.array(channel), response_metadata: cursor })

/** reactions.get: also of a reply in a thread, which `conversations.history` does not give. */
export const reactedMessage = z.object({
  message: z.object({
    ts: text,
    text: z.string().default(''),
    user: maybe,
    team: maybe,
    user_team: maybe,
    bot_id: maybe,
    username: maybe,
    bot_profile: z.object({ name: maybe }).nullish(),
    thread_ts: maybe,
    permalink: maybe,
    reactions: z.array(z.object({ name: text })).nullish(),
    files: z.array(z.object({ title: maybe, name: maybe })).nullish(),
  }),
})
export type ReactedMessage = z.infer<typeof reactedMessage>['message']

export const bookmarks = z.object({ bookmarks: z.array(z.object({ link: maybe })) })

export const userAnswer = z.object({
  user: z.object({
    id: text,
    team_id: maybe,
    deleted: flag,
    is_bot: flag,
    is_restricted: flag,
    is_ultra_restricted: flag,
    is_stranger: flag,
    enterprise_user: z.object({ enterprise_id: maybe, teams: z.array(text).nullish() }).nullish(),
    profile: z.object({ display_name: maybe, real_name: maybe }).nullish(),
  }),
})

export const canvasMade = z.object({ canvas_id: text })
export const sectionsFound = z.object({ sections: z.array(z.object({ id: text })) })
export const uploadUrl = z.object({ upload_url: text, file_id: text })
/** What the SDK makes of the last of the three calls. */
export const uploaded = z.object({ files: z.array(z.object({ files: z.array(z.object({ id: text })) })) })
