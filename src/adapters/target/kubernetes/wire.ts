import { z } from 'zod'
import type { Json } from '../../../core/canonical.ts'

/** An object of JSON whose fields we pass on untouched, also those we do not know. */
export type JsonObject = { readonly [key: string]: Json }

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value)
const raw = z.custom<JsonObject>(isObject)
const strings = z.record(z.string(), z.string())
/** Go writes an absent thing as null, or not at all. */
const maybe = <T extends z.ZodType>(of: T) => of.nullish().transform((value) => value ?? undefined)
const many = <T extends z.ZodType>(of: T) =>
  z
    .array(of)
    .nullish()
    .transform((value) => value ?? [])

// Only what Astern reads; zod drops the rest, and that is what keeps the cached objects slim.
const Meta = z.object({
  name: z.string(),
  uid: z.string(),
  resourceVersion: z.string(),
  generation: z.number().optional(),
  creationTimestamp: maybe(z.string()),
  deletionTimestamp: maybe(z.string()),
  labels: maybe(strings),
  annotations: maybe(strings),
  ownerReferences: many(
    z.object({ kind: z.string(), name: z.string(), uid: z.string(), controller: z.boolean().optional() }),
  ),
  managedFields: many(
    z.object({
      manager: z.string().optional(),
      operation: z.string().optional(),
      time: z.string().optional(),
      subresource: z.string().optional(),
      fieldsV1: maybe(raw),
    }),
  ),
})
export type Meta = z.infer<typeof Meta>

const Condition = z.object({
  type: z.string(),
  status: z.string(),
  reason: z.string().optional(),
  message: z.string().optional(),
  lastUpdateTime: maybe(z.string()),
})
export type Condition = z.infer<typeof Condition>

const IntOrPercent = z.union([z.number(), z.string()])

/** Deployment, StatefulSet and DaemonSet of apps/v1: what they have in common, and each one's own, optional. */
export const Workload = z.object({
  metadata: Meta,
  spec: z.object({
    template: raw,
    replicas: z.number().optional(),
    paused: z.boolean().optional(),
    podManagementPolicy: z.string().optional(),
    strategy: maybe(
      z.object({
        type: z.string().optional(),
        rollingUpdate: maybe(z.object({ maxSurge: IntOrPercent.optional(), maxUnavailable: IntOrPercent.optional() })),
      }),
    ),
    updateStrategy: maybe(
      z.object({ type: z.string().optional(), rollingUpdate: maybe(z.object({ partition: z.number().optional() })) }),
    ),
  }),
  status: z
    .object({
      observedGeneration: z.number().default(0),
      replicas: z.number().default(0),
      readyReplicas: z.number().default(0),
      updatedReplicas: z.number().default(0),
      availableReplicas: z.number().default(0),
      currentRevision: z.string().optional(),
      updateRevision: z.string().optional(),
      desiredNumberScheduled: z.number().default(0),
      updatedNumberScheduled: z.number().default(0),
      numberAvailable: z.number().default(0),
      numberReady: z.number().default(0),
      conditions: many(Condition),
    })
    .prefault({}),
})
export type Workload = z.infer<typeof Workload>

export const ReplicaSet = z.object({
  metadata: Meta,
  spec: z.object({ template: raw, replicas: z.number().default(0) }),
  status: z.object({ availableReplicas: z.number().default(0) }).prefault({}),
})
export type ReplicaSet = z.infer<typeof ReplicaSet>

export const ControllerRevision = z.object({
  metadata: Meta,
  revision: z.number(),
  /** Whatever its controller keeps there; those of apps/v1 keep `spec.template`. */
  data: maybe(raw),
})
export type ControllerRevision = z.infer<typeof ControllerRevision>

const ContainerState = z.object({
  waiting: maybe(z.object({ reason: z.string().optional(), message: z.string().optional() })),
  terminated: maybe(z.object({ reason: z.string().optional(), exitCode: z.number().optional() })),
})

export const Pod = z.object({
  metadata: Meta,
  status: z
    .object({
      phase: z.string().optional(),
      conditions: many(Condition),
      initContainerStatuses: z.lazy(() => many(ContainerStatus)),
      containerStatuses: z.lazy(() => many(ContainerStatus)),
    })
    .prefault({}),
})
export type Pod = z.infer<typeof Pod>

const ContainerStatus = z.object({
  name: z.string(),
  imageID: z.string().default(''),
  ready: z.boolean().default(false),
  restartCount: z.number().default(0),
  state: maybe(ContainerState),
  lastState: maybe(ContainerState),
})
export type ContainerStatus = z.infer<typeof ContainerStatus>

export const PodEvent = z.object({
  type: z.string().optional(),
  reason: z.string().optional(),
  message: z.string().optional(),
  count: maybe(z.number()),
  lastTimestamp: maybe(z.string()),
  eventTime: maybe(z.string()),
})
export type PodEvent = z.infer<typeof PodEvent>

/** A ConfigMap or Secret: which keys it has and when it changed; never a value. */
export const Bag = z.object({
  metadata: Meta,
  data: maybe(
    z.record(
      z.string(),
      z.unknown().transform(() => true),
    ),
  ),
  binaryData: maybe(
    z.record(
      z.string(),
      z.unknown().transform(() => true),
    ),
  ),
})
export type Bag = z.infer<typeof Bag>

export const Quota = z.object({
  metadata: Meta,
  spec: z.object({ scopes: many(z.string()), scopeSelector: maybe(raw) }).prefault({}),
  status: z.object({ hard: maybe(strings), used: maybe(strings) }).prefault({}),
})
export type Quota = z.infer<typeof Quota>

/** https://github.com/kubernetes/community/blob/master/contributors/devel/sig-architecture/api-conventions.md#response-status-kind */
export const Status = z.object({
  code: z.number().optional(),
  reason: z.string().optional(),
  details: maybe(
    z.object({
      retryAfterSeconds: z.number().optional(),
      causes: many(z.object({ reason: z.string().optional(), field: z.string().optional() })),
    }),
  ),
})
export type Status = z.infer<typeof Status>

export const List = z.object({
  metadata: z.object({ resourceVersion: z.string().default(''), continue: z.string().optional() }),
  items: many(z.unknown()),
})

export const WatchEvent = z.object({ type: z.string(), object: z.unknown() })

export const AccessReview = z.object({ status: z.object({ allowed: z.boolean() }) })
export const Version = z.object({ gitVersion: z.string() })
