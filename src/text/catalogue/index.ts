import { alert } from './alert.ts'
import { alertDoctor } from './alert-doctor.ts'
import { audit } from './audit.ts'
import { automatic } from './automatic.ts'
import { calendar } from './calendar.ts'
import { card } from './card.ts'
import { check } from './check.ts'
import { command } from './command.ts'
import { consoleTexts } from './console.ts'
import { dingtalk } from './dingtalk.ts'
import { drill } from './drill.ts'
import { drillScore } from './drill-score.ts'
import { faultTexts } from './fault.ts'
import { freeze } from './freeze.ts'
import { gate } from './gate.ts'
import { incident } from './incident.ts'
import { kubernetes } from './kubernetes.ts'
import { ledger } from './ledger.ts'
import { monitor } from './monitor.ts'
import { oncall } from './oncall.ts'
import { oncallRefusal } from './oncall-refusal.ts'
import { pager } from './pager.ts'
import { paging } from './paging.ts'
import { policy } from './policy.ts'
import { readiness } from './readiness.ts'
import { registry } from './registry.ts'
import { rollback } from './rollback.ts'
import { runbook } from './runbook.ts'
import { slack } from './slack.ts'

/** Every text Astern says, by key: `<room>.<what>`. */
export const texts = {
  ...alert,
  ...alertDoctor,
  ...calendar,
  ...audit,
  ...automatic,
  ...card,
  ...check,
  ...command,
  ...consoleTexts,
  ...dingtalk,
  ...drill,
  ...drillScore,
  ...faultTexts,
  ...freeze,
  ...gate,
  ...incident,
  ...kubernetes,
  ...ledger,
  ...monitor,
  ...oncall,
  ...oncallRefusal,
  ...pager,
  ...paging,
  ...policy,
  ...readiness,
  ...registry,
  ...rollback,
  ...runbook,
  ...slack,
} as const
