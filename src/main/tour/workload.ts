import { AppsV1Api, KubeConfig, type V1Deployment } from '@kubernetes/client-node'
import type { Workload } from './ground.ts'

export function appsOf(
  kubeconfig: string,
  context: string | null,
): { readonly config: KubeConfig; readonly apps: AppsV1Api } {
  const config = new KubeConfig()
  config.loadFromString(kubeconfig)
  if (context) config.setCurrentContext(context)
  return { config, apps: config.makeApiClient(AppsV1Api) }
}

/** What a Deployment is to run and whether it does, as `kubectl rollout status` judges it. */
export function workloadOf(region: string, deployment: V1Deployment): Workload {
  const { spec, status, metadata } = deployment
  const wanted = spec?.replicas ?? 1
  const settled =
    status?.observedGeneration === metadata?.generation &&
    (status?.updatedReplicas ?? 0) === wanted &&
    (status?.availableReplicas ?? 0) === wanted &&
    (status?.replicas ?? 0) === wanted
  const image = spec?.template.spec?.containers[0]?.image ?? ''
  return { region, image, version: spec?.template.metadata?.labels?.['app.kubernetes.io/version'] ?? '', settled }
}

export const imageOf = (all: readonly Workload[], region: string): string | undefined =>
  all.find((one) => one.region === region)?.image

/** Whether each region runs again what it ran before, on every pod. */
export const areBack = (before: readonly Workload[], now: readonly Workload[]): boolean =>
  now.every(({ region, image, settled }) => settled && image === imageOf(before, region))
