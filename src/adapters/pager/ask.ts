import type { Platform } from '../../ports/adapter.ts'
import { withDeadline } from '../../ports/deadline.ts'
import { unanswered } from './faults.ts'

export interface Answer {
  readonly response: Response
  readonly text: string
  /** Null where it is no JSON. */
  readonly json: unknown
}

export interface Question {
  readonly url: string
  readonly init: RequestInit
  readonly timeoutMs: number
}

/** One request with its whole answer. Throws Fault where none came in time. */
export async function ask(given: Platform, { url, init, timeoutMs }: Question, outer: AbortSignal): Promise<Answer> {
  try {
    return await withDeadline(given.clock, timeoutMs, outer, async (signal) => {
      // A redirect to a sign-in page is no answer, and would carry the credentials on.
      const response = await given.fetch(url, { ...init, redirect: 'manual', signal })
      const text = await response.text()
      return { response, text, json: jsonOf(text) }
    })
  } catch (cause) {
    outer.throwIfAborted()
    throw unanswered(new URL(url).origin, cause)
  }
}

/** Null where it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    if (cause instanceof SyntaxError) return null
    throw cause
  }
}
