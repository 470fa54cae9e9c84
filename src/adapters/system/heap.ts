import { constants, type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks'
import { getHeapStatistics, setFlagsFromString } from 'node:v8'

/** Of a larger heap what V8 leaves free by itself is room enough, and more would be taken from other programs. */
const smallBytes = 128 * 1024 * 1024

/**
 * While the heap is small, its old generation is collected when it is four times what was left of it, not 1.2 times: else each rush begins
 * with a collection, whose threads take the processor from the one that syncs what must be durable before a chat is answered.
 */
export function keepRoomInHeap(): void {
  let isSmall: boolean | null = null
  const look = () => {
    const is = getHeapStatistics().used_heap_size < smallBytes
    if (is !== isSmall) setFlagsFromString(`--heap-growing-percent=${is ? 300 : 0}`)
    isSmall = is
  }
  look()
  const observer = new PerformanceObserver((collections) => {
    // What was left by a collection counts, not what it takes away.
    if (collections.getEntries().some(isMajor)) look()
  })
  observer.observe({ entryTypes: ['gc'] })
}

/** https://nodejs.org/api/perf_hooks.html#garbage-collection-gc-details */
const isMajor = (entry: PerformanceEntry): boolean =>
  'detail' in entry && (entry.detail as { readonly kind?: number }).kind === constants.NODE_PERFORMANCE_GC_MAJOR
