import { adapters } from '../adapters/index.ts'
import { type LiveConfig, reloadable } from '../config/live.ts'
import { loadConfig } from '../config/load.ts'
import { problemText } from '../config/problem.ts'

/** A configuration that a ground hands out instead of a file, with the secrets it names. */
export interface Embedded {
  readonly config: string
  readonly env: Readonly<Record<string, string>>
}

/** Loads it. Throws when it is not valid: then Astern itself is wrong. */
export async function embeddedConfig({ config, env }: Embedded): Promise<LiveConfig> {
  const load = () =>
    loadConfig('the embedded configuration', {
      adapters,
      readFile: async () => config,
      readSecret: (source) => ('env' in source ? (env[source.env] ?? null) : null),
    })
  const loaded = await load()
  if (!loaded.ok) throw new Error(loaded.problems.map(problemText).join('\n'))
  return reloadable(loaded.config, load)
}
