import { adaptersIn } from './adapters.ts'
import type { Import } from './imports.ts'

/** Command files and adapter folders that their list does not import. */
export function unregistered(paths: readonly string[], imports: readonly Import[]): readonly string[] {
  const listed = (list: string) =>
    imports.filter(({ from, typeOnly }) => from === list && !typeOnly).map(({ to }) => to ?? '')
  const known = listed('commands/index.ts')
  const opened = listed('src/adapters/index.ts')
  return [
    ...paths
      .filter((path) => /^commands\/[^/]+\.ts$/.test(path) && path !== 'commands/index.ts' && !known.includes(path))
      .map((path) => `${path} is not in commands/index.ts`),
    // A ledger is not chosen by name: the composition root opens it before there is a configuration to read.
    ...adaptersIn(paths)
      .filter((folder) => !folder.startsWith('src/adapters/ledger/'))
      .filter((folder) => !opened.some((to) => to.startsWith(`${folder}/`)))
      .map((folder) => `${folder} is not in src/adapters/index.ts`),
  ]
}

/** Adapters without a README: its permissions, the versions tried, the gaps. */
export const unexplained = (paths: readonly string[]): readonly string[] =>
  adaptersIn(paths).filter((folder) => !paths.includes(`${folder}/README.md`))
