import type { Json } from '../../../core/canonical.ts'
import { defineTargetAdapter } from '../../../ports/adapter.ts'
import type { Connection } from '../../../ports/effector.ts'
import { openApi } from './api.ts'
import { KubernetesConfig, KubernetesUnit } from './config.ts'
import { openCredentials } from './credentials.ts'
import { examine } from './doctor.ts'
import { nothingLearnt } from './release.ts'
import type { Room } from './room.ts'
import { openTarget } from './target.ts'
import { variantOf } from './variant.ts'
import { openView, workloadResource } from './view.ts'

/** Deployments, StatefulSets and DaemonSets of one cluster. What it needs and cannot do: README.md. */
export const kubernetes = defineTargetAdapter({
  port: 'target',
  id: 'kubernetes',
  title: 'Kubernetes',
  can: { preview: true, undo: true, repeat: 'guarded' },
  config: KubernetesConfig,
  unit: KubernetesUnit,
  async open(config, given, signal): Promise<Connection> {
    const credentials = await openCredentials(config)
    const closing = new AbortController()
    const api = openApi(credentials, given.clock)
    const view = openView(api, given, AbortSignal.any([signal, closing.signal]))
    const learnt = nothingLearnt()
    const roomOf = (described: Json): Room => {
      const unit = KubernetesUnit.parse(described)
      const { kind, namespace, name } = unit
      const workload = { group: 'apps', resource: workloadResource[kind], namespace, name } as const
      const { clock, templates, registry } = given
      return { unit, workload, api, view, clock, templates, registry, fieldManager: config.fieldManager }
    }
    return {
      doctor: (until) => examine(api, view.units, until),
      target: (unit) => openTarget(roomOf(unit), learnt),
      variant: (unit, variation, drill, until) => variantOf(roomOf(unit), variation, drill, until),
      async close() {
        closing.abort()
        credentials.close()
      },
    }
  },
})
