import type { Clock } from '../../../ports/clock.ts'
import type { Api } from './api.ts'
import { Pace } from './pace.ts'
import { probesOf, type Section, sectionMarkdown } from './render/markdown.ts'
import { done, sectionsFound } from './wire.ts'

/** canvases.edit and canvases.sections.lookup are tier 3. */
const editRate = { burst: 20, everyMs: 1300 }

/**
 * A canvas that people write in too. Slack tells no contents, only which paragraphs hold a text; so each line of ours is looked
 * for, and only one that still stands as we wrote it is taken away. Every step may be repeated.
 */
export class Canvas {
  readonly #api: Api
  readonly #pace: Pace

  constructor(api: Api, clock: Clock) {
    this.#api = api
    this.#pace = new Pace(clock, editRate)
  }

  /** Brings the sections by Astern from `old` to `wanted`; those by people are left alone once they stand. */
  async refresh(id: string, old: readonly Section[], wanted: readonly Section[], signal: AbortSignal): Promise<void> {
    const all = wanted.flatMap((section) => section.lines)
    for (const section of wanted) {
      const before = old.find((one) => one.id === section.id)
      if (before && (section.by === 'people' || same(before.lines, section.lines))) continue
      const heading = await this.#heading(id, section, signal)
      if (heading === null) await this.#edit(id, 'insert_at_end', undefined, sectionMarkdown(section), signal)
      else if (section.by === 'astern') await this.#lines(id, heading, before?.lines ?? [], section.lines, all, signal)
    }
  }

  /** Whether this canvas is the one we made for these sections. */
  async holds(id: string, sections: readonly Section[], signal: AbortSignal): Promise<boolean> {
    for (const section of sections) if ((await this.#heading(id, section, signal)) === null) return false
    return sections.length > 0
  }

  async #lines(
    id: string,
    heading: string,
    old: readonly string[],
    wanted: readonly string[],
    all: readonly string[],
    signal: AbortSignal,
  ): Promise<void> {
    const above: string[] = []
    let missing: string[] = []
    const insert = async () => {
      if (missing.length === 0) return
      const anchor = await this.#anchor(id, above, heading, signal)
      await this.#edit(id, 'insert_after', anchor, missing.join('\n\n'), signal)
      above.push(...missing)
      missing = []
    }
    for (const line of wanted) {
      // One that an interrupted refresh brought already is not brought twice.
      const stands = old.includes(line) || (await this.#find(id, line, signal)).length >= count(all, line)
      if (stands) {
        await insert()
        above.push(line)
      } else missing.push(line)
    }
    await insert()
    for (const line of old.filter((one) => !all.includes(one))) {
      const [found, ...others] = await this.#find(id, line, signal)
      // Not found: people changed it, so it is theirs. Found twice: nobody knows which is ours.
      if (found && others.length === 0) await this.#edit(id, 'delete', found, undefined, signal)
    }
  }

  /** The nearest line of ours above that still stands, else the heading. */
  async #anchor(id: string, above: readonly string[], heading: string, signal: AbortSignal): Promise<string> {
    for (const line of above.toReversed()) {
      const [found, ...others] = await this.#find(id, line, signal)
      if (found && others.length === 0) return found
    }
    return heading
  }

  /** Paragraphs that hold every piece of the line. */
  async #find(id: string, line: string, signal: AbortSignal): Promise<readonly string[]> {
    const [first, ...more] = probesOf(line)
    if (first === undefined) return []
    let found = await this.#lookup(id, { contains_text: first }, signal)
    for (const probe of more) {
      if (found.length === 0) break
      const ids = await this.#lookup(id, { contains_text: probe }, signal)
      found = found.filter((one) => ids.includes(one))
    }
    return found
  }

  async #heading(id: string, section: Section, signal: AbortSignal): Promise<string | null> {
    const [contains_text] = probesOf(section.heading)
    const criteria = { section_types: ['any_header'], contains_text: contains_text ?? section.heading }
    return (await this.#lookup(id, criteria, signal))[0] ?? null
  }

  async #lookup(canvas_id: string, criteria: object, signal: AbortSignal): Promise<string[]> {
    await this.#pace.turn(signal)
    const { sections } = await this.#api.call(
      'canvases.sections.lookup',
      { canvas_id, criteria },
      sectionsFound,
      signal,
    )
    return sections.map((section) => section.id)
  }

  /** Slack takes one change a call. */
  async #edit(
    canvas_id: string,
    operation: 'insert_after' | 'insert_at_end' | 'delete',
    section_id: string | undefined,
    markdown: string | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    const change = {
      operation,
      ...(section_id === undefined ? {} : { section_id }),
      ...(markdown === undefined ? {} : { document_content: { type: 'markdown', markdown } }),
    }
    await this.#pace.turn(signal)
    await this.#api.call('canvases.edit', { canvas_id, changes: [change] }, done, signal)
  }
}

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((line, index) => line === b[index])

const count = (lines: readonly string[], line: string): number => lines.filter((one) => one === line).length
