import type { Language } from '../text/language.ts'
import { type ServiceScores, scoresCard, serviceScoresCard } from '../view/drill-score.ts'
import type { Card } from '../view/view.ts'
import type { World } from './world.ts'

type Known = Pick<World, 'desk' | 'config'>

/** What drills said of a service over time. */
export function scoresOf({ desk }: Pick<World, 'desk'>, service: string): ServiceScores {
  const own = desk.drills().filter(({ services }) => services.includes(service))
  const held = own.flatMap(({ id, scenario, faultAt, scores }) => {
    const score = scores?.[service]
    return score && faultAt !== null ? [{ id, scenario, at: faultAt, score }] : []
  })
  const planned = own
    .filter(({ phase }) => phase === 'planned')
    .sort((a, b) => Temporal.Instant.compare(a.at, b.at))
    .at(0)
  return {
    service,
    held: held.sort((a, b) => Temporal.Instant.compare(a.at, b.at)),
    planned: planned ? { id: planned.id, at: planned.at } : null,
  }
}

/** `/drill score [SERVICE]`: one service over time, or all that are in a scenario or were rehearsed, never rehearsed ones first. */
export function drillScores(world: Known, service: string | null, language: Language): Card {
  if (service !== null) return serviceScoresCard(scoresOf(world, service), language)
  const { services, drills } = world.config()
  const meant = [...drills.values()].flatMap((scenario) => scenario.services)
  const all = [...services.keys()].map((name) => scoresOf(world, name))
  const shown = all.filter((one) => one.held.length > 0 || meant.includes(one.service))
  return scoresCard(
    [...shown].sort((a, b) => Math.sign(a.held.length) - Math.sign(b.held.length)),
    language,
  )
}
