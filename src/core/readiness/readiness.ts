import { type Answer, answers, type Finding, type Readiness, type ReadinessFacts } from './facts.ts'
import { drilled, onCall, paging } from './people.ts'
import { containers, digests, isolated, migrations, more, tagged } from './shipping.ts'

/** How ready a service is, worst first. Pure. */
export function readiness(facts: ReadinessFacts): Readiness {
  const findings: readonly Finding[] = [
    containers(facts),
    isolated(facts),
    tagged(facts),
    digests(facts),
    migrations(facts),
    more(facts),
    onCall(facts),
    paging(facts),
    drilled(facts),
  ]
  const sorted = [...findings].sort((a, b) => answers.indexOf(a.answer) - answers.indexOf(b.answer))
  return { service: facts.service, tier: facts.tier, findings: sorted }
}

const tiers = ['critical', 'standard', 'low']

/** Services with most that is missing first; where that is the same, the more important one. */
export function worstFirst(all: readonly Readiness[]): readonly Readiness[] {
  const count = ({ findings }: Readiness, answer: Answer) => findings.filter((one) => one.answer === answer).length
  const tier = (one: Readiness) => (tiers.includes(one.tier) ? tiers.indexOf(one.tier) : tiers.length)
  return [...all].sort(
    (a, b) =>
      answers.map((answer) => count(b, answer) - count(a, answer)).find((difference) => difference !== 0) ||
      tier(a) - tier(b) ||
      (a.service < b.service ? -1 : 1),
  )
}
