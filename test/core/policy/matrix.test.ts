import { readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import type { Config } from '../../../src/config/config.ts'
import { needsOf } from '../../../src/core/policy/needs.ts'
import type { Policy, Standing } from '../../../src/core/policy/policy.ts'
import { policyOf } from '../../../src/core/policy/roles.ts'
import { type Deed, type Facts, type Verdict, verdict } from '../../../src/core/policy/verdict.ts'
import { loadText } from '../../config/load.ts'

/*
 * Every combination of who wants what, when, is answered twice: by the rules, under the policies of `deploy/example.yaml`, and by
 * the table in `permissions.md`, whose first row that fits says the answer. The table knows no code and no configuration.
 */
const example = readFileSync(new URL('../../../deploy/example.yaml', import.meta.url), 'utf8')
const tableFile = new URL('permissions.md', import.meta.url)
const printedFile = new URL('../../../deploy/permissions.md', import.meta.url)

const deeds: Readonly<Record<string, Deed>> = {
  start: 'propose',
  approve: 'approve',
  reject: 'reject',
  stop: 'abort',
  'act at once': 'act-at-once',
  'break glass': 'break-glass',
  'close the review': 'review',
}
const accounts: Readonly<Record<string, Standing | null>> = {
  member: 'member',
  unknown: null,
  guest: 'guest',
  'other workspace': 'stranger',
  'shared channel': 'other-organisation',
  bot: 'bot',
  deactivated: 'deactivated',
  'chat does not answer': 'could-not-ask',
}
const columns = {
  'wants to': Object.keys(deeds),
  who: ['team', 'commander', 'dba', 'outsider', 'Astern itself'],
  account: Object.keys(accounts),
  'on call': ['now', 'perhaps', 'off shift', 'elsewhere'],
  tier: ['critical', 'standard', 'low'],
  environment: ['production', 'staging'],
  whose: ['hers', 'by another account', "somebody else's"],
  plan: ['plain', 'database'],
  freeze: ['none', 'frozen', 'frozen with a reason', 'frozen in an open incident'],
  'in time': ['yes', 'no'],
} as const
type Column = keyof typeof columns
type Cell = { readonly [Name in Column]: string }
const names = Object.keys(columns) as Column[]

interface Row {
  readonly fits: Readonly<Record<Column, ReadonlySet<string> | null>>
  readonly answer: string
  readonly rule: string
}

/** Reads the table as anybody would: `*` is anything, commas separate what fits. */
function tableOf(text: string): readonly Row[] {
  const [head = [], , ...rows] = text
    .trim()
    .split('\n')
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
  expect(head).toEqual([...names, 'answer', 'rule'])
  return rows.map((cells) => ({
    fits: Object.fromEntries(
      names.map((name, at) => {
        const words = (cells[at] ?? '').split(',').map((word) => word.trim())
        for (const word of words) expect(['*', ...columns[name]]).toContain(word)
        return [name, cells[at] === '*' ? null : new Set(words)]
      }),
    ) as Row['fits'],
    answer: cells[names.length] ?? '',
    rule: cells[names.length + 1] ?? '',
  }))
}

/** Every cell, with the first row that fits it. */
function* cells(table: readonly Row[]): Generator<[Cell, Row | undefined]> {
  const choose = function* (
    at: number,
    chosen: Partial<Cell>,
    rows: readonly Row[],
  ): Generator<[Cell, Row | undefined]> {
    const name = names[at]
    if (!name) return yield [chosen as Cell, rows[0]]
    for (const value of columns[name]) {
      const fitting = rows.filter(({ fits }) => fits[name]?.has(value) ?? true)
      yield* choose(at + 1, { ...chosen, [name]: value }, fitting)
    }
  }
  yield* choose(0, {}, table)
}

const account = (person: string, second = false) => ({
  chat: 'slack',
  tenant: second ? 'T0OTHER000' : 'T0ASTERN00',
  user: `U0${person.toUpperCase()}`,
})

const personOf: Readonly<Record<string, string>> = { team: 'tess', commander: 'cora', dba: 'dan', outsider: 'olga' }

/** The example's policies, with one service of each tier, and one person for each role. */
async function reference(): Promise<Config> {
  const { policies, chat, connections } = parse(example) as Record<string, unknown>
  const people = [...Object.values(personOf), 'mate', 'relief', 'other']
  const target = (name: string) => ({ app: { connection: 'eu', namespace: 'shop', name } })
  const service = (tier: string) => ({
    tier,
    team: 'crew',
    environments: {
      production: { default: true, regions: { eu: { targets: target(tier) } } },
      staging: { regions: { 'eu-staging': { targets: target(`${tier}-staging`) } } },
    },
  })
  const text = stringify({
    chat,
    connections,
    policies,
    people: Object.fromEntries(
      people.map((person) => [person, { accounts: [account(person), account(person, true)] }]),
    ),
    teams: {
      crew: { members: ['tess', 'mate'], commander: 'cora', onCall: 'duty' },
      dba: { members: ['dan'] },
    },
    schedules: { duty: { timeZone: 'UTC', layers: { main: { people, start: '2026-01-05T09:00' } } } },
    services: { critical: service('critical'), standard: service('standard'), low: service('low') },
  })
  const loaded = await loadText(text)
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems))
  return loaded.config
}

/** Who is on call, so that somebody is in the state that a cell wants. */
function onCallFor(state: string, person: string) {
  const here = { now: [person], perhaps: [person], 'off shift': ['relief'], elsewhere: ['relief'] }[state] ?? []
  return (service: string | null) => ({
    people: service === null ? here : state === 'elsewhere' ? [person] : ['other'],
    certain: state !== 'perhaps',
  })
}

function answerer(config: Config): (cell: Cell) => Verdict {
  const known = new Map<string, Policy>()
  const policyFor = (cell: Cell): Policy => {
    const key = [cell.tier, cell.environment, cell.who, cell['on call']].join('|')
    const found = known.get(key)
    if (found) return found
    const service = config.service(cell.tier)
    if (!service) throw new Error(cell.tier)
    const made = policyOf(config.ruleFor(service, cell.environment), {
      owners: service.team.members,
      commander: service.team.commander,
      team: (name) => config.teams.get(name)?.members ?? null,
      onCall: onCallFor(cell['on call'], personOf[cell.who] ?? 'relief'),
    })
    known.set(key, made)
    return made
  }
  return (cell) => {
    const policy = policyFor(cell)
    const automatic = cell.who === 'Astern itself'
    const herself = personOf[cell.who] ?? 'relief'
    const standing = accounts[cell.account] ?? null
    // Whoever clicks is found by her account, also by the other one.
    const second = cell.whose === 'by another account'
    const stranger = { chat: 'slack', tenant: 'T0ASTERN00', user: 'U0NOBODY' }
    const person = automatic ? null : config.personOf(standing === null ? stranger : account(herself, second))
    const hers = cell.whose !== "somebody else's"
    const facts: Facts = {
      policy,
      person,
      standing: standing ?? 'member',
      automatic,
      requester: hers && !automatic ? config.personOf(account(herself)) : 'other',
      needs: needsOf(policy, cell.plan === 'database' ? ['database'] : []),
      given: [],
      frozen: cell.freeze !== 'none',
      override: cell.freeze === 'frozen with a reason' ? 'the site is down' : null,
      inIncident: cell.freeze === 'frozen in an open incident',
      inTime: cell['in time'] === 'yes',
      glassBroken: cell['wants to'] === 'close the review' ? (hers && !automatic ? herself : 'other') : null,
    }
    const deed = deeds[cell['wants to']]
    if (!deed) throw new Error(cell['wants to'])
    return verdict(deed, facts)
  }
}

it('the permission matrix: every answer of the rules is that of the table', async () => {
  const text = readFileSync(tableFile, 'utf8')
  const table = tableOf(text)
  expect(table.length).toBeLessThanOrEqual(60)
  const answer = answerer(await reference())
  const used = new Set<Row>()
  const wrong: string[] = []
  let checked = 0
  for (const [cell, row] of cells(table)) {
    checked++
    if (row) used.add(row)
    const said = answer(cell)
    const told = `${said.allowed ? 'yes' : 'no'} ${said.rule}`
    const wanted = row && `${row.answer} ${row.rule}`
    if (told !== wanted) wrong.push(`${names.map((name) => cell[name]).join(' · ')}: ${told}, not ${wanted}`)
  }
  expect(wrong.slice(0, 20)).toEqual([])
  // A row that nothing meets says nothing.
  expect(table.filter((row) => !used.has(row))).toEqual([])
  expect(checked).toBe(names.reduce((product, name) => product * columns[name].length, 1))
  process.stdout.write(`permission matrix: ${checked} cells by ${table.length} rows\n`)
})

const begins = '<!-- table -->\n\n'
const ends = '\n<!-- end -->'

it('the table is printed into the documentation as it is', () => {
  const table = readFileSync(tableFile, 'utf8')
  const printed = readFileSync(printedFile, 'utf8')
  const [before = '', rest = ''] = printed.split(begins)
  const [, after = ''] = rest.split(ends)
  const whole = `${before}${begins}${table}${ends}${after}`
  if (process.env.UPDATE) writeFileSync(printedFile, whole)
  expect(printed).toBe(whole)
  expect(printed).toContain(table)
})
