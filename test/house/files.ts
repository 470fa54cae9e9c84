import { readdirSync, readFileSync } from 'node:fs'
import { basename, extname } from 'node:path'
import { root } from './program.ts'

export interface TextFile {
  readonly path: string
  readonly text: string
}

/** What `git` would not keep, and what nobody writes by hand. */
const leftOut =
  /(^|\/)(node_modules|\.git|\.live|\.astern|coverage|golden)(\/|$)|\.generated\.|^package-lock\.json$|\/go\.(mod|sum)$/

const written = /\.(ts|mts|js|mjs|css|html|sh|sql|ya?ml|json|md|txt|go)$|^\.ci\/run$|(^|\/)Dockerfile$/

/** Every file that people write, from the root of the checkout. */
export function textFiles(): readonly TextFile[] {
  const top = readdirSync(root, { withFileTypes: true })
  const folders = top.filter((entry) => entry.isDirectory() && !leftOut.test(entry.name))
  const below = folders.flatMap(({ name }) =>
    readdirSync(root + name, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => `${entry.parentPath}/${entry.name}`.slice(root.length)),
  )
  return [...top.filter((entry) => entry.isFile()).map(({ name }) => name), ...below]
    .filter((path) => written.test(path) && !leftOut.test(path))
    .map((path) => ({ path, text: readFileSync(root + path, 'utf8') }))
}

const isCode = (path: string): boolean =>
  /^(src|commands|test|\.ci)\//.test(path) && /\.(ts|mts|js|mjs|css|html|sh|sql|go)$|^\.ci\/run$/.test(path)

export const longestLines = 300

/** Past this a room is missing. */
export const tooLong = (files: readonly TextFile[]): readonly string[] =>
  files
    .filter(({ path }) => isCode(path))
    .map(({ path, text }) => ({ path, lines: text.replace(/\n$/, '').split('\n').length }))
    .filter(({ lines }) => lines > longestLines)
    .map(({ path, lines }) => `${path} has ${lines} lines`)

/** A folder's README says what it is for, not what the code says: at most this many lines. */
export const longReadmes = (files: readonly TextFile[]): readonly string[] =>
  files
    .filter(({ path }) => path.endsWith('/README.md') && path.includes('/'))
    .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > 60)
    .map(({ path, lines }) => `${path} has ${lines} lines`)

/** Names that say nothing, and names that are not kebab-case. */
export const wrongNames = (paths: readonly string[]): readonly string[] =>
  paths
    .filter((path) => /^(src|commands|test)\//.test(path) && extname(path) === '.ts')
    .flatMap((path) => path.split('/').map((part) => ({ path, part })))
    .filter(({ part }) => {
      const name = basename(part, '.ts')
      return (
        /^(utils?|helpers?|common|types?|misc|shared)(\.|$)/.test(name) ||
        !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/.test(name)
      )
    })
    .map(({ path, part }) => (path.endsWith(part) ? path : `${path} (${part})`))

/** Bracketed, so that this file does not find itself. */
const unfinished = /\b(TO[D]O|FIX[M]E)\b/
const machinePath = /(?<![\w.$}:/-])\/(work|root|home|Users|tmp)\/[\w.-]/

/** Notes to oneself anywhere, and paths of one machine in code and documents. */
export const wrongWords = (files: readonly TextFile[]): readonly string[] =>
  files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, at) => {
      const told = unfinished.exec(line)?.[0]
      const machine = /^(src|commands)\/|\.md$/.test(path) ? machinePath.exec(line)?.[0] : undefined
      return [told, machine].filter((word) => word !== undefined).map((word) => `${path}:${at + 1} says ${word}`)
    }),
  )
