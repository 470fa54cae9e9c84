import type { Appended, Ledger } from '../../../ports/ledger.ts'
import type { Followers } from '../followers.ts'
import { type Appender, prepareAppend } from './appender.ts'
import { guarded } from './fault.ts'
import type { GroupCommit } from './group-commit.ts'
import type { Reader } from './reader.ts'

/** The port over one writer, one reader and the group commit between them. Nobody reads what a power cut could still take back. */
export const ledgerOver = (
  appender: Appender,
  group: GroupCommit,
  reader: () => Reader,
  followers: Followers,
  close: () => Promise<void>,
): Ledger => ({
  append(writes, context): Promise<Appended> {
    try {
      const prepared = prepareAppend(writes, context)
      return group.add(() => appender.append(prepared))
    } catch (error) {
      return Promise.reject(error)
    }
  },
  async stream(stream, afterVersion = 0) {
    await group.synced()
    return guarded(() => reader().stream(stream, afterVersion))
  },
  async read(after, limit, types) {
    await group.synced()
    return guarded(() => reader().read(after, limit, types))
  },
  follow: (listener, without) => followers.follow(listener, without),
  async head() {
    await group.synced()
    return guarded(() => reader().head())
  },
  close,
})
