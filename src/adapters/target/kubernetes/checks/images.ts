import type { Notice, Release } from '../../../../core/release/release.ts'
import { wording } from '../../../../text/say.ts'
import type { Room } from '../room.ts'
import { imageDigestIn, imagesOf, type Template } from '../template.ts'
import type { Found } from './configuration.ts'

/** Whether the images can still be pulled, as far as the registry says. */
export async function checkImages(
  room: Room,
  release: Release,
  template: Template,
  signal: AbortSignal,
): Promise<Found> {
  const blockers: Notice[] = []
  const warnings: Notice[] = []
  const looks = imagesOf(template).map(async ({ container, reference }) => {
    const digest =
      imageDigestIn(reference) ??
      release.images.find((image) => image.container === container && image.reference === reference)?.digest
    const image = await room.registry?.look(reference, digest, signal)
    if (image?.state === 'present') {
      if (digest !== undefined && image.digest !== digest)
        warnings.push({
          code: `kubernetes.image-moved:${reference}`,
          wording: wording('kubernetes.image-moved', {
            reference,
            was: short(digest),
            is: short(image.digest),
          }),
        })
      return
    }
    if (image?.state === 'gone')
      blockers.push({
        code: `kubernetes.image-gone:${reference}`,
        wording: wording('kubernetes.image-gone', { reference }),
      })
    else
      warnings.push({
        code: `kubernetes.image-not-checked:${reference}`,
        wording: wording(`kubernetes.image-not-checked.${image?.why ?? 'no-registry'}`, { reference }),
      })
  })
  await Promise.all(looks)
  return { blockers, warnings }
}

const short = (digest: string): string => digest.slice(0, 'sha256:'.length + 12)
