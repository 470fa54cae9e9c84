import { commit, write } from '../app/commit.ts'
import { pageFor } from '../app/page-words.ts'
import { loadPaging } from '../app/paging.ts'
import { nowOf, type World } from '../app/world.ts'
import { astern } from '../core/actor.ts'
import { Fault } from '../core/fault.ts'
import type { PagingEvent } from '../core/paging/events.ts'
import { type Due, next } from '../core/paging/next.ts'
import { type Paging, pagingStream, type Sent } from '../core/paging/state.ts'
import { withDeadline } from '../ports/deadline.ts'
import type { Receipt } from '../ports/effector.ts'
import type { Page, Pager } from '../ports/pager.ts'
import { wording } from '../text/say.ts'
import { backoffMs } from './backoff.ts'

export interface Task {
  readonly world: World
  readonly id: string
  readonly signal: AbortSignal
}

export interface PageTask {
  readonly state: Paging
  readonly page: Due
  readonly key: string
  /** A process that died may have sent it. */
  readonly perhaps: boolean
}

const timeoutMs = 15_000
/** So often in a row a pager may fail before the next one is tried, and people are told. */
const patience = 3

/**
 * Sends one page by the first pager that takes it, as long as it is due. What may have gone out is asked for before it is sent
 * again; where nobody can tell, its key makes the repetition harmless.
 */
export async function sendPage(task: Task, { state, page, key, perhaps }: PageTask): Promise<void> {
  const { world, signal } = task
  const { person, level, round } = page
  const of = { key, person, level, round }
  const pagers = [...world.pagers].filter(([, pager]) => pager.reaches(person, state.service))
  if (pagers.length === 0)
    return record(task, { type: 'page.failed', v: 1, data: { ...of, pager: null, code: 'pager.no-way', final: true } })
  const unsure = new Set(perhaps ? pagers.map(([name]) => name) : [])
  const refused = new Set<string>()
  for (let failures = 0; !signal.aborted && (await isDue(task, page)); failures++) {
    const left = pagers.filter(([name]) => !refused.has(name))
    const [name, pager] = left[Math.floor(failures / patience) % left.length] ?? []
    if (!name || !pager) return
    try {
      const words = await pageFor(world, state, { key, person, at: page.at })
      const receipt = await withDeadline(world.clock, timeoutMs, signal, (limit) =>
        sent(pager, words, unsure.has(name), limit),
      )
      return record(task, { type: 'page.sent', v: 1, data: { ...of, pager: name, receipt } })
    } catch (cause) {
      if (signal.aborted) return
      const fault = faultOf(cause)
      if (!fault) throw cause
      world.log.warn('page was not taken', { page: key, pager: name, code: fault.code, failures: failures + 1 })
      if (fault.retry === 'check') unsure.add(name)
      if (fault.retry === 'no') refused.add(name)
      const final = refused.size === pagers.length
      const failed: PagingEvent = { type: 'page.failed', v: 1, data: { ...of, pager: name, code: fault.code, final } }
      if (final) return record(task, failed)
      if (failures + 1 === patience || fault.retry === 'no') await recordOnce(task, failed)
      const ms = fault.retry === 'no' ? 1 : (fault.retryAfterMs ?? backoffMs(failures, world.chance.number()))
      await world.clock.sleep(ms, signal).catch(() => undefined)
    }
  }
}

async function sent(pager: Pager, page: Page, unsure: boolean, signal: AbortSignal): Promise<Receipt> {
  const known = unsure ? await pager.recall(page, signal) : 'never'
  return typeof known === 'string' ? pager.page(page, signal) : known
}

/** Still wanted: nobody has it, and no later repeat of it has its turn. */
async function isDue({ world, id }: Task, page: Due): Promise<boolean> {
  const state = await loadPaging(world, id)
  if (!state) return false
  const { send } = next(state, nowOf(world))
  return send.some((due) => due.person === page.person && due.level === page.level && due.round === page.round)
}

/** Tells a pager that somebody has it, or that it is over, until it knows; what it refuses for good is written down. */
export async function calm(task: Task, page: Sent, as: 'acknowledged' | 'resolved'): Promise<void> {
  const { world, signal } = task
  const calmed = (code?: string): PagingEvent => ({
    type: 'page.calmed',
    v: 1,
    data: { key: page.key, as, ...(code && { code }) },
  })
  for (let failures = 0; !signal.aborted; failures++) {
    const pager = world.pagers.get(page.pager)
    if (!pager) return record(task, calmed('pager.gone'))
    try {
      await withDeadline(world.clock, timeoutMs, signal, (limit) => pager.calm(page.receipt, as, limit))
      return record(task, calmed())
    } catch (cause) {
      if (signal.aborted) return
      const fault = faultOf(cause)
      if (!fault) throw cause
      world.log.warn('pager was not told', { page: page.key, as, code: fault.code, failures: failures + 1 })
      if (fault.retry === 'no') return record(task, calmed(fault.code))
      const ms = fault.retryAfterMs ?? backoffMs(failures, world.chance.number())
      await world.clock.sleep(ms, signal).catch(() => undefined)
      // Over meanwhile: the loop says so with a task of its own.
      if (as === 'acknowledged' && (await loadPaging(world, task.id))?.over) return
    }
  }
}

/** A pager that does not heed its own time limit may have sent it. */
function faultOf(cause: unknown): Fault | null {
  if (cause instanceof Fault) return cause
  const late = cause instanceof DOMException && cause.name === 'TimeoutError'
  return late
    ? new Fault({ code: 'pager.late', retry: 'check', hint: wording('pager.late', { url: 'pager' }), cause })
    : null
}

/** Whatever else happened to the paging meanwhile. */
async function record({ world, id }: Task, event: PagingEvent): Promise<void> {
  await commit<never>(world, { actor: astern }, async () => {
    const state = await loadPaging(world, id)
    return state && !stands(state, event) ? [write(pagingStream(id), state.version, event)] : []
  })
}

/** One failure of a page is told; how many there were is in the log. */
async function recordOnce(task: Task, event: PagingEvent & { readonly type: 'page.failed' }): Promise<void> {
  const state = await loadPaging(task.world, task.id)
  if (!state?.failed.some(({ key }) => key === event.data.key)) await record(task, event)
}

/** Another replica was as fast. */
const stands = (state: Paging, event: PagingEvent): boolean =>
  (event.type === 'page.sent' && state.sent.some(({ key }) => key === event.data.key)) ||
  (event.type === 'page.calmed' &&
    state.sent.some(({ key, calmed }) => key === event.data.key && calmed === event.data.as))
