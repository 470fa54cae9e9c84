import { readFileSync } from 'node:fs'
import { parseAllDocuments } from 'yaml'

export interface Rule {
  readonly apiGroups: readonly string[]
  readonly resources: readonly string[]
  readonly verbs: readonly string[]
}

interface Manifest {
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace?: string }
  readonly rules?: readonly Rule[]
}

/** The objects of deploy/kubernetes/rbac.yaml, in order. */
export function rbacManifests(): Manifest[] {
  const file = new URL('../../../../deploy/kubernetes/rbac.yaml', import.meta.url)
  return parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJS())
}

/** What it grants. */
export const grantedRules = (): readonly Rule[] =>
  rbacManifests().find((manifest) => manifest.kind === 'ClusterRole')?.rules ?? []

/** Each single right as `verb resource`. */
export const grantedRights = (): string[] =>
  grantedRules()
    .flatMap((rule) => rule.resources.flatMap((resource) => rule.verbs.map((verb) => `${verb} ${resource}`)))
    .sort()
