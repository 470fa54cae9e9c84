import type { PersonId } from '../core/actor.ts'
import type { Json } from '../core/canonical.ts'
import type { Freeze } from '../core/freeze/freeze.ts'
import type { Escalation } from '../core/paging/events.ts'
import type { Policy, PolicyRule } from '../core/policy/policy.ts'
import { duration } from '../text/format.ts'
import type { Language } from '../text/language.ts'
import type { Text } from '../text/span.ts'
import { freezeBlocks, type UnreadCalendar, unreadText } from './freeze.ts'
import { roleText } from './people.ts'
import type { Document } from './view.ts'
import { type Voice, voice } from './words.ts'

export interface Contact {
  readonly person: PersonId
  readonly accounts: readonly string[]
  readonly pagers: readonly string[]
  readonly timeZone: string
  /** Her time of day. */
  readonly local: string
}

export interface RunbookEnvironment {
  readonly name: string
  readonly isDefault: boolean
  readonly order: 'sequence' | 'together'
  readonly policy: Policy
  readonly rule: PolicyRule
  readonly freezes: readonly Freeze[]
  readonly regions: readonly {
    readonly name: string
    readonly targets: readonly { readonly name: string; readonly connection: string; readonly unit: Json }[]
    readonly checks: readonly string[]
    readonly stepDeadlineMs: number
    readonly checkWindowMs: number
  }[]
}

export interface RunbookOf {
  readonly service: string
  readonly tier: string
  readonly team: string
  readonly channels: Readonly<Record<string, string>>
  readonly schedule: string | null
  readonly onCall: {
    readonly people: readonly PersonId[]
    readonly until: string | null
    readonly stale: boolean
  } | null
  readonly next: { readonly people: readonly PersonId[]; readonly at: string } | null
  readonly environments: readonly RunbookEnvironment[]
  readonly contacts: readonly Contact[]
  readonly paging: Escalation
  readonly pagers: readonly string[]
  readonly unread: readonly UnreadCalendar[]
  readonly incident: string | null
  readonly now: string
  /** Digest of the configuration that it was made of. */
  readonly config: string
}

/** The runbook of one service: what to do, who may, how to reach them, what will be checked, and what when nobody answers. */
export function runbookDocument(of: RunbookOf, language: Language): Document {
  const v = voice(language)
  const section = (id: string, heading: string, lines: readonly Text[]) => ({
    id,
    heading,
    by: 'astern' as const,
    lines,
  })
  return {
    kind: 'document',
    language,
    title: v.plain('runbook.title', { service: of.service }),
    sections: [
      section('now', v.plain('runbook.now'), now(v, of)),
      section('do', v.plain('runbook.do'), [
        v.say('runbook.do-look', { service: of.service }),
        v.say('runbook.do-approve'),
        v.say('runbook.do-watch'),
        v.say('runbook.do-stop'),
      ]),
      ...of.environments.map((environment) =>
        section(
          `environment-${environment.name}`,
          v.plain(environment.isDefault ? 'runbook.environment-default' : 'runbook.environment', {
            name: environment.name,
          }),
          [...rights(v, environment), ...happens(v, environment)],
        ),
      ),
      section('reach', v.plain('runbook.reach'), [
        ...of.contacts.map((contact) => reach(v, contact)),
        ...channels(v, of),
      ]),
      section('paged', v.plain('runbook.paged'), paged(v, of)),
      section('nobody', v.plain('runbook.nobody'), nobody(v, of)),
      section('made', v.plain('runbook.made'), [
        v.say('runbook.made-of', { at: { at: of.now, show: 'datetime' }, config: of.config.slice(0, 12) }),
      ]),
    ],
  }
}

const all = (people: readonly PersonId[]): Text =>
  people.flatMap((person, index): Text => [...(index === 0 ? [] : [', ']), { kind: 'person', person, mention: false }])

function now(v: Voice, of: RunbookOf): Text[] {
  const { onCall, next, schedule, incident } = of
  const freezes = of.environments.flatMap((environment) => freezeBlocks(v, environment.freezes))
  return [
    schedule === null
      ? v.say('runbook.no-schedule')
      : onCall && onCall.people.length > 0
        ? onCall.until
          ? v.say('runbook.on-call', { people: all(onCall.people), until: { at: onCall.until, show: 'datetime' } })
          : v.say('runbook.on-call-always', { people: all(onCall.people) })
        : v.say('runbook.nobody-on-call', { schedule }),
    ...(onCall?.stale ? [v.say('runbook.stale')] : []),
    ...(next ? [v.say('runbook.next', { people: all(next.people), at: { at: next.at, show: 'datetime' } })] : []),
    incident ? v.say('runbook.incident', { id: incident }) : v.say('runbook.no-incident'),
    ...(freezes.length === 0 ? [v.say('runbook.no-freeze')] : []),
    ...freezes.flatMap((block) => (block.kind === 'text' ? [block.text] : [])),
    ...of.unread.map((calendar) => unreadText(v, calendar)),
  ]
}

/** The words of the rule, and who stands behind them now. */
function rights(v: Voice, { policy, rule }: RunbookEnvironment): Text[] {
  const roles = (words: readonly string[]) => ({
    list: words.map((word) => (word === 'anyone' ? v.plain('runbook.anyone') : roleText(v, word))),
  })
  const { approvals, fourEyes, expiresAfterMs } = rule
  return [
    policy.propose === 'anyone'
      ? v.say('runbook.start-anyone')
      : v.say('runbook.start', { roles: roles(rule.propose), people: all(policy.propose) }),
    approvals === 0
      ? v.say('runbook.approve-none')
      : v.say('runbook.approve', {
          count: approvals,
          roles: roles(rule.approve),
          people: all(policy.approve),
          wait: { ms: expiresAfterMs },
        }),
    ...(fourEyes && approvals > 0 ? [v.say('runbook.four-eyes')] : []),
    ...Object.entries(rule.also).map(([kind, words]) =>
      v.say('runbook.also', { kind, roles: roles(words), people: all(policy.also[kind] ?? []) }),
    ),
  ]
}

function happens(v: Voice, { order, regions }: RunbookEnvironment): Text[] {
  const names = { list: regions.map(({ name }) => name) }
  return [
    regions.length > 1
      ? v.say(`runbook.order-${order}`, { regions: names })
      : v.say('runbook.order-one', { regions: names }),
    ...regions.flatMap((region) => [
      ...region.targets.map(({ name, connection, unit }) =>
        v.say('runbook.target', {
          region: region.name,
          target: name,
          unit: unitText(unit),
          connection,
          deadline: { ms: region.stepDeadlineMs },
        }),
      ),
      region.checks.length > 0
        ? v.say('runbook.checks', {
            region: region.name,
            checks: { list: region.checks },
            window: { ms: region.checkWindowMs },
          })
        : v.say('runbook.no-checks', { region: region.name }),
    ]),
  ]
}

/** `Deployment shop/checkout-svc`: the plain values of a unit, in the order they were written. */
function unitText(unit: Json): string {
  if (typeof unit !== 'object' || unit === null || Array.isArray(unit)) return String(unit)
  return Object.values(unit)
    .filter((value) => typeof value === 'string')
    .join(' ')
}

const reach = (v: Voice, { person, accounts, pagers, timeZone, local }: Contact): Text =>
  v.say('runbook.contact', {
    person: { person },
    accounts: { list: accounts },
    pagers: pagers.length > 0 ? { list: pagers } : v.plain('runbook.none'),
    zone: timeZone,
    local,
  })

const channels = (v: Voice, { channels: known, team }: RunbookOf): Text[] =>
  Object.entries(known).map(([chat, channel]) => v.say('runbook.channel', { team, chat, channel }))

function paged(v: Voice, { paging, pagers }: RunbookOf): Text[] {
  if (pagers.length === 0) return [v.say('runbook.wakes-nobody')]
  const { levels, repeat, quiet, acknowledgeMs } = paging
  return [
    ...(acknowledgeMs === undefined ? [] : [v.say('runbook.acknowledge', { within: { ms: acknowledgeMs } })]),
    ...levels.map(({ page, waitMs }, index) =>
      v.say('runbook.level', {
        number: index + 1,
        who: { list: page.map((role) => roleText(v, role)) },
        wait: duration(v.language, waitMs),
      }),
    ),
    ...(repeat ? [v.say('runbook.repeat', { every: { ms: repeat.everyMs }, count: repeat.times })] : []),
    ...(quiet ? [v.say('runbook.quiet', { from: quiet.from, to: quiet.to })] : []),
  ]
}

function nobody(v: Voice, of: RunbookOf): Text[] {
  const { service, environments } = of
  const lines = environments.flatMap(({ name, rule, policy, regions }): Text[] => [
    rule.emergency
      ? v.say('runbook.at-once', {
          environment: name,
          people: policy.emergency.length > 0 ? all(policy.emergency) : v.plain('runbook.none'),
        })
      : v.say('runbook.at-once-never', { environment: name }),
    ...(policy.breakGlass.length > 0
      ? [
          v.say('runbook.glass', { environment: name, people: all(policy.breakGlass) }),
          v.say('runbook.host', {
            service,
            place: `${name}/${regions[0]?.name ?? ''}`,
            person: policy.breakGlass[0] ?? '',
          }),
        ]
      : [v.say('runbook.no-glass', { environment: name })]),
  ])
  return [...lines, v.say('runbook.host-explained')]
}
