import {
  type Identifier,
  isCallExpression,
  isIdentifier,
  isImportDeclaration,
  isNamedImports,
  isNewExpression,
  isPropertyAccessExpression,
  isStringLiteral,
  type Node,
  SyntaxKind,
} from 'typescript/unstable/ast'
import type { Import } from './imports.ts'
import { type Program, placeOf, root, type Source, walk } from './program.ts'

/** Time, randomness, the network and other processes come in through ports (invariant 10). */
const globals = new Set(['setTimeout', 'setInterval', 'setImmediate', 'fetch', 'WebSocket', 'EventSource'])

const members: Readonly<Record<string, readonly string[]>> = {
  Date: ['now'],
  Math: ['random'],
  performance: ['now'],
  Temporal: ['Now'],
  AbortSignal: ['timeout'],
  crypto: ['getRandomValues', 'randomUUID'],
  process: ['hrtime', 'uptime'],
}

const modules = ['node:child_process', 'node:cluster', 'node:timers', 'node:timers/promises', 'node:perf_hooks']
const ofCrypto = new Set(['randomBytes', 'randomInt', 'randomUUID', 'randomFill', 'randomFillSync', 'getRandomValues'])

/** Only main.ts reads what the process was given. */
const given: Readonly<Record<string, readonly string[]>> = { process: ['env', 'argv', 'argv0', 'execArgv'] }

export interface Found {
  readonly place: string
  readonly path: string
  readonly what: string
  readonly rule: 'port' | 'given'
}

/** Every use of a banned global; a parameter or property of the same name is none. */
export function bannedGlobals(sources: readonly Source[], checker: Program['checker']): readonly Found[] {
  const seen: {
    readonly name: Identifier
    readonly source: Source
    readonly what: string
    readonly rule: Found['rule']
  }[] = []
  for (const source of sources)
    walk(source.file, (node, parent) => {
      const add = (name: Identifier, what: string, rule: Found['rule'] = 'port') =>
        seen.push({ name, source, what, rule })
      if (isIdentifier(node) && globals.has(node.text)) add(node, node.text)
      if (isPropertyAccessExpression(node)) {
        const owner = rightmost(node.expression)
        if (owner && members[owner.text]?.includes(node.name.text)) add(owner, `${owner.text}.${node.name.text}`)
        if (owner && given[owner.text]?.includes(node.name.text)) add(owner, `${owner.text}.${node.name.text}`, 'given')
      }
      if (isIdentifier(node) && node.text === 'Date' && parent) {
        if (isNewExpression(parent) && parent.expression === node && !parent.arguments?.length) add(node, 'new Date()')
        if (isCallExpression(parent) && parent.expression === node) add(node, 'Date()')
      }
    })
  const symbols = checker.getSymbolAtLocation(seen.map(({ name }) => name))
  return seen
    .filter((_found, at) => {
      const declared = symbols[at]?.declarations ?? []
      return declared.length > 0 && !declared.some(({ path }) => isOurs(path))
    })
    .map(({ name, source, what, rule }) => ({ place: placeOf(source, name), path: source.path, what, rule }))
}

/** Randomness by name from `node:crypto`, which many may import for its hashes; the whole module under one name hides it. */
export function bannedCrypto(sources: readonly Source[]): readonly Found[] {
  const found: Found[] = []
  for (const source of sources)
    walk(source.file, (node) => {
      if (!isImportDeclaration(node) || !isStringLiteral(node.moduleSpecifier)) return
      if (node.moduleSpecifier.text !== 'node:crypto') return
      const clause = node.importClause
      if (clause?.phaseModifier === SyntaxKind.TypeKeyword) return
      const named = clause?.namedBindings && isNamedImports(clause.namedBindings) ? clause.namedBindings.elements : null
      const names = named?.map((one) => (one.propertyName ?? one.name).text).filter((name) => ofCrypto.has(name))
      for (const name of names ?? ['all'])
        found.push({ place: placeOf(source, node), path: source.path, what: `${name} of node:crypto`, rule: 'port' })
    })
  return found
}

/** Modules that bring the same things in by another door. */
export const bannedModules = (imports: readonly Import[]): readonly Found[] =>
  imports.flatMap(({ place, from, to, typeOnly }): Found[] => {
    if (typeOnly || to === null) return []
    if (modules.includes(to)) return [{ place, path: from, what: to, rule: 'port' }]
    return to === 'node:process' ? [{ place, path: from, what: to, rule: 'given' }] : []
  })

/** The end of a turn of the event loop is no time: a burst of appends becomes one commit there. */
const turn = { path: 'src/adapters/ledger/turn.ts', what: 'setImmediate' }

/** Where a rule does not hold. */
export const mayUse = ({ path, rule, what }: Found): boolean =>
  rule === 'given'
    ? path === 'src/main.ts'
    : /^src\/(adapters\/system|playground)\//.test(path) || (path === turn.path && what === turn.what)

/** `Date` of `Date.now` and of `globalThis.Date.now`. */
function rightmost(node: Node): Identifier | null {
  if (isIdentifier(node)) return node
  return isPropertyAccessExpression(node) && isIdentifier(node.name) ? node.name : null
}

/** The compiler gives paths in lower case where the file system does not tell them apart. */
const isOurs = (path: string): boolean =>
  path.toLowerCase().startsWith(root.toLowerCase()) && !path.includes('/node_modules/')
