import type { Fetch } from '../../ports/http.ts'

/**
 * The platform's fetch. The response's head must come within `headTimeoutMs`, else it rejects with a TimeoutError; the body is
 * the caller's, under the caller's signal, so that a watch may stay open.
 */
export const systemFetch =
  (headTimeoutMs: number): Fetch =>
  async (input, init = {}) => {
    const late = new AbortController()
    const timer = setTimeout(() => {
      late.abort(new DOMException(`no answer within ${headTimeoutMs} ms`, 'TimeoutError'))
    }, headTimeoutMs)
    const signal = init.signal ? AbortSignal.any([init.signal, late.signal]) : late.signal
    try {
      return await fetch(input, { ...init, signal })
    } finally {
      clearTimeout(timer)
    }
  }
