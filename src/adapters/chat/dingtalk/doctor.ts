import { Fault } from '../../../core/fault.ts'
import type { Chance } from '../../../ports/clock.ts'
import type { Finding } from '../../../ports/effector.ts'
import { type TextKey, wording } from '../../../text/say.ts'
import type { Api } from './api.ts'
import type { Cards } from './cards.ts'
import type { DingtalkConfig } from './config.ts'
import { identify } from './identity.ts'
import { robotTopic } from './line.ts'
import { done, endpoint } from './wire.ts'

/** Every permission the bot uses; `deploy/dingtalk/README.md` says what each is for. */
export const permissions: readonly string[] = [
  'Card.Instance.Write',
  'qyapi_base',
  'qyapi_chat_manage',
  'qyapi_get_member',
  'qyapi_robot_sendmsg',
]

const subscriptions = [{ type: 'CALLBACK', topic: robotTopic }]

/** Nobody has it, so that nothing is seen of what is tried. */
const nobody = 'astern-doctor'

/** Connects and says what works and what is missing. */
export async function diagnose(
  parts: { readonly api: Api; readonly config: DingtalkConfig; readonly cards: Cards; readonly chance: Chance },
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { api, config, cards, chance } = parts
  const { clientId, clientSecret, tenant, cardTemplate } = config
  const findings = [
    await found('dingtalk.stream', 'dingtalk.stream', async () => {
      const body = { clientId, clientSecret: clientSecret.reveal(), ua: 'astern-doctor', subscriptions }
      const attempt = { name: 'stream.open', once: false, path: '/v1.0/gateway/connections/open' }
      await api.bare(attempt, body, endpoint, signal)
    }),
    await found('dingtalk.contacts', 'dingtalk.contacts', () => known(parts, tenant, signal)),
    await found(
      'dingtalk.card',
      'dingtalk.card-seen',
      async () => {
        const drawn = { card: { title: '' } }
        // To nobody: DingTalk looks at the right and the template first, and refuses the place.
        await refusedFor(['dingtalk.room'], cards.create(`astern-doctor-${chance.uuid()}`, nobody, drawn, signal))
      },
      { template: cardTemplate },
    ),
    await found('dingtalk.files', 'dingtalk.files', async () => {
      const attempt = { name: 'media.upload', once: false, path: '/media/upload', query: { type: 'file' } }
      // Without a file: only the right is looked at.
      await refusedFor(['dingtalk.refused'], api.oapi(attempt, new FormData(), done, signal))
      const send = { name: 'file.send', once: false, method: 'POST', path: '/v1.0/robot/groupMessages/send' } as const
      const message = { robotCode: api.robotCode, openConversationId: nobody, msgKey: 'sampleText', msgParam: '{}' }
      await refusedFor(['dingtalk.room', 'dingtalk.refused'], api.call(send, message, done, signal))
    }),
  ]
  const { count, limit } = api.usage
  return [
    ...findings,
    { code: 'dingtalk.calls', wording: wording('dingtalk.calls', { count, limit }), state: 'unknown' },
  ]
}

/** What is tried must not succeed; refused for these reasons it shows that the right is there. */
async function refusedFor(keys: readonly TextKey[], work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!(error instanceof Fault) || !keys.some((key) => key === error.hint.key)) throw error
  })
}

/** Nobody is known by that name; what counts is that DingTalk says so. */
async function known(parts: { readonly api: Api }, tenant: string, signal: AbortSignal): Promise<void> {
  const silent = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent }
  const told = await identify({ ...parts, tenant, log: silent }, { chat: 'dingtalk', tenant, user: nobody }, signal)
  if (told.standing !== 'could-not-ask') return
  throw new Fault({ code: 'dingtalk.contacts', retry: 'no', hint: wording('dingtalk.permission', noContacts) })
}

const noContacts = { call: 'person', scope: 'qyapi_get_member', error: '?' }

async function found(
  code: string,
  key: TextKey,
  look: () => Promise<void>,
  values?: Parameters<typeof wording>[1],
): Promise<Finding> {
  try {
    await look()
    return { code, wording: wording(key, values), state: 'works' }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return { code, wording: error.hint, state: error.retry === 'no' ? 'missing' : 'unknown' }
  }
}
