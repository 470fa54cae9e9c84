import { Fault } from '../../../core/fault.ts'
import type { Notice, Release } from '../../../core/release/release.ts'
import type { Change } from '../../../ports/effector.ts'
import { wording } from '../../../text/say.ts'
import { telling } from './annotations.ts'
import { onlyNoise } from './apply.ts'
import type { ChangeData } from './change.ts'
import { checkConfiguration, type Found, joined } from './checks/configuration.ts'
import { checkImages } from './checks/images.ts'
import { checkQuota } from './checks/quota.ts'
import { rolloutBlockers, rolloutWarnings } from './checks/rollout.ts'
import { fieldsOf } from './fault.ts'
import { restoringPatch } from './patch.ts'
import { previewLines } from './preview.ts'
import type { Room } from './room.ts'
import { normalised, type Template, templateDigest } from './template.ts'
import { wantedTemplate } from './wanted.ts'
import { Workload } from './wire.ts'
import { writerNotices, writersOf } from './writers.ts'

const attempts = 5

/** What going back to a release would do, found out without doing it. See `Effector.plan`. */
export async function planChange(room: Room, release: Release, signal: AbortSignal): Promise<Change> {
  const [live, seen] = await Promise.all([
    room.api.get({ ...room.workload, verb: 'get' }, Workload, signal),
    room.view.see(room.unit, signal),
  ])
  const from = normalised(live.spec.template)
  const etag = templateDigest(from)
  const data = {
    unit: room.unit,
    uid: live.metadata.uid,
    to: release.id,
    becomes: release.id,
    version: release.version,
    ...(release.drill !== undefined && { drill: release.drill }),
    ...(release.by !== undefined && { by: release.by }),
    ...(release.run !== undefined && { run: { ...release.run } }),
  }
  const writers = writerNotices(writersOf(live.metadata))
  if (etag === release.id) return { etag, preview: [], blockers: [], warnings: writers, alreadyThere: true, data }

  const template = await wantedTemplate(room, release.id, signal)
  if (!template) {
    const text = wording('kubernetes.template-unknown', { version: release.version })
    const blockers = [...rolloutBlockers(seen, live), { code: 'kubernetes.template-unknown', wording: text }]
    return { etag, preview: [], blockers, warnings: writers, alreadyThere: false, data }
  }
  const [tried, ...checks] = await Promise.all([
    tryOut(room, data, template, signal),
    checkConfiguration(room, release, template, signal),
    checkImages(room, release, template, signal),
    checkQuota(room, seen, live, release, template, signal),
  ])
  const found = joined([tried.found, ...checks])
  const unknown = { code: 'kubernetes.database', wording: wording('kubernetes.database') }
  const databaseUnknown = { ...unknown, settledBy: 'migrations' } as const
  return {
    etag,
    preview: previewLines(from, tried.becomes),
    blockers: byCode([...rolloutBlockers(seen, live), ...found.blockers]),
    warnings: byCode([...writers, ...rolloutWarnings(live), ...found.warnings, databaseUnknown]),
    alreadyThere: false,
    data: { ...data, becomes: templateDigest(tried.becomes) },
  }
}

/** The server-side dry run of the very patch that `apply` sends: https://kubernetes.io/docs/reference/using-api/api-concepts/#dry-run */
async function tryOut(
  room: Room,
  data: ChangeData,
  template: Template,
  signal: AbortSignal,
): Promise<{ becomes: Template; found: Found }> {
  const at = room.clock.now().toString({ smallestUnit: 'second' })
  for (let attempt = 1; ; attempt += 1) {
    const live = await room.api.get({ ...room.workload, verb: 'get' }, Workload, signal)
    const patch = restoringPatch(live.metadata, template, telling(data, 'preview', data.to, at))
    try {
      const options = { dryRun: true, fieldManager: room.fieldManager }
      const result = await room.api.patch({ ...room.workload, verb: 'patch' }, patch, options, Workload, signal)
      const becomes = normalised(result.spec.template)
      const altered = templateDigest(becomes) !== data.to
      const warnings = altered ? [{ code: 'kubernetes.altered', wording: wording('kubernetes.altered') }] : []
      return { becomes, found: { blockers: [], warnings } }
    } catch (error) {
      if (attempt < attempts && (await onlyNoise(room, live, error, signal))) continue
      return { becomes: template, found: await refusal(room, error, signal) }
    }
  }
}

/** Why the dry run was refused; throws what is no refusal. */
async function refusal(room: Room, error: unknown, signal: AbortSignal): Promise<Found> {
  if (!(error instanceof Fault)) throw error
  const blocked = (notice: Notice): Found => ({ blockers: [notice], warnings: [] })
  const ask = { ...room.workload, verb: 'patch' } as const
  switch (error.code) {
    case 'kubernetes.invalid': {
      const fields = fieldsOf(error)
      const text =
        fields.length > 0
          ? wording('kubernetes.invalid-fields', { fields: { list: fields } })
          : wording('kubernetes.invalid-somehow')
      return blocked({ code: 'kubernetes.invalid', wording: text })
    }
    case 'kubernetes.forbidden':
      // RBAC and admission answer alike; the access review tells them apart.
      return (await room.api.allowed(ask, signal))
        ? blocked({ code: 'kubernetes.admission', wording: wording('kubernetes.admission') })
        : blocked({ code: 'kubernetes.forbidden', wording: error.hint })
    case 'kubernetes.refused': {
      // For example an admission webhook that does not support dry runs.
      const text = wording('kubernetes.dry-run-refused')
      return { blockers: [], warnings: [{ code: 'kubernetes.dry-run-refused', wording: text }] }
    }
    default:
      throw error
  }
}

/** In a fixed order, so that two plans of the same facts are equal. */
const byCode = (notices: readonly Notice[]): Notice[] =>
  [...notices].sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0))
