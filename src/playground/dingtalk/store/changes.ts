/** Something a page that shows the organisation would redraw for. */
export type Change =
  | { readonly kind: 'message' | 'message_recalled'; readonly conversation: string; readonly message: string }
  | { readonly kind: 'card'; readonly card: string }
  | { readonly kind: 'conversation'; readonly conversation: string }
  | { readonly kind: 'ding'; readonly ding: string }
  | { readonly kind: 'person'; readonly user: string }
  | { readonly kind: 'call'; readonly api: string; readonly ok: boolean }
  | { readonly kind: 'connection'; readonly connections: number }

/** Fans changes out to listeners. */
export class ChangeFeed {
  private readonly listeners = new Set<(change: Change) => void>()

  emit(change: Change): void {
    for (const listener of this.listeners) listener(change)
  }

  /** Calls back for each change; returns how to stop. */
  on(listener: (change: Change) => void): () => void {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  close(): void {
    this.listeners.clear()
  }
}
