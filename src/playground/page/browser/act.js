import { h } from './dom.js'
import { place } from './place.js'
import { say } from './texts.js'

const toastMs = 6000

/** Tells something in passing. */
export function toast(text) {
  const note = h('div', { class: 'toast' }, text)
  document.getElementById('toasts').append(note)
  setTimeout(() => note.remove(), toastMs)
}

/** Does something as the person who plays; answers with the outcome, or null when the server was not there. */
export async function act(what) {
  try {
    const response = await fetch('/playground/act', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ as: place.as, ...what }),
    })
    return await response.json()
  } catch {
    toast(say('connecting'))
    return null
  }
}

const away = new Set(['operation_timeout', 'dispatch_failed', 'unreachable'])

/** The same, and says so where it did not work. */
export async function tell(what) {
  const outcome = await act(what)
  if (!outcome?.error) return outcome
  if (what.do === 'command') {
    const [command] = what.line.trim().split(/\s/)
    toast(
      outcome.error === 'unknown_command'
        ? say('unknownCommand', { command })
        : say('commandFailed', { command, why: outcome.error }),
    )
  } else if (away.has(outcome.error)) toast(say('unreachable'))
  else toast(say('failed', { why: outcome.detail ?? outcome.error }))
  return outcome
}
