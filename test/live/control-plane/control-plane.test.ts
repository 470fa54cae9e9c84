import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ControlPlane, startControlPlane } from './control-plane.ts'

let controlPlane: ControlPlane
beforeAll(async () => {
  controlPlane = await startControlPlane()
})
afterAll(() => controlPlane?.stop())

/** Runs kubectl, which must succeed, and returns what it says. */
async function kubectl(args: string, stdin?: string): Promise<string> {
  const { code, stdout, stderr } = await controlPlane.kubectl(args.split(' '), stdin)
  if (code !== 0) throw new Error(`kubectl ${args}: ${stderr}`)
  return stdout.trim()
}

async function deploy(name: string, image: string): Promise<void> {
  const labels = { app: name }
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'app', image }] } },
    },
  }
  await kubectl('apply -f -', JSON.stringify(deployment))
}

async function eventually<T>(read: () => Promise<T>, wanted: (seen: T) => boolean, withinMs = 30_000): Promise<T> {
  const deadline = performance.now() + withinMs
  for (;;) {
    const seen = await read()
    if (wanted(seen) || performance.now() > deadline) return seen
    await delay(100)
  }
}

const waitingReasons = (app: string) =>
  kubectl(`get pods -l app=${app} -o jsonpath={.items[*].status.containerStatuses[*].state.waiting.reason}`)
const image = (deployment: string) =>
  kubectl(`get deployment ${deployment} -o jsonpath={.spec.template.spec.containers[0].image}`)
const readyReplicas = (deployment: string) =>
  kubectl(`get deployment ${deployment} -o jsonpath={.status.readyReplicas}`)

describe('a real control plane', () => {
  test.skipIf(process.env.KUBEBUILDER_ASSETS)('is the version that go.mod names', async () => {
    const goMod = await readFile(new URL('go/kubernetes/go.mod', import.meta.url), 'utf8')
    const version = /k8s\.io\/kubernetes (v\S+)/.exec(goMod)?.[1]
    expect(JSON.parse(await kubectl('version -o json'))).toMatchObject({
      clientVersion: { gitVersion: version },
      serverVersion: { gitVersion: version },
    })
  })

  test('makes a Deployment ready, lets a bad image crash-loop, and kubectl rollout undo brings it back', async () => {
    await deploy('checkout', 'registry.local/checkout:v1')
    await kubectl('rollout status deployment/checkout --timeout=30s')
    expect(await readyReplicas('checkout')).toBe('2')

    await kubectl('set image deployment/checkout app=registry.local/checkout:bad-2')
    expect(
      await eventually(
        () => waitingReasons('checkout'),
        (seen) => seen !== '',
      ),
    ).toBe('CrashLoopBackOff')
    expect(await kubectl('get deployment checkout -o jsonpath={.status.updatedReplicas}')).toBe('1')

    await kubectl('rollout undo deployment/checkout')
    await kubectl('rollout status deployment/checkout --timeout=30s')
    expect(await image('checkout')).toBe('registry.local/checkout:v1')
    expect(await readyReplicas('checkout')).toBe('2')
    expect(
      await eventually(
        () => waitingReasons('checkout'),
        (seen) => seen === '',
      ),
    ).toBe('')
  })

  test('plays the other fates that a tag can ask for', async () => {
    await Promise.all([
      deploy('never', 'registry.local/app:never-1'),
      deploy('gone', 'registry.local/app:gone-1'),
      deploy('slow', 'registry.local/app:slow-1'),
      deploy('digest', `registry.local/app@sha256:bad${'0'.repeat(61)}`),
    ])
    await kubectl('rollout status deployment/digest --timeout=30s')
    expect(
      await eventually(
        () => waitingReasons('gone'),
        (seen) => seen.split(' ').length === 2,
      ),
    ).toBe('ImagePullBackOff ImagePullBackOff')
    const slowStartedAt = performance.now()
    expect(await readyReplicas('slow')).toBe('')
    await kubectl('rollout status deployment/slow --timeout=30s')
    expect(performance.now() - slowStartedAt).toBeGreaterThan(2_000)
    expect(await kubectl('get pods -l app=never -o jsonpath={.items[*].status.phase}')).toBe('Running Running')
    expect(await readyReplicas('never')).toBe('')
  })

  test('tells who wrote, and knows a real service account by its token', async () => {
    await kubectl('create namespace rights')
    await kubectl('create serviceaccount deployer -n rights')
    await kubectl('create role deployer -n rights --verb=get,create,patch --resource=configmaps')
    await kubectl('create rolebinding deployer -n rights --role=deployer --serviceaccount=rights:deployer')
    const token = await kubectl('create token deployer -n rights')
    const kubeconfig = await controlPlane.kubeconfigFor(token, 'deployer')
    const visitor = await controlPlane.kubeconfigFor(controlPlane.visitorToken, 'visitor')

    const create = (name: string) => `create configmap ${name} -n rights --from-literal=a=b --field-manager=mine`
    await kubectl(`${create('one')} --kubeconfig=${kubeconfig}`)
    const refused = await controlPlane.kubectl(`${create('two')} --kubeconfig=${visitor}`.split(' '))
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('"visitor" cannot create') })

    const log = await controlPlane.auditLog()
    const writes = log.filter(({ verb, objectRef }) => verb === 'create' && objectRef?.namespace === 'rights')
    expect(
      writes
        .filter(({ objectRef }) => objectRef?.resource === 'configmaps')
        .map(({ user, responseStatus }) => [user.username, responseStatus?.code]),
    ).toEqual([
      ['system:serviceaccount:rights:deployer', 201],
      ['visitor', 403],
    ])
    expect(writes.find(({ objectRef }) => objectRef?.name === 'one')).toMatchObject({
      requestURI: expect.stringContaining('fieldManager=mine'),
      requestObject: { data: { a: 'b' } },
    })
    expect(JSON.stringify(log)).not.toContain(token)
  })

  test('survives that its API server is stopped and started', async () => {
    await deploy('before', 'registry.local/app:v1')
    await kubectl('rollout status deployment/before --timeout=30s')
    await controlPlane.stopApiServer()
    expect(await controlPlane.kubectl(['get', 'nodes'])).toMatchObject({ code: 1 })
    await controlPlane.startApiServer()
    expect(await readyReplicas('before')).toBe('2')

    await controlPlane.restartApiServer()
    await deploy('after', 'registry.local/app:v1')
    await kubectl('rollout status deployment/after --timeout=60s')
    expect(await readyReplicas('after')).toBe('2')
  })
})

test('nothing outlives the process that started it, even if that is killed', async () => {
  const main = fileURLToPath(new URL('main.ts', import.meta.url))
  const child = spawn(process.execPath, [main], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [kubeconfig] = await once(createInterface(child.stdout), 'line')
  const port = Number(/server: https:\/\/127\.0\.0\.1:(\d+)/.exec(await readFile(kubeconfig, 'utf8'))?.[1])
  expect(await answers(port)).toBe(true)
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(
    await eventually(
      () => answers(port),
      (seen) => !seen,
    ),
  ).toBe(false)
  expect(
    await eventually(
      async () => existsSync(dirname(kubeconfig)),
      (seen) => !seen,
    ),
  ).toBe(false)
})

function answers(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const socket = connect(port, '127.0.0.1', () => resolve(true)).once('error', () => resolve(false))
  return promise.finally(() => socket.destroy())
}
