import { mkdir, mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type AuditEvent, readAuditLog } from './audit.ts'
import { binaries } from './binaries.ts'
import { type Child, openChildren } from './children.ts'
import { writeCredentials, writeKubeconfig } from './credentials.ts'
import { type KubectlOutcome, runKubectl } from './kubectl.ts'
import { apiServerArgs, controllerManagerArgs, etcdArgs, freePorts, kwokArgs, schedulerArgs } from './programs.ts'

/** A real Kubernetes control plane on 127.0.0.1, with kwok as the kubelet of its one node. */
export interface ControlPlane {
  readonly url: string
  /** Holds the programs' logs (`kube-apiserver.log`, …), the audit log and the kubeconfigs. */
  readonly dir: string
  /** The admin's. */
  readonly kubeconfigFile: string
  readonly adminToken: string
  /** The token of a user, `visitor`, who has no rights beyond those of everybody who is logged in. */
  readonly visitorToken: string
  /** Writes a kubeconfig for another bearer token (as from `kubectl create token`) and returns its path. */
  kubeconfigFor(token: string, name: string): Promise<string>
  /** Runs kubectl as admin, unless the arguments bring a `--kubeconfig` of their own. */
  kubectl(args: readonly string[], stdin?: string): Promise<KubectlOutcome>
  auditLog(): Promise<AuditEvent[]>
  /** Ends the API server at once, as a crash would: every connection is cut. All else goes on. */
  stopApiServer(): Promise<void>
  /** Starts it again, at the same address and with the same data, and resolves when it is ready. */
  startApiServer(): Promise<void>
  restartApiServer(): Promise<void>
  /** Ends everything, and removes the folder if it was not given. The same happens when this process dies. */
  stop(): Promise<void>
}

const readyWithinMs = 60_000

/**
 * Starts etcd, API server, controllers, scheduler and kwok, and resolves when a Deployment in the namespace `default` could
 * become ready. Builds the programs first if they are missing. `dir`, new or empty, is where all files go and stay;
 * without it that is a temporary folder.
 */
export async function startControlPlane(options: { readonly dir?: string } = {}): Promise<ControlPlane> {
  const bin = await binaries()
  const dir = options.dir === undefined ? await mkdtemp(join(tmpdir(), 'control-plane-')) : resolve(options.dir)
  await mkdir(dir, { recursive: true, mode: 0o700 })
  if ((await readdir(dir)).length > 0) throw new Error(`${dir} is not empty`)
  const [apiServerPort = 0, etcdPort = 0, etcdPeerPort = 0] = await freePorts(3)
  const place = { dir, apiServerPort, etcdPort, etcdPeerPort }
  const url = `https://127.0.0.1:${apiServerPort}`
  const tokens = await writeCredentials(dir)
  const kubeconfigFor = (token: string, name: string) => writeKubeconfig(dir, url, name, token)
  const kubeconfigFile = await kubeconfigFor(tokens.admin, 'admin')
  const children = openChildren(dir, options.dir === undefined ? dir : '')

  const kubectl = (args: readonly string[], stdin = '') =>
    runKubectl(join(bin, 'kubectl'), dir, [`--kubeconfig=${kubeconfigFile}`, ...args], stdin)
  const launch = (name: string, args: readonly string[]) => children.start(name, join(bin, name), args)

  /** Repeats a kubectl command until it succeeds. */
  const until = async (args: readonly string[], stdin?: string) => {
    const deadline = performance.now() + readyWithinMs
    for (;;) {
      const { code, stderr } = await kubectl(args, stdin)
      if (code === 0) return
      await children.check()
      if (performance.now() > deadline)
        throw new Error(`kubectl ${args.join(' ')}: still not after a minute: ${stderr}`)
      await delay(100)
    }
  }

  let apiServer: Child | undefined
  const stopApiServer = async () => {
    await apiServer?.kill()
    apiServer = undefined
  }
  const startApiServer = async () => {
    if (apiServer) throw new Error('the API server runs already')
    apiServer = launch('kube-apiserver', apiServerArgs(place))
    await until(['get', '--raw=/readyz'])
  }

  try {
    launch('etcd', etcdArgs(place))
    await startApiServer()
    const kubeconfigOf = (user: Exclude<keyof typeof tokens, 'admin' | 'visitor'>) => kubeconfigFor(tokens[user], user)
    launch('kube-controller-manager', controllerManagerArgs(place, await kubeconfigOf('kube-controller-manager')))
    launch('kube-scheduler', schedulerArgs(await kubeconfigOf('kube-scheduler')))
    launch('kwok', kwokArgs(await kubeconfigOf('kwok')))
    await until(['apply', '--filename=-'], JSON.stringify(node))
    await Promise.all([
      until(['wait', '--for=condition=Ready', 'node/node-1', '--timeout=5s']),
      until(['wait', '--for=create', 'serviceaccount/default', '--namespace=default', '--timeout=5s']),
    ])
  } catch (error) {
    await children.stopAll()
    throw error
  }

  return {
    url,
    dir,
    kubeconfigFile,
    adminToken: tokens.admin,
    visitorToken: tokens.visitor,
    kubeconfigFor,
    kubectl,
    auditLog: () => readAuditLog(join(dir, 'audit.log')),
    stopApiServer,
    startApiServer,
    async restartApiServer() {
      await stopApiServer()
      await startApiServer()
    },
    stop: () => children.stopAll(),
  }
}

const node = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'node-1', labels: { 'kubernetes.io/hostname': 'node-1', 'kubernetes.io/os': 'linux' } },
}
