import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { type Message, startSlack } from '../../src/playground/slack/index.ts'
import { stageConfig } from '../kit/stage-config.ts'
import { workspaceSetup } from '../kit/stage-world.ts'
import { buttonsOf, textOf, untilAsync } from '../kit/story.ts'
import { until } from '../kit/until.ts'
import { type ControlPlane, startControlPlane } from '../live/control-plane/control-plane.ts'
import { inFolder, runBot } from './process.ts'
import { compared, type Measure, median } from './row.ts'

const rounds = 12
const team = 'C0PAYMENT0'
const [mei, tom] = ['U0MEI00000', 'U0TOM00000']
/** The bot's and kubectl's: two workloads alike. */
const [ours, theirs] = ['payment-svc', 'payment-kubectl']

const manifest = (name: string, version: string) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace: 'shop' },
  spec: {
    replicas: 3,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name, 'app.kubernetes.io/version': version } },
      spec: { containers: [{ name: 'app', image: `shop.test/${name}:${version}` }] },
    },
  },
})

async function kubectl(plane: ControlPlane, args: readonly string[], stdin = ''): Promise<void> {
  const { code, stderr } = await plane.kubectl(['--namespace=shop', ...args], stdin)
  if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr}`)
}

async function ship(plane: ControlPlane, version: string): Promise<void> {
  for (const name of [ours, theirs]) {
    await kubectl(
      plane,
      ['apply', '--server-side', '--force-conflicts', '--filename=-'],
      JSON.stringify(manifest(name, version)),
    )
    await kubectl(plane, ['rollout', 'status', `deployment/${name}`])
  }
  // Both begin from rest: no pod of the release before is still going.
  for (const name of [ours, theirs])
    await untilAsync(`${name} is at rest`, async () => {
      const { stdout } = await plane.kubectl(['--namespace=shop', 'get', 'pods', '-l', `app=${name}`, '-o', 'name'])
      return stdout.trim().split('\n').length === 3 ? true : undefined
    })
}

/** When the API server answered the newest write of ours with 200, by its own audit log; epoch milliseconds. */
const acceptedAt = (plane: ControlPlane, since: number): Promise<number> =>
  untilAsync(
    'the patch is accepted',
    async () => {
      const found = (await plane.auditLog()).findLast(
        ({ verb, stage, objectRef, requestURI, responseStatus }) =>
          verb === 'patch' &&
          stage === 'ResponseComplete' &&
          objectRef?.name === ours &&
          requestURI.includes('fieldManager=astern') &&
          !requestURI.includes('dryRun') &&
          responseStatus?.code === 200,
      )
      const at = Date.parse(found?.stageTimestamp ?? '')
      return at >= since ? at : undefined
    },
    60_000,
  )

/** When the record says that something happened to a rollback; epoch milliseconds. */
function recordedAt(file: string, rollback: string, type: string): Promise<number> {
  return untilAsync(
    `${rollback} has ${type}`,
    async () => {
      const db = new Database(file, { readonly: true })
      try {
        const at = db
          .prepare<[string, string], string>(
            'select at from event where stream = ? and type = ? order by position desc',
          )
          .pluck()
          .get(`rollback/${rollback}`, type)
        return at === undefined ? undefined : Date.parse(at)
      } finally {
        db.close()
      }
    },
    60_000,
  )
}

/** Approving a rollback beside `kubectl rollout undo`, in turns, on a real control plane. */
export const rollout: Measure = (say) =>
  inFolder(async (folder) => {
    const plane = await startControlPlane()
    const slack = await startSlack(workspaceSetup)
    await plane.kubectl(['create', 'namespace', 'shop'])
    await ship(plane, 'v1.0.0')
    const kubeconfig = readFileSync(plane.kubeconfigFile, 'utf8')
    const env = {
      SLACK_BOT_TOKEN: 'xoxb-stage-bot',
      SLACK_APP_TOKEN: 'xapp-stage-app',
      KUBECONFIG_EU: kubeconfig,
      KUBECONFIG_US: kubeconfig,
    }
    const ledger = join(folder, 'ledger', 'ledger.db')
    const bot = await runBot({ folder, config: stageConfig(slack.url, {}), env, ledger })
    const cardOf = (id: string): Message | undefined =>
      slack
        .channels()
        .flatMap((channel) => slack.messages(channel.id))
        .find((message) => JSON.stringify(message.metadata ?? '').includes(`/card:${id}"`))
    const has = (message: Message | undefined, action: string) =>
      message && buttonsOf(message.blocks).some(({ action_id }) => action_id === action) ? message : undefined

    /** Everything up to the card that waits for approval. */
    const proposed = async (id: string): Promise<Message> => {
      const before = slack.ephemeral(mei).length
      await slack.as(mei).command(team, `/rollback ${ours}`)
      const choice = await until('the candidates stand', () =>
        slack
          .ephemeral(mei)
          .slice(before)
          .find((message) => has(message, 'rollback.choose')),
      )
      await slack.as(mei).press(choice.channel, choice.ts, 'rollback.choose')
      const view = await until('the dialog opens', () => slack.views(mei).at(-1))
      await slack.as(mei).submit(view.id, { reason: '5xx on pay' })
      return until(`${id} waits for approval`, () => has(cardOf(id), 'rollback.approve'))
    }

    try {
      const times = {
        accepted: [] as number[],
        undo: [] as number[],
        settled: [] as number[],
        undone: [] as number[],
        ended: [] as number[],
        approved: [] as number[],
        started: [] as number[],
      }
      for (let round = -2; round < rounds; round++) {
        await ship(plane, `v1.${round + 3}.0`)
        const id = `R-${round + 3}`
        const card = await proposed(id)
        const clickedAt = Date.now()
        await slack.as(tom).press(card.channel, card.ts, 'rollback.approve')
        const accepted = (await acceptedAt(plane, clickedAt)) - clickedAt
        const settled = (await recordedAt(ledger, id, 'step.settled')) - clickedAt
        const ended = (await recordedAt(ledger, id, 'rollback.ended')) - clickedAt
        await until(`the card of ${id} tells the end`, () => textOf(cardOf(id)?.blocks).includes('✅'), 30_000)
        const began = performance.now()
        await kubectl(plane, ['rollout', 'undo', `deployment/${theirs}`])
        const undo = performance.now() - began
        await kubectl(plane, ['rollout', 'status', `deployment/${theirs}`])
        const undone = performance.now() - began
        if (round < 0) continue
        times.accepted.push(accepted)
        times.undo.push(undo)
        times.settled.push(settled)
        times.undone.push(undone)
        times.ended.push(ended)
        times.approved.push((await recordedAt(ledger, id, 'rollback.approved')) - clickedAt)
        times.started.push((await recordedAt(ledger, id, 'step.started')) - clickedAt)
      }
      const verified = times.ended.map((one, round) => one - (times.settled[round] ?? 0))
      say(`verification and the end after the last step: ${verified.map(Math.round).join(' ')} ms`)
      const middle = [times.approved, times.started, times.accepted].map((some) => Math.round(median(some)))
      say(`from the click to: approved, step started, patch accepted: ${middle.join(', ')} ms`)
      return [
        compared({
          name: 'approve click → patch accepted by the real API server',
          unit: 'ms',
          ours: times.accepted,
          theirs: times.undo,
          beside: 'kubectl rollout undo, whole process',
          atMost: 0.5,
        }),
        compared({
          name: 'approve click → every step settled',
          unit: 'ms',
          ours: times.settled,
          theirs: times.undone,
          beside: 'kubectl rollout undo && kubectl rollout status',
          atMost: 1.1,
        }),
      ]
    } finally {
      await bot.stop('SIGKILL')
      await Promise.all([slack.close(), plane.stop()])
    }
  })
