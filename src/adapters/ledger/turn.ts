/**
 * The end of this turn of the event loop, after everything that it has read from its sockets and files. No time passes, and no
 * timer is set: it is at once when nothing else is due.
 */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
