import { digestOf } from '../../../core/canonical.ts'
import type { ValueStore } from '../../../ports/store.ts'
import type { Api } from './api.ts'
import type { Callbacks } from './callbacks.ts'
import { ourCards, privateCards } from './deliveries.ts'
import { type Attempt, apiFault, isMissing, isThere } from './faults.ts'
import { nothingOwn, type Params } from './render/params.ts'
import { delivered, done } from './wire.ts'

/** A group (`cid…`), or a person's conversation with the robot (her staff id). */
export type Space = string

export const isGroup = (space: Space): boolean => space.startsWith('cid')

/** What a card is made of. */
export interface Drawn {
  readonly card: Params
  /** What only some people see, by staff id. */
  readonly own?: Readonly<Record<string, Params>>
  /** Whom it tells by name, by staff id. */
  readonly mentioned?: ReadonlyMap<string, string>
  /** In a group: the only ones who see it. */
  readonly recipients?: readonly string[]
}

/** The card of a key; the same key is the same card, so that it can be found again. */
export const cardId = (key: string): string => `${ourCards}${digestOf(key).slice(0, 40)}`
export const privateCardId = (deliveryId: string): string => `${privateCards}${digestOf(deliveryId).slice(0, 40)}`

const byKey = { updateCardDataByKey: true, updatePrivateDataByKey: true }

/** Cards by the one template: created where they stand, changed by key. */
export class Cards {
  readonly #api: Api
  readonly #template: string
  readonly #callbacks: Callbacks
  readonly #values: ValueStore | null
  readonly #tries = new Map<string, number>()

  constructor(parts: { api: Api; template: string; callbacks: Callbacks; values: ValueStore | null }) {
    this.#api = parts.api
    this.#template = parts.template
    this.#callbacks = parts.callbacks
    this.#values = parts.values
  }

  /** Sends a card; one that an earlier try left there is brought up to date. Answers with the id it has. */
  async create(base: string, space: Space, drawn: Drawn, signal?: AbortSignal): Promise<string> {
    const outTrackId = this.idOf(base)
    const attempt = {
      name: 'card.create',
      once: true,
      room: space,
      method: 'POST',
      path: '/v1.0/card/instances/createAndDeliver',
    } as const
    const body = {
      cardTemplateId: this.#template,
      outTrackId,
      callbackType: 'STREAM',
      userIdType: 1,
      cardData: { cardParamMap: drawn.card },
      ...(drawn.own && { privateData: ownOf(drawn.own) }),
      ...this.#placed(space, drawn),
    }
    try {
      const { result } = await this.#api.call(attempt, body, delivered, signal)
      const refused = result?.deliverResults?.find(({ success }) => !success)
      if (refused) throw this.#undelivered(base, refused.errorMsg ?? 'not delivered', attempt)
    } catch (error) {
      if (!isThere(error)) throw error
      await this.update(outTrackId, drawn, signal)
    }
    return outTrackId
  }

  async update(outTrackId: string, drawn: Pick<Drawn, 'own'> & { card?: Params }, signal?: AbortSignal): Promise<void> {
    this.#callbacks.clear(outTrackId)
    await this.#put(
      outTrackId,
      {
        ...(drawn.card && { cardData: { cardParamMap: drawn.card } }),
        ...(drawn.own && { privateData: ownOf(drawn.own) }),
      },
      signal,
    )
  }

  /** DingTalk has no question for it: a change of a parameter that nothing shows is refused where there is no card. */
  async exists(outTrackId: string, signal?: AbortSignal): Promise<boolean> {
    try {
      await this.#put(outTrackId, { cardData: { cardParamMap: { probe: '' } } }, signal)
      return true
    } catch (error) {
      if (isMissing(error)) return false
      throw error
    }
  }

  /** The id of the latest try. */
  idOf(base: string): string {
    const tries = this.#tries.get(base) ?? Number(this.#values?.get(triesName(base)) ?? 0)
    return tries === 0 ? base : `${base}-${tries}`
  }

  async #put(outTrackId: string, change: object, signal?: AbortSignal): Promise<void> {
    const attempt = { name: 'card.update', once: false, method: 'PUT', path: '/v1.0/card/instances' } as const
    await this.#api.call(attempt, { outTrackId, userIdType: 1, cardUpdateOptions: byKey, ...change }, done, signal)
  }

  /** Such a card exists, but stands nowhere, and its id is used up: the next try has another one. */
  #undelivered(base: string, why: string, attempt: Attempt) {
    const tries = (this.#tries.get(base) ?? Number(this.#values?.get(triesName(base)) ?? 0)) + 1
    this.#tries.set(base, tries)
    this.#values?.set(triesName(base), tries)
    return apiFault(400, `spaceId: ${why}`, [], attempt)
  }

  #placed(space: Space, { mentioned, recipients }: Drawn): object {
    const { robotCode } = this.#api
    if (!isGroup(space))
      return {
        openSpaceId: `dtv1.card//IM_ROBOT.${space}`,
        imRobotOpenSpaceModel: { supportForward: false },
        imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode },
      }
    return {
      openSpaceId: `dtv1.card//IM_GROUP.${space}`,
      imGroupOpenSpaceModel: { supportForward: false },
      imGroupOpenDeliverModel: {
        robotCode,
        ...(recipients && { recipients }),
        ...(mentioned && mentioned.size > 0 && { atUserIds: Object.fromEntries(mentioned) }),
      },
    }
  }
}

const triesName = (base: string): string => `dingtalk/tries/${base}`

const ownOf = (own: Readonly<Record<string, Params>>): object =>
  Object.fromEntries(
    Object.entries(own).map(([user, params]) => [user, { cardParamMap: { ...nothingOwn, ...params } }]),
  )
