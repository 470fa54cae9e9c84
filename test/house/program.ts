import { fileURLToPath } from 'node:url'
import type { Node, SourceFile } from 'typescript/unstable/ast'
import { API, type Checker } from 'typescript/unstable/sync'

/** The checkout, with a slash at its end. */
export const root = fileURLToPath(new URL('../../', import.meta.url))

export interface Source {
  /** From the root of the checkout: `src/core/actor.ts`. */
  readonly path: string
  readonly file: SourceFile
}

export interface Program {
  readonly sources: readonly Source[]
  readonly checker: Checker
}

/**
 * Every file of the house, and the samples, parsed by the compiler itself (its API in typescript/unstable/*, pinned by the exact version of
 * package.json): no pattern mistakes a comment or a string for code, and a name is known for what it stands for.
 */
export function openProgram(): Program & { close(): void } {
  const api = new API({ cwd: root })
  const configFile = `${root}tsconfig.json`
  const project = api.updateSnapshot({ openProjects: [configFile] }).getProject(configFile)
  if (!project) throw new Error(`${configFile} could not be opened`)
  const ours = new RegExp(`^${RegExp.escape(root)}((?:src|commands|test/house/samples)/.*)$`)
  const sources = project.program.getSourceFileNames().flatMap((name): Source[] => {
    const path = ours.exec(name)?.[1]
    const file = path ? project.program.getSourceFile(name) : undefined
    return path && file ? [{ path, file }] : []
  })
  return { sources, checker: project.checker, close: () => api.close() }
}

/** Visits a file's nodes, parents first. */
export function walk(node: Node, visit: (node: Node, parent: Node | null) => void, parent: Node | null = null): void {
  visit(node, parent)
  node.forEachChild((child) => {
    walk(child, visit, node)
    return undefined
  })
}

/** `src/a.ts:12`. */
export function placeOf({ path, file }: Source, node: Node): string {
  const start = node.getStart(file)
  return `${path}:${file.text.slice(0, start).split('\n').length}`
}

/** What a bot is made of, without its tests. */
export const isHouse = (path: string): boolean => /^(src|commands)\//.test(path)
