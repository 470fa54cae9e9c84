import type { Command } from '../src/app/command.ts'
import { audit } from './audit.ts'
import { drill } from './drill.ts'
import { freeze } from './freeze.ts'
import { help } from './help.ts'
import { incident } from './incident.ts'
import { note } from './note.ts'
import { oncall } from './oncall.ts'
import { postmortem } from './postmortem.ts'
import { readiness } from './readiness.ts'
import { rollback } from './rollback.ts'
import { runbook } from './runbook.ts'
import { versions } from './versions.ts'

const listed = [rollback, versions, incident, note, postmortem, oncall, freeze, drill, audit, runbook, readiness]

/** Every chat command, in the order of the help. */
export const commands: readonly Command[] = [...listed, help(listed)]
