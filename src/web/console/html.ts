/** Markup that is safe to send: made by `html` alone. */
export class Html {
  readonly markup: string
  constructor(markup: string) {
    this.markup = markup
  }
}

type Hole = string | number | Html | readonly Html[]

/** A piece of a page. Every value is escaped, unless it is itself such a piece. Attributes must stand in double quotes. */
export function html(parts: TemplateStringsArray, ...holes: readonly Hole[]): Html {
  return new Html(parts.map((part, at) => part + written(holes[at] ?? '')).join(''))
}

function written(hole: Hole): string {
  if (hole instanceof Html) return hole.markup
  if (typeof hole === 'object') return hole.map((piece) => piece.markup).join('')
  return String(hole).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
