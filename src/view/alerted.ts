import type { Alerted, NamedAlert } from '../core/alert/alerted.ts'
import type { Text } from '../text/span.ts'
import type { Block } from './view.ts'
import { cut, dotted, type Voice } from './words.ts'

/** So many alerts are named on a card. */
const shown = 3
const summaryLength = 140

/** So many of the other services are told in a line each. */
const shownServices = 3

/** What alerts say of an incident: where it burns and since when, the first few of them, how many; of other services only that they burn. */
export function alertBlocks(v: Voice, [own, ...others]: readonly Alerted[]): Block[] {
  if (!own) return []
  const more = others.slice(shownServices)
  return [
    { kind: 'text', text: stateLine(v, own) },
    ...(own.alerts.length > 0
      ? [{ kind: 'list' as const, items: own.alerts.slice(0, shown).map((alert) => alertLine(v, own, alert)) }]
      : []),
    { kind: 'muted', text: countLine(v, own) },
    ...others.slice(0, shownServices).map((one): Block => ({ kind: 'text', text: elsewhere(v, one) })),
    ...(more.length > 0
      ? [
          {
            kind: 'muted' as const,
            text: v.say('alert.more-services', {
              count: more.length,
              services: { list: more.map(({ service }) => service) },
            }),
          },
        ]
      : []),
  ]
}

/** Another service of the same incident, in one line with the first of its alerts. */
function elsewhere(v: Voice, one: Alerted): Text {
  const [first] = one.alerts
  return [`${one.service}: `, ...dotted(stateLine(v, one), first && one.firing > 0 ? alertLine(v, one, first) : null)]
}

/** 🔥 eu-1 since 03:12 · us-1 since 03:13; or that nothing fires any more. */
function stateLine(v: Voice, one: Alerted): Text {
  if (one.firing === 0) return v.say('alert.none-fires')
  const places = one.burning.map((place) =>
    v.say('alert.burns', { where: placeName(one, place), at: { at: place.since } }),
  )
  return ['🔥 ', ...dotted(...places)]
}

function alertLine(v: Voice, one: Alerted, { name, summary, region, environment, ended, link }: NamedAlert): Text {
  const words = cut(summary.replace(/\s+/gu, ' ').trim(), summaryLength)
  const head = ended ? v.say('alert.ended-one', { name, at: { at: ended } }) : [{ kind: 'bold' as const, text: name }]
  return [
    ...dotted(head, [placeName(one, { region, environment })], words && words !== name ? [words] : null),
    ...(link ? [' ', { kind: 'link' as const, url: link, text: '↗' }] : []),
  ]
}

const countLine = (v: Voice, { firing, ended, silent, told, left }: Alerted): Text =>
  dotted(
    v.say('alert.counts', { firing, ended, told }),
    silent > 0 ? v.say('alert.silent', { count: silent }) : null,
    left > 0 ? v.say('alert.left', { count: left }) : null,
  )

/** A region by its name; by its environment as well where that is not the one that burns first. */
const placeName = (
  { environment: usual }: Pick<Alerted, 'environment'>,
  { region, environment }: { readonly region: string | null; readonly environment: string },
): string => (region === null ? environment : environment === usual ? region : `${environment}/${region}`)

/** One moment of the timeline. */
export function alertMoment(v: Voice, one: Alerted): Text {
  const [first] = one.alerts
  const where = { list: one.burning.map((place) => placeName(one, place)) }
  const name = first?.name ?? one.service
  const link: Text = first?.link ? [' ', { kind: 'link', url: first.link, text: '↗' }] : []
  switch (one.news) {
    case 'began':
      return [...v.say('moment.alert-began', { name, where, at: { at: first?.since ?? '' } }), ...link]
    case 'spread':
      return v.say('moment.alert-spread', { where, firing: one.firing })
    case 'again':
      return v.say('moment.alert-again', { where, firing: one.firing })
    case 'ended':
      return one.silent > 0
        ? v.say('moment.alert-silent', { service: one.service, count: one.silent })
        : v.say('moment.alert-ended', { service: one.service })
    case 'more':
      return v.say('alert.counts', { firing: one.firing, ended: one.ended, told: one.told })
  }
}
