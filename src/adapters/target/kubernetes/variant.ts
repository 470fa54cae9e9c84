import type { Json } from '../../../core/canonical.ts'
import type { Variation } from '../../../core/drill/fault.ts'
import { Fault } from '../../../core/fault.ts'
import type { Release } from '../../../core/release/release.ts'
import { type TextKey, wording } from '../../../text/say.ts'
import { drillAnnotation } from './annotations.ts'
import { unitName } from './config.ts'
import type { Room } from './room.ts'
import { factsOf } from './slim.ts'
import { asObject, normalised, objectsOf, type Template, textOf, versionOf } from './template.ts'
import { type JsonObject, Workload } from './wire.ts'

/** A label's value has at most so many characters. */
const longestLabel = 63
const versionLabel = 'app.kubernetes.io/version'

/** A release that differs from what runs now as a drill asks; kept in the store, and not on the cluster. See `Connection.variant`. */
export async function variantOf(
  room: Room,
  variation: Variation,
  drill: string,
  signal: AbortSignal,
): Promise<Release> {
  const live = await room.api.get({ ...room.workload, verb: 'get' }, Workload, signal)
  if (staysBroken(room, live)) throw refused(room, 'kubernetes.drill-by-hand')
  const now = normalised(live.spec.template)
  // What another drill left is not what is to be put back after this one.
  if (factsOf(now).drill !== undefined) throw refused(room, 'kubernetes.drill-left')
  const template = varied(now, variation, drill)
  if (!template) throw refused(room, 'kubernetes.no-container')
  const { digest, version, images } = factsOf(template)
  room.templates.put(digest, template as Json)
  const since = room.clock.now().toString({ smallestUnit: 'second' })
  return { id: digest, version, images, since, drill, kept: 'target' }
}

/** Where broken pods stay until somebody deletes them, whatever the template is by then: nothing could be put back without a hand. */
const staysBroken = ({ unit }: Room, { spec }: Workload): boolean =>
  (unit.kind === 'StatefulSet' && spec.podManagementPolicy !== 'Parallel') || spec.updateStrategy?.type === 'OnDelete'

/** Null where there is no such container. The annotation tells for ever that a drill made it, and makes it this drill's own. */
export function varied(template: Template, variation: Variation, drill: string): Template | null {
  const spec = asObject(template.spec)
  const containers = objectsOf(spec.containers)
  const name = variation.container ?? textOf(containers[0]?.name)
  if (!containers.some((container) => container.name === name)) return null
  const meta = asObject(template.metadata)
  const tag = variation.image === null ? undefined : /:([^:/@]+)$/.exec(variation.image)?.[1]
  const version = (tag ?? `${versionOf(template).slice(0, longestLabel - '-drill'.length)}-drill`).slice(
    0,
    longestLabel,
  )
  return {
    ...template,
    metadata: {
      ...meta,
      annotations: { ...asObject(meta.annotations), [drillAnnotation]: drill },
      labels: { ...asObject(meta.labels), [versionLabel]: version },
    },
    spec: {
      ...spec,
      containers: containers.map((container) => (container.name === name ? changed(container, variation) : container)),
    },
  }
}

function changed(container: JsonObject, { image, command, args, env }: Variation): JsonObject {
  const others = objectsOf(container.env).filter((entry) => !(textOf(entry.name) in env))
  const set = Object.entries(env).map(([name, value]) => ({ name, value }))
  return {
    ...container,
    ...(image !== null && { image }),
    ...(command !== null && { command: [...command] }),
    ...(args !== null && { args: [...args] }),
    // Ours first: a variable may refer only to those before it.
    ...(set.length > 0 && { env: [...set, ...others] }),
  }
}

const refused = (room: Room, code: TextKey & `kubernetes.${string}`): Fault =>
  new Fault({ code, retry: 'no', hint: wording(code, { what: unitName(room.unit) }) })
