import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { ack } from './ack.ts'
import { alerted } from './alerted.ts'
import { alerts } from './alerts.ts'
import { chatCalls } from './chat-calls.ts'
import { ledger } from './ledger.ts'
import { look } from './look.ts'
import { oncall } from './oncall.ts'
import { rollout } from './rollout.ts'
import type { Measure, Row } from './row.ts'
import { start } from './start.ts'

/** `npm run bench [-- NAME…] [--json FILE]`: one table, each thing beside what one would use instead, measured in turns in one run. */
const measures: Readonly<Record<string, Measure>> = {
  rollout,
  look,
  ack,
  alerted,
  alerts,
  ledger,
  start,
  oncall,
  'chat-calls': chatCalls,
}

const { values, positionals } = parseArgs({ options: { json: { type: 'string' } }, allowPositionals: true })
const wanted = positionals.length > 0 ? positionals : Object.keys(measures)
const print = (line: string) => process.stdout.write(`${line}\n`)
const rows: Row[] = []
for (const name of wanted) {
  const measure = measures[name]
  if (!measure) throw new TypeError(`there is no ${name}: ${Object.keys(measures).join(', ')}`)
  print(`\n${name}`)
  for (const row of await measure((line) => print(`  ${line}`))) {
    rows.push(row)
    const ratio = row.ratio === null ? '' : `${row.ratio.toFixed(2)} ×`
    print(`  ${row.met ? 'met   ' : 'MISSED'}  ${row.name}: ${ratio} (goal ${row.goal})`)
    print(`          ${row.value}`)
    print(`          beside ${row.beside}`)
  }
}
print('\n| what | ratio | goal | met |\n| --- | --- | --- | --- |')
for (const { name, ratio, value, goal, met } of rows)
  print(`| ${name} | ${ratio === null ? value : `${ratio.toFixed(2)} ×`} | ${goal} | ${met ? 'yes' : 'no'} |`)
if (values.json) writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`)
process.exitCode = 0
