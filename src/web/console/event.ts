import type { Actor } from '../../core/actor.ts'
import type { Recorded } from '../../core/event.ts'
import { type Html, html } from './html.ts'
import type { Say } from './page.ts'

/** Longer payloads are folded away at first. */
const openLines = 24

/** One event with all that the ledger says of it. `link` is where its position leads. */
export function eventArticle(recorded: Recorded, link: string, say: Say): Html {
  const { position, stream, version, at, actor, config, hash, event } = recorded
  const data = prettyJson(event.data)
  const lines = data.split('\n').length
  return html`<article id="e${position}">
<h2><a href="${link}">#${position}</a> <code>${event.type}</code> ${time(at)}</h2>
<dl>
<dt>${say('console.by')}</dt><dd>${actorLine(actor)}</dd>
<dt>${say('console.stream')}</dt><dd><code>${stream}</code> ${version}</dd>
<dt>${say('console.hash')}</dt><dd><code>${hash}</code></dd>
<dt>${say('console.config')}</dt><dd><code>${config}</code></dd>
</dl>
${lines > openLines ? html`<details><summary>${say('console.payload')}</summary><pre>${data}</pre></details>` : html`<pre>${data}</pre>`}
</article>
`
}

/** An instant to the millisecond, in UTC. */
export function time(at: string): Html {
  const shown = Temporal.Instant.from(at).toString({ fractionalSecondDigits: 3 }).replace('T', ' ')
  return html`<time datetime="${at}">${shown}</time>`
}

function actorLine(actor: Actor): string {
  if (actor.kind === 'operator')
    return [actor.kind, actor.person, actor.user && `(${actor.user} on the host)`].filter(Boolean).join(' ')
  if (actor.kind !== 'person') return actor.kind
  const { chat, tenant, user } = actor.account
  return `${actor.person ?? '?'} (${chat} ${tenant} ${user})`
}

/** Signs that turn the direction of writing are spelled out: evidence must read the same way everywhere (Unicode TR36 §2.10). */
function prettyJson(data: unknown): string {
  return (JSON.stringify(data, null, 2) ?? 'null').replace(
    /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
