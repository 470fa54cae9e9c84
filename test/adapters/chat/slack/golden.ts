import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect } from 'vitest'

const folder = new URL('./golden/', import.meta.url)

/** Compares with the file of that name; `UPDATE=1` writes it anew. */
export function expectGolden(name: string, content: string): void {
  const file = new URL(name, folder)
  if (process.env.UPDATE === '1') {
    mkdirSync(folder, { recursive: true })
    writeFileSync(file, content)
  }
  expect(content).toBe(readFileSync(file, 'utf8'))
}

type Wire = Readonly<Record<string, unknown>>

const list = (value: unknown): Wire[] => (Array.isArray(value) ? (value as Wire[]) : [])
const glyphs: Readonly<Record<string, string>> = { pending: '○', in_progress: '◐', complete: '●', error: '✕' }

/** Block Kit as people would see it, for reading; the JSON beside it is what is sent. */
export function sketch(blocks: unknown): string {
  return `${list(blocks).flatMap(block).join('\n')}\n`
}

function block(one: Wire): string[] {
  switch (one.type) {
    case 'rich_text':
      return list(one.elements).flatMap(part)
    case 'context':
      return list(one.elements).map((element) => `  ${word(element)}`)
    case 'plan':
      return [`▸ ${one.title}`, ...list(one.tasks).flatMap(task)]
    case 'actions':
      return [list(one.elements).map(button).join('  ')]
    case 'input':
      return [`${word(one.label as Wire)}: ${input(one.element as Wire)}`]
    default:
      return ['─'.repeat(20)]
  }
}

function part(one: Wire): string[] {
  const inner = list(one.elements)
  if (one.type === 'rich_text_list') return inner.map((item) => `• ${list(item.elements).map(word).join('')}`)
  const text = inner.map(word).join('')
  return one.type === 'rich_text_preformatted' ? text.split('\n').map((line) => `│ ${line}`) : text.split('\n')
}

function task(one: Wire): string[] {
  const details = list((one.details as Wire | undefined)?.elements)
    .flatMap(part)
    .join(' ')
  return [`  ${glyphs[String(one.status)]} ${one.title}${details === '' ? '' : `  ${details}`}`]
}

function button(one: Wire): string {
  if (one.type === 'overflow')
    return `More ▾ (${list(one.options)
      .map((option) => word(option.text as Wire))
      .join(' · ')}${one.confirm ? ' — asks back' : ''})`
  return `[ ${word(one.text as Wire)} ]`
}

function input(one: Wire): string {
  if (!one.options) return '________'
  const initial = JSON.stringify(one.initial_option)
  return list(one.options)
    .map((option) => `${JSON.stringify(option) === initial ? '◉' : '○'} ${word(option.text as Wire)}`)
    .join('  ')
}

function word(one: Wire): string {
  switch (one.type) {
    case 'user':
      return `@${one.user_id}`
    case 'channel':
      return `#${one.channel_id}`
    case 'date':
      return String(one.fallback)
    case 'link':
      return `${one.text} ↗`
    default: {
      const style = one.style as { bold?: boolean } | undefined
      return style?.bold ? `*${one.text}*` : String(one.text)
    }
  }
}
