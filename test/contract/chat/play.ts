import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import type { Delivery } from '../../../src/core/delivery/delivery.ts'
import { Fault } from '../../../src/core/fault.ts'
import type { Room } from '../../../src/ports/chat.ts'
import type { View } from '../../../src/view/view.ts'
import type { Process, Stage } from './stage.ts'

export const never = new AbortController().signal

/** One stage for all tests of the suite, and a fresh process for each. */
export class Play {
  #stage: Stage | null = null
  #running: Process[] = []

  constructor(setTheStage: () => Promise<Stage>) {
    beforeAll(async () => {
      this.#stage = await setTheStage()
    })
    afterAll(() => this.stage.close())
    beforeEach(() => {
      this.#running = []
    })
    afterEach(async () => {
      for (const process of this.#running) await process.stop()
    })
  }

  get stage(): Stage {
    if (!this.#stage) throw new TypeError('the stage is not set')
    return this.#stage
  }

  async start(): Promise<Process> {
    const process = await this.stage.start()
    this.#running.push(process)
    return process
  }

  /** A process that takes every delivery, and answers it where `answer` has a view for it. */
  async listening(answer: (delivery: Delivery) => View | null = () => null): Promise<Process & { taken: Delivery[] }> {
    const process = await this.start()
    const taken: Delivery[] = []
    await process.listen(async (delivery) => {
      taken.push(delivery)
      const view = answer(delivery)
      if (view) await process.chat.answer(delivery, view)
    })
    return { ...process, taken }
  }

  get channel(): Room {
    return { kind: 'channel', channel: this.stage.room }
  }

  /** How many messages of the channel hold this text. */
  shown(text: string): number {
    return this.stage.seen(this.stage.room).filter((one) => one.includes(text)).length
  }
}

/** The fault something must end with. */
export async function faultOf(promise: Promise<unknown>): Promise<Fault> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(Fault)
  return error as Fault
}
