import { digestOf, type Json } from '../../../core/canonical.ts'
import { Fault } from '../../../core/fault.ts'
import type { Directory } from '../../../ports/chat.ts'
import type { Log } from '../../../ports/log.ts'
import type { Language } from '../../../text/language.ts'
import type { Card, Home, Note, Plot } from '../../../view/view.ts'
import { drawPlot } from '../plot/draw.ts'
import type { Drawn, Space } from './cards.ts'
import type { Files } from './files.ts'
import { drawCard } from './render/card.ts'
import type { Ink } from './render/markdown.ts'

const mostKept = 200

/** Draws views with the names of the moment; uploads each plot once. */
export class Painter {
  readonly #parts: {
    directory: () => Directory
    tenant: string
    timeZone: string
    files: Files
    log: Log
  }
  readonly #media = new Map<string, string>()

  constructor(parts: { directory: () => Directory; tenant: string; timeZone: string; files: Files; log: Log }) {
    this.#parts = parts
  }

  ink(language: Language): Ink {
    const { directory, tenant, timeZone } = this.#parts
    return { directory: directory(), language, tenant, timeZone, mentioned: new Map() }
  }

  async card(view: Card | Note | Home, space: Space, signal?: AbortSignal): Promise<Drawn> {
    const ink = this.ink(view.language)
    const pictures = view.kind === 'card' ? await this.#pictures(view, signal) : new Map()
    return { card: drawCard(view, space, ink, pictures), mentioned: ink.mentioned }
  }

  /** A plot that cannot be uploaded is missing: its numbers stand in words beside it. */
  async #pictures(view: Card, signal?: AbortSignal): Promise<ReadonlyMap<Plot, string>> {
    const shown = new Map<Plot, string>()
    for (const block of view.blocks) {
      if (block.kind !== 'plot') continue
      const media = await this.#picture(block.plot, signal)
      if (media !== null) shown.set(block.plot, media)
    }
    return shown
  }

  async #picture(plot: Plot, signal?: AbortSignal): Promise<string | null> {
    const digest = digestOf(plot as unknown as Json)
    const known = this.#media.get(digest)
    if (known !== undefined) return known
    try {
      const bytes = drawPlot(plot)
      const media = await this.#parts.files.upload('image', `plot-${digest.slice(0, 12)}.png`, bytes, signal)
      const [oldest] = this.#media.keys()
      if (this.#media.size >= mostKept && oldest !== undefined) this.#media.delete(oldest)
      this.#media.set(digest, media)
      return media
    } catch (cause) {
      if (signal?.aborted || !(cause instanceof Fault)) throw cause
      this.#parts.log.warn('a plot could not be uploaded', { code: cause.code })
      return null
    }
  }
}
