import { posix } from 'node:path'
import {
  isCallExpression,
  isExportDeclaration,
  isImportDeclaration,
  isImportTypeNode,
  isLiteralTypeNode,
  isStringLiteral,
  type Node,
  SyntaxKind,
} from 'typescript/unstable/ast'
import { placeOf, type Source, walk } from './program.ts'

export interface Import {
  readonly place: string
  /** The importing file. */
  readonly from: string
  /** A file of the checkout, a package's name or a `node:` module; null when it cannot be known before it runs. */
  readonly to: string | null
  /** Gone at run time. `import { type A }` is not: what it names still runs (verbatimModuleSyntax). */
  readonly typeOnly: boolean
}

/** Everything that a file imports, in each of the language's ways. */
export function importsOf(source: Source): readonly Import[] {
  const found: Import[] = []
  const add = (node: Node, specifier: Node | undefined, typeOnly: boolean) => {
    const to = specifier && isStringLiteral(specifier) ? resolved(source.path, specifier.text) : null
    found.push({ place: placeOf(source, node), from: source.path, to, typeOnly })
  }
  walk(source.file, (node) => {
    if (isImportDeclaration(node))
      add(node, node.moduleSpecifier, node.importClause?.phaseModifier === SyntaxKind.TypeKeyword)
    else if (isExportDeclaration(node) && node.moduleSpecifier) add(node, node.moduleSpecifier, node.isTypeOnly)
    else if (isImportTypeNode(node))
      add(node, isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true)
    else if (isCallExpression(node) && node.expression.kind === SyntaxKind.ImportKeyword)
      add(node, node.arguments[0], false)
  })
  return found
}

function resolved(from: string, specifier: string): string {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier)
  if (specifier.startsWith('node:')) return specifier
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}
