/** Something a page that shows the workspace would redraw for. */
export type Change =
  | { readonly kind: 'message' | 'message_changed' | 'message_deleted'; readonly channel: string; readonly ts: string }
  | { readonly kind: 'ephemeral'; readonly channel: string; readonly user: string; readonly ts: string }
  | { readonly kind: 'channel'; readonly channel: string }
  | { readonly kind: 'view'; readonly user: string; readonly view: string }
  | { readonly kind: 'home'; readonly user: string }
  | { readonly kind: 'user'; readonly user: string }
  | { readonly kind: 'canvas'; readonly canvas: string }
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'call'; readonly method: string; readonly ok: boolean }
  | { readonly kind: 'connection'; readonly sockets: number }

/** Fans changes out to listeners and to `for await` readers. */
export class ChangeFeed {
  private readonly listeners = new Set<(change: Change) => void>()
  private readonly enders = new Set<() => void>()

  emit(change: Change): void {
    for (const listener of this.listeners) listener(change)
  }

  /** Calls back for each change; returns how to stop. */
  on(listener: (change: Change) => void): () => void {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  /** Every change from now on, until the reader stops or the workspace closes. */
  read(): AsyncGenerator<Change, void, undefined> {
    const queue: Change[] = []
    let wake = (): void => {}
    let ended = false
    const off = this.on((change) => {
      queue.push(change)
      wake()
    })
    const end = (): void => {
      ended = true
      wake()
    }
    this.enders.add(end)
    const enders = this.enders
    async function* pump(): AsyncGenerator<Change, void, undefined> {
      try {
        for (;;) {
          const next = queue.shift()
          if (next) yield next
          else if (ended) return
          else
            await new Promise<void>((resolve) => {
              wake = resolve
            })
        }
      } finally {
        off()
        enders.delete(end)
      }
    }
    return pump()
  }

  close(): void {
    for (const end of this.enders) end()
    this.listeners.clear()
  }
}
