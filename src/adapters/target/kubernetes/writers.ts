import type { Notice } from '../../../core/release/release.ts'
import { wording } from '../../../text/say.ts'
import { asObject } from './template.ts'
import type { Meta } from './wire.ts'

/** Somebody else who writes the pod template, and may put the bad version straight back. */
export interface Writer {
  readonly tool: string
  /** Its own object that owns the workload, for example an Argo CD application. */
  readonly by: string
}

/** Managers that write in the name of a person, of the control plane, or of Astern: not a rival. */
const harmless = /^(kubectl|astern|kube-controller-manager)/
/** Tools that keep writing what they were told, and how their managers are named. */
const reconcilers: readonly (readonly [RegExp, string])[] = [
  [/^argocd/i, 'Argo CD'],
  [/^(kustomize|helm)-controller$/, 'Flux'],
  [/^helm$/i, 'Helm'],
  [/^terraform/i, 'Terraform'],
  [/^pulumi/i, 'Pulumi'],
  [/^kapp/i, 'kapp'],
]

/**
 * Who else writes this workload, by labels, annotations, owner and managedFields. Sources: Argo CD's resource tracking,
 * Flux's owner labels, Helm's `meta.helm.sh` annotations, https://kubernetes.io/docs/reference/using-api/server-side-apply/
 */
export function writersOf(meta: Meta): Writer[] {
  const labels = meta.labels ?? {}
  const annotations = meta.annotations ?? {}
  const found = new Map<string, string>()
  const add = (tool: string, by: string | undefined) => {
    if (!found.get(tool)) found.set(tool, by ?? '')
  }

  const argo = annotations['argocd.argoproj.io/tracking-id'] ?? labels['argocd.argoproj.io/instance']
  if (argo !== undefined) add('Argo CD', argo.split(':')[0])
  const handedOver = annotations['kustomize.toolkit.fluxcd.io/reconcile'] === 'disabled'
  if (!handedOver) {
    for (const kind of ['kustomize', 'helm']) {
      const name = labels[`${kind}.toolkit.fluxcd.io/name`]
      if (name !== undefined) add('Flux', `${labels[`${kind}.toolkit.fluxcd.io/namespace`] ?? ''}/${name}`)
    }
  }
  const release = annotations['meta.helm.sh/release-name']
  if (release !== undefined || labels['app.kubernetes.io/managed-by'] === 'Helm') add('Helm', release)
  const owner = meta.ownerReferences.find((each) => each.controller)
  if (owner) add(owner.kind, owner.name)

  for (const field of meta.managedFields) {
    const manager = field.manager ?? ''
    if (field.subresource || harmless.test(manager) || manager === '') continue
    if (!ownsTemplate(field.fieldsV1)) continue
    const tool = reconcilers.find(([name]) => name.test(manager))?.[1]
    if (tool === 'Flux' && handedOver) continue
    if (tool !== undefined) add(tool, undefined)
    // An unknown manager that applies declares the whole template as its own; one that updates wrote once, as people do.
    else if (field.operation === 'Apply') add(manager.slice(0, 80), undefined)
  }
  return [...found].map(([tool, by]) => ({ tool, by }))
}

const ownsTemplate = (fields: Meta['managedFields'][number]['fieldsV1']): boolean =>
  fields !== undefined && 'f:template' in asObject(fields['f:spec'])

/** One notice per writer, with its name in the code: accepting one is not accepting another. */
export const writerNotices = (writers: readonly Writer[]): Notice[] =>
  writers.map(({ tool, by }) => ({
    code: `kubernetes.other-writer:${tool}${by === '' ? '' : `:${by}`}`,
    wording:
      by === '' ? wording('kubernetes.other-writer', { tool }) : wording('kubernetes.other-writer-named', { tool, by }),
  }))
