import type { Clock } from '../../../ports/clock.ts'
import type { Registry } from '../../../ports/registry.ts'
import type { TemplateStore } from '../../../ports/store.ts'
import type { Api } from './api.ts'
import type { KubernetesUnit } from './config.ts'
import type { Ask } from './fault.ts'
import type { View } from './view.ts'

/** What everything that is done to one workload needs. */
export interface Room {
  readonly unit: KubernetesUnit
  /** The workload as the API server's authorization names it; the verb is added. */
  readonly workload: Omit<Ask, 'verb'>
  readonly api: Api
  readonly view: View
  readonly clock: Clock
  readonly templates: TemplateStore
  readonly registry: Registry | null
  readonly fieldManager: string
}
