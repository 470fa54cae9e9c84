import fc from 'fast-check'
import type { Lie } from './lies.ts'
import { allLies } from './lies.ts'

export type Who = 'mei' | 'tom' | 'ana' | 'lin' | 'kai'

/** One thing that people, vendors or the machine do; what it needs may not be there, then it is nothing. */
export type Deed =
  | {
      readonly do: 'command' | 'choose' | 'submit' | 'approve' | 'reject' | 'abort' | 'undo' | 'again'
      readonly who: Who
    }
  /** The next click reaches the bot twice, or its acknowledgement is lost. */
  | { readonly do: 'duplicate' | 'lose-ack' }
  | { readonly do: 'restart' }
  /** The wall clock of the bot's machine is set. */
  | { readonly do: 'jump'; readonly ms: number }
  | { readonly do: 'rest'; readonly ms: number }
  /** Somebody releases something else in one region. */
  | { readonly do: 'ship'; readonly region: 0 | 1 }
  | { readonly do: 'cluster-lie' | 'slack-lie'; readonly lie: Lie; readonly count: number }

const who = fc.constantFrom<Who>('mei', 'tom', 'ana', 'lin', 'kai')
const act = (name: Extract<Deed, { who: Who }>['do'], by: fc.Arbitrary<Who> = who) =>
  by.map((one): Deed => ({ do: name, who: one }))
const requester = fc.constantFrom<Who>('mei', 'tom')

/** In this order most is about something; what fast-check leaves out while it shrinks is what did not matter. */
const proposing = fc
  .tuple(requester, fc.boolean())
  .map(([one, agreed]): Deed[] => [
    { do: 'command', who: one },
    { do: 'choose', who: one },
    { do: 'submit', who: one },
    ...(agreed ? [{ do: 'approve', who: 'ana' } as const] : []),
  ])

const trouble: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<Deed>({ do: 'restart' }, { do: 'duplicate' }, { do: 'lose-ack' }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(-3_600_000, -60_000, 30_000, 660_000).map((ms): Deed => ({ do: 'jump', ms })),
  },
  { weight: 1, arbitrary: fc.constantFrom<0 | 1>(0, 1).map((region): Deed => ({ do: 'ship', region })) },
  { weight: 2, arbitrary: fc.integer({ min: 5, max: 400 }).map((ms): Deed => ({ do: 'rest', ms })) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        fc.constantFrom('cluster-lie' as const, 'slack-lie' as const),
        // Answers that are made up would count as writes in the server's records.
        fc.constantFrom(...allLies.filter((lie) => !/JSON|content/.test(lie))),
        fc.integer({ min: 1, max: 3 }),
      )
      .map(([what, lie, count]): Deed => ({ do: what, lie, count })),
  },
)

const people: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 5, arbitrary: act('approve', fc.constantFrom<Who>('tom', 'ana', 'mei', 'lin', 'kai')) },
  { weight: 1, arbitrary: act('reject', fc.constantFrom<Who>('ana', 'mei', 'lin')) },
  { weight: 1, arbitrary: act('abort') },
  { weight: 1, arbitrary: act('undo', requester) },
  { weight: 1, arbitrary: act('again', requester) },
)

const scenes = fc.oneof(
  { weight: 2, arbitrary: proposing },
  { weight: 3, arbitrary: people.map((deed) => [deed]) },
  { weight: 4, arbitrary: trouble.map((deed) => [deed]) },
)

/** What happens, in order; it begins with somebody who asks for a rollback. */
export const deeds: fc.Arbitrary<readonly Deed[]> = fc
  .tuple(fc.array(trouble, { maxLength: 2 }), proposing, fc.array(scenes, { minLength: 2, maxLength: 12 }))
  .map(([before, first, then]) => [...before, ...first, ...then.flat()])
