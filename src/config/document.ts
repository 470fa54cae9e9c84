import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml'
import type { Finding, Path, Problem } from './problem.ts'
import { pathText } from './problem.ts'

/** A read YAML file: plain data, and where each part of it stands. */
export interface SourceDocument {
  readonly value: unknown
  problem(finding: Finding): Problem
}

/** Reads YAML 1.2 with anchors and merge keys. A document that cannot be read comes with problems and no value. */
export function readDocument(
  file: string,
  text: string,
): { readonly document: SourceDocument | null; readonly problems: readonly Problem[] } {
  const lines = new LineCounter()
  const parsed = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true })
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { file, line: Math.max(1, line), column: Math.max(1, col) }
  }
  const wrong = [...parsed.errors, ...parsed.warnings]
  const problems = wrong.map((error) => ({ ...at(error.pos[0]), path: '', message: syntaxMessage(error, text) }))
  visit(parsed, {
    Alias(_, alias) {
      if (alias.resolve(parsed)) return
      problems.push({ ...at(startOf(alias) ?? 0), path: '', message: `no anchor &${alias.source} stands before this` })
    },
  })
  if (problems.length > wrong.filter((error) => error.code === 'DUPLICATE_KEY').length)
    return { document: null, problems }
  if (parsed.contents === null) {
    return { document: null, problems: [{ file, line: 1, column: 1, path: '', message: 'the file is empty' }] }
  }
  let value: unknown
  try {
    value = parsed.toJS()
  } catch (cause) {
    if (!(cause instanceof ReferenceError)) throw cause
    const message = 'the aliases of this file unfold to far too much'
    return { document: null, problems: [...problems, { file, line: 1, column: 1, path: '', message }] }
  }
  const document: SourceDocument = {
    value,
    problem: ({ path, message, suggestion, on }) => ({
      ...at(offsetOf(parsed.contents, path, on ?? 'value', (node) => (isAlias(node) ? node.resolve(parsed) : node))),
      path: pathText(path),
      message,
      ...(suggestion === undefined ? {} : { suggestion }),
    }),
  }
  return { document, problems }
}

function syntaxMessage(error: YAMLError, text: string): string {
  switch (error.code) {
    case 'DUPLICATE_KEY':
      return `the key ${text.slice(error.pos[0]).match(/^[^\s:]+/)?.[0] ?? ''} stands twice`
    case 'TAB_AS_INDENT':
      return 'a tab cannot indent; use spaces'
    case 'MULTIPLE_DOCS':
      return 'the file holds more than one document; only one can be read'
    default:
      return error.message
  }
}

type Found = Node | null | undefined

/** The offset of what the path names; where it does not exist, of the nearest thing around it. */
function offsetOf(root: Found, path: Path, on: 'key' | 'value', whole: (node: Found) => Found): number {
  let node: Found = root
  let offset = startOf(root) ?? 0
  for (const [index, step] of path.entries()) {
    const around = whole(node)
    if (isMap(around)) {
      const pair: Pair | undefined = around.items.find(
        (item) => isScalar(item.key) && String(item.key.value) === String(step),
      )
      if (!pair) return offset
      node = pair.value as Found
      const key = startOf(pair.key as Found) ?? offset
      const last = index === path.length - 1
      offset = last && on === 'value' && !isMap(node) && !isSeq(node) ? (startOf(node) ?? key) : key
    } else if (isSeq(around)) {
      node = around.items[Number(step)] as Found
      offset = startOf(node) ?? offset
    } else return offset
  }
  return offset
}

const startOf = (node: Found): number | undefined => node?.range?.[0]
