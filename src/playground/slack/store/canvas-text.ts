/** Markdown in the pieces a canvas is edited by: a heading, or a paragraph, list or code block between blank lines. */
export function splitSections(markdown: string): string[] {
  const sections: string[] = []
  let current: string[] = []
  let fenced = false
  const flush = (): void => {
    if (current.length > 0) sections.push(current.join('\n'))
    current = []
  }
  for (const line of markdown.replaceAll('\r\n', '\n').split('\n')) {
    if (/^\s*```/.test(line)) fenced = !fenced
    if (fenced) current.push(line)
    else if (line.trim() === '') flush()
    else if (/^#{1,6}\s/.test(line)) {
      flush()
      sections.push(line)
    } else current.push(line)
  }
  flush()
  return sections
}

/** 1 for `#`, up to 6; 0 for what is no heading. */
export function headingLevel(section: string): number {
  return /^(#{1,6})\s/.exec(section)?.[1]?.length ?? 0
}
