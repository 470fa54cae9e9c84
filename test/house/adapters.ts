/** Folders beside a port's adapters that are none: what all of them share, with the reason. */
const shared: Readonly<Record<string, string>> = {
  'src/adapters/chat/plot': 'draws plots, whichever chat shows them',
  'src/adapters/ledger/audit': 'judges the chain, whichever database keeps it',
}

/** The folder of the adapter that a file belongs to, `src/adapters/chat/slack`; null when it belongs to none. */
export function adapterOf(path: string): string | null {
  const folder = /^src\/adapters\/(?!system\/)[^/]+\/[^/]+(?=\/)/.exec(path)?.[0]
  return folder && !(folder in shared) ? folder : null
}

export const adaptersIn = (paths: readonly string[]): readonly string[] => [
  ...new Set(paths.flatMap((path) => adapterOf(path) ?? [])),
]
