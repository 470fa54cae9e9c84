import { me } from './place.js'
import { locale } from './texts.js'

const formats = new Map()

function format(at, options) {
  const timeZone = me()?.timeZone ?? 'UTC'
  const key = `${locale()} ${timeZone} ${JSON.stringify(options)}`
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale(), { timeZone, hourCycle: 'h23', ...options })
  formats.set(key, known)
  return known.format(at)
}

const date = { year: 'numeric', month: 'short', day: 'numeric' }
const time = { hour: '2-digit', minute: '2-digit' }

export const clock = (ts) => format(Number(ts) * 1000, time)
export const day = (ts) => format(Number(ts) * 1000, { weekday: 'long', month: 'long', day: 'numeric' })
export const full = (ts) => format(Number(ts) * 1000, { ...date, ...time, second: '2-digit' })
export const nowIn = (timeZone) =>
  new Intl.DateTimeFormat(locale(), { timeZone, hourCycle: 'h23', ...time }).format(Date.now())

const holes = {
  date_num: { year: 'numeric', month: '2-digit', day: '2-digit' },
  date: { year: 'numeric', month: 'long', day: 'numeric' },
  date_short: date,
  date_long: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  time,
  time_secs: { ...time, second: '2-digit' },
}

/** Slack's date markup in the reader's zone: https://docs.slack.dev/messaging/formatting-message-text#date-formatting */
export function dated(seconds, pattern) {
  return pattern.replace(/\{(\w+)\}/g, (whole, name) => {
    if (name === 'ago') return ago(seconds)
    const options = holes[name.replace('_pretty', '')]
    return options ? format(seconds * 1000, options) : whole
  })
}

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
]

function ago(seconds) {
  const past = seconds - Date.now() / 1000
  const [unit, size] = units.find(([, each]) => Math.abs(past) >= each) ?? ['second', 1]
  return new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' }).format(Math.round(past / size), unit)
}
