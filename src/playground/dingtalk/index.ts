export type { Click } from './cards/click.ts'
export type { CardForm, FormField } from './cards/form.ts'
export type { CardBlock, CardButton, CardInput, CardView } from './cards/render.ts'
export type { EventRecord } from './gateway/events.ts'
export type { Farewell, Push } from './gateway/hub.ts'
export type { CallRecord } from './open-api/call-log.ts'
export type { Fault, FaultedCall, FaultRule } from './open-api/faults.ts'
export { signWebhook } from './open-api/webhooks.ts'
export type { Outcome, Problem } from './people/outcome.ts'
export type { Person } from './people/person.ts'
export type { Inputs } from './people/press.ts'
export {
  type AppSetup,
  allScopes,
  type CardTemplateSetup,
  type DingTalkSetup,
  type GroupSetup,
  type PersonSetup,
  type WebhookSetup,
} from './setup.ts'
export type { Change } from './store/changes.ts'
export type { Author, Card, Content, Conversation, Ding, Media, Message } from './store/world.ts'
export { startDingTalk, type Workspace } from './workspace.ts'
