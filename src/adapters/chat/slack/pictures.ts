import { digestOf, type Json } from '../../../core/canonical.ts'
import { Fault } from '../../../core/fault.ts'
import type { Log } from '../../../ports/log.ts'
import type { Card, Note, Plot, Block as ViewBlock } from '../../../view/view.ts'
import { drawPlot } from '../plot/draw.ts'
import type { Api } from './api.ts'
import { uploaded } from './wire.ts'

/** So many are remembered; one that is not is uploaded again. */
const mostKept = 200

/** Files by the plots that they show. */
export type Shown = ReadonlyMap<Plot, string>

type PlotBlock = Extract<ViewBlock, { kind: 'plot' }>

/** Draws the plots of messages and uploads each once. They are shared nowhere: a message that names the file shows it. */
export class Pictures {
  readonly #api: Api
  readonly #log: Log
  readonly #files = new Map<string, string>()

  constructor(api: Api, log: Log) {
    this.#api = api
    this.#log = log
  }

  /** A plot that cannot be uploaded is missing: its numbers stand in words beside it, and a card never waits for a picture. */
  async of(view: Card | Note, signal: AbortSignal): Promise<Shown> {
    const blocks = view.kind === 'card' ? view.blocks.filter((block) => block.kind === 'plot') : []
    const shown = new Map<Plot, string>()
    for (const block of blocks) {
      const file = await this.#file(block, signal)
      if (file !== null) shown.set(block.plot, file)
    }
    return shown
  }

  async #file({ plot, alt }: PlotBlock, signal: AbortSignal): Promise<string | null> {
    const digest = digestOf(plot as unknown as Json)
    const known = this.#files.get(digest)
    if (known !== undefined) return known
    try {
      const name = `plot-${digest.slice(0, 12)}`
      const file = {
        file: Buffer.from(drawPlot(plot)),
        filename: `${name}.png`,
        title: name,
        alt_text: alt.slice(0, 1000),
      }
      const answer = await this.#api.call('files.uploadV2', file, uploaded, signal)
      const id = answer.files[0]?.files[0]?.id ?? null
      if (id !== null) this.#keep(digest, id)
      return id
    } catch (cause) {
      if (signal.aborted || !(cause instanceof Fault)) throw cause
      this.#log.warn('a plot could not be uploaded', { code: cause.code })
      return null
    }
  }

  #keep(digest: string, file: string): void {
    const [oldest] = this.#files.keys()
    if (this.#files.size >= mostKept && oldest !== undefined) this.#files.delete(oldest)
    this.#files.set(digest, file)
  }
}
