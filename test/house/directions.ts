import { adapterOf } from './adapters.ts'
import { dependencies } from './dependencies.ts'
import type { Import } from './imports.ts'

interface Room {
  /** Rooms it may import from, beside itself. */
  readonly rooms: readonly string[]
  readonly modules: readonly string[]
}

const left = (...rooms: readonly string[]): Room => ({ rooms, modules: [] })

/** The house as it is drawn: each room imports only from those to its left. */
const house: Readonly<Record<string, Room>> = {
  core: { rooms: [], modules: ['node:crypto'] },
  text: left('core'),
  view: left('core', 'text'),
  ports: left('core', 'text', 'view'),
  config: left('core', 'text', 'view', 'ports'),
  projection: left('core', 'text', 'view', 'ports', 'config'),
  app: left('core', 'text', 'view', 'ports', 'config', 'projection'),
  commands: left('core', 'text', 'view', 'ports', 'config', 'projection', 'app'),
  engine: left('core', 'text', 'view', 'ports', 'config', 'projection', 'app'),
  web: {
    rooms: ['core', 'text', 'view', 'ports', 'config', 'projection', 'app'],
    modules: ['node:crypto', 'node:events', 'node:http', 'node:net', 'node:stream'],
  },
}

/** main.ts and src/main/ are the composition root. An adapter's room is its folder; what lies beside the folders belongs to the port and serves all of its adapters. */
const roomOf = (path: string): string =>
  (path === 'src/main.ts' ? 'main' : undefined) ??
  /^(commands)\//.exec(path)?.[1] ??
  adapterOf(path)?.slice('src/'.length) ??
  /^src\/(adapters\/[^/]+)\//.exec(path)?.[1] ??
  /^src\/(?!adapters\/)([^/]+)\//.exec(path)?.[1] ??
  path

/** Why an import is not allowed; null when it is. */
export function wrongDirection({ from, to, typeOnly }: Import): string | null {
  if (to === null) return 'imports what nobody can know before it runs'
  if (to.startsWith('node:') || !to.includes('.ts')) return wrongModule(from, to)
  if (!/^(src|commands)\//.test(to)) return `imports ${to}, which is not part of the bot`
  const here = roomOf(from)
  const there = roomOf(to)
  if (here === 'main' || here === there) return null
  if (there === 'main' || there === 'src/adapters/index.ts') return `only the composition root may import ${to}`
  if (here === 'src/adapters/index.ts')
    return there === 'ports' || there.startsWith('adapters/') ? null : `the list of adapters imports ${to}`
  if (here.startsWith('adapters/')) {
    if (['core', 'text', 'ports'].includes(there)) return null
    if (there === 'view') return typeOnly ? null : 'an adapter imports more of view than its types'
    return here.startsWith(`${there}/`) ? null : `${here} imports ${there}`
  }
  if (here === 'playground') return `the playground imports ${there}`
  const room = house[here]
  if (!room) return `there is no room ${here} in the house`
  return room.rooms.includes(there) ? null : `${here} imports ${there}`
}

function wrongModule(from: string, to: string): string | null {
  const here = roomOf(from)
  if (to.startsWith('node:')) {
    if (here === 'main' || here === 'playground' || here.startsWith('adapters/')) return null
    return house[here]?.modules.includes(to) ? null : `${here} imports ${to}`
  }
  const dependency = dependencies[to]
  if (!dependency) return `${to} is no dependency of package.json`
  return dependency.in.some((folder) => from.startsWith(`${folder}/`)) ? null : `${to} has no business in ${here}`
}
