import { z } from 'zod'
import { secret } from '../../../ports/secret.ts'

/** One cluster: a kubeconfig (and which of its contexts), or the service account of the pod Astern runs in. */
export const KubernetesConfig = z
  .strictObject({
    kubeconfig: secret().optional(),
    context: z.string().min(1).optional(),
    inCluster: z.literal(true).optional(),
    /** The name under which the API server records our writes (managedFields). */
    fieldManager: z.string().min(1).max(128).default('astern'),
  })
  .refine((config) => (config.kubeconfig !== undefined) !== (config.inCluster !== undefined), {
    error: 'give either kubeconfig or inCluster: true',
  })
  .refine((config) => config.context === undefined || config.kubeconfig !== undefined, {
    error: 'context names a context of a kubeconfig; give kubeconfig too',
    path: ['context'],
  })
export type KubernetesConfig = z.infer<typeof KubernetesConfig>

export const workloadKinds = ['Deployment', 'StatefulSet', 'DaemonSet'] as const
export type WorkloadKind = (typeof workloadKinds)[number]

// RFC 1123, as https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ has it.
const label = z.string().regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, { error: 'not a name of a namespace' })
const subdomain = z
  .string()
  .max(253)
  .regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/, { error: 'not a name of a workload' })

/** One workload of the cluster. */
export const KubernetesUnit = z.strictObject({
  kind: z.enum(workloadKinds).default('Deployment'),
  namespace: label,
  name: subdomain,
})
export type KubernetesUnit = z.infer<typeof KubernetesUnit>

export const unitName = (unit: KubernetesUnit): string => `${unit.kind.toLowerCase()}/${unit.name} in ${unit.namespace}`
