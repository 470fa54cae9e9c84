import { createHash } from 'node:crypto'
import type { RouteResponse } from '../../ports/adapter.ts'
import type { Language } from '../../text/language.ts'
import { sayPlain, type TextKey, type Values } from '../../text/say.ts'
import { Html, html } from './html.ts'
import { style } from './style.ts'

/** Says a text in the reader's language. */
export type Say = (key: TextKey, values?: Values) => string

/** Only our own style, by its hash: no script, no image, no form, no frame. https://www.w3.org/TR/CSP3/ */
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** A whole page. `title` is both the window's and the heading. */
export function page(status: number, language: Language, title: string, content: Html): RouteResponse {
  const { markup } = html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Astern</title>
<style>${new Html(style)}</style>
</head>
<body>
<h1>${title}</h1>
${content}
</body>
</html>
`
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy,
    vary: 'accept-language',
  }
  return { status, headers, body: markup }
}

/** Chinese where the browser prefers it over English, else English. RFC 9110 §12.5.4. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const wishes = (acceptLanguage ?? '').split(',').map((wish) => {
    const [tag = '', ...parameters] = wish.trim().toLowerCase().split(';')
    const weight = parameters.map((parameter) => /^\s*q=([\d.]+)/.exec(parameter)?.[1]).find(Boolean)
    return { tag: tag.split('-')[0], weight: weight === undefined ? 1 : Number(weight) }
  })
  const first = wishes
    .filter(({ tag, weight }) => (tag === 'zh' || tag === 'en') && weight > 0)
    .reduce<{ tag: string | undefined; weight: number } | null>(
      (best, wish) => (best === null || wish.weight > best.weight ? wish : best),
      null,
    )
  return first?.tag === 'zh' ? 'zh-CN' : 'en'
}

export const saying =
  (language: Language): Say =>
  (key, values) =>
    sayPlain(language, key, values)
