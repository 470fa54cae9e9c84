import type { DrillScope, PreparedFault } from '../core/drill/fault.ts'
import { isWithin } from '../core/drill/scenario.ts'
import { Fault } from '../core/fault.ts'
import type { FaultMaker } from '../ports/fault-maker.ts'
import { wording } from '../text/say.ts'
import { alertFaults } from './fault-alerts.ts'
import { releaseFaults } from './fault-releases.ts'
import type { World } from './world.ts'

/** Whatever can be broken for a drill: by releases, or only told by alerts. What is outside a drill's scope goes no further than here. */
export function faultMaker(world: World): FaultMaker {
  const makers = { release: releaseFaults(world), alerts: alertFaults(world) }
  const makerOf = ({ kind }: Pick<PreparedFault, 'kind'>) => makers[kind === 'alerts' ? 'alerts' : 'release']
  return {
    async prepare(fault, scope, signal) {
      if (!scope.services.includes(fault.service)) throw outside(fault.service, scope)
      const service = world.config().service(fault.service)
      const there = service?.environments.find(({ name }) => name === scope.environment)
      const regions = there?.regions.filter(({ name }) => scope.regions.includes(name)) ?? []
      if (regions.length === 0) {
        const hint = wording('fault.nowhere', { service: fault.service, drill: scope.drill })
        throw new Fault({ code: 'fault.nowhere', retry: 'no', hint })
      }
      const prepared = await (fault.kind === 'alerts'
        ? makers.alerts.prepare(fault, scope, signal)
        : makers.release.prepare(fault, scope, signal))
      return checked(prepared, scope)
    },
    make: async (prepared, scope, key, signal) => makerOf(prepared).make(checked(prepared, scope), scope, key, signal),
    clear: async (prepared, scope, key, signal) =>
      makerOf(prepared).clear(checked(prepared, scope), scope, key, signal),
  }
}

/** Throws where a place is not the drill's, whatever was written down before. */
function checked(prepared: PreparedFault, scope: DrillScope): PreparedFault {
  for (const place of prepared.places) {
    const at = `${place.service}/${place.environment}/${place.region}`
    const own = place.target === null || place.target.startsWith(`${at}/`)
    if (!own || !isWithin(scope, place)) throw outside(place.target ?? at, scope)
  }
  return prepared
}

const outside = (what: string, { drill }: DrillScope): Fault =>
  new Fault({ code: 'drill.outside-scope', retry: 'no', hint: wording('fault.outside-scope', { what, drill }) })
