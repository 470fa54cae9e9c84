import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where everything listens and lies. Every address is on 127.0.0.1. */
export interface Place {
  readonly dir: string
  readonly apiServerPort: number
  readonly etcdPort: number
  readonly etcdPeerPort: number
}

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url))

/** Only what workloads need: no cloud, no volumes, no certificates. */
const controllers = [
  'deployment-controller',
  'replicaset-controller',
  'statefulset-controller',
  'daemonset-controller',
  'job-controller',
  'cronjob-controller',
  'horizontal-pod-autoscaler-controller',
  'disruption-controller',
  'endpointslice-controller',
  'garbage-collector-controller',
  'namespace-controller',
  'resourcequota-controller',
  'serviceaccount-controller',
  'clusterrole-aggregation-controller',
]

export function etcdArgs({ dir, etcdPort, etcdPeerPort }: Place): string[] {
  const client = `http://127.0.0.1:${etcdPort}`
  const peer = `http://127.0.0.1:${etcdPeerPort}`
  return [
    `--data-dir=${join(dir, 'etcd')}`,
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=default=${peer}`,
    '--unsafe-no-fsync',
  ]
}

export function apiServerArgs({ dir, etcdPort, apiServerPort }: Place): string[] {
  const key = join(dir, 'sa.key')
  return [
    `--etcd-servers=http://127.0.0.1:${etcdPort}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    // A loopback address is refused as endpoint of the service `kubernetes`; nothing here uses that service.
    '--endpoint-reconciler-type=none',
    `--secure-port=${apiServerPort}`,
    `--cert-dir=${join(dir, 'certs')}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-signing-key-file=${key}`,
    `--service-account-key-file=${key}`,
    `--token-auth-file=${join(dir, 'tokens.csv')}`,
    '--authorization-mode=RBAC',
    '--service-cluster-ip-range=10.0.0.0/24',
    // ServiceAccount would mount tokens that no kubelet reads; the taint of new nodes would need one more controller.
    '--disable-admission-plugins=ServiceAccount,TaintNodesByCondition',
    `--audit-policy-file=${here('audit-policy.yaml')}`,
    `--audit-log-path=${join(dir, 'audit.log')}`,
    '--audit-log-maxsize=4096',
  ]
}

export function controllerManagerArgs({ dir }: Place, kubeconfig: string): string[] {
  return [
    ...delegatingArgs(kubeconfig),
    `--service-account-private-key-file=${join(dir, 'sa.key')}`,
    `--controllers=${controllers.join(',')}`,
    '--kube-api-qps=200',
    '--kube-api-burst=400',
  ]
}

export function schedulerArgs(kubeconfig: string): string[] {
  return delegatingArgs(kubeconfig)
}

export function kwokArgs(kubeconfig: string): string[] {
  return [`--kubeconfig=${kubeconfig}`, '--manage-all-nodes', `--config=${here('stages.yaml')}`]
}

function delegatingArgs(kubeconfig: string): string[] {
  return [
    `--kubeconfig=${kubeconfig}`,
    `--authentication-kubeconfig=${kubeconfig}`,
    `--authorization-kubeconfig=${kubeconfig}`,
    '--leader-elect=false',
    '--secure-port=0',
  ]
}

/**
 * Free ports of 127.0.0.1, all different, below those that the system gives to outgoing connections: while the API server
 * is stopped, a client that tries again must not be handed the very port that the server wants back.
 */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>()
  for (let tries = 0; ports.size < count; tries += 1) {
    if (tries > 200) throw new Error('no free ports between 20000 and 30000')
    const port = 20_000 + randomInt(10_000)
    if (await isFree(port)) ports.add(port)
  }
  return [...ports]
}

function isFree(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const server = createServer()
  server.once('error', () => resolve(false))
  server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  return promise
}
