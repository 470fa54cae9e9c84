import type { Estate } from '../app/world.ts'
import type { Config, ConfiguredConnection } from '../config/config.ts'
import { Fault } from '../core/fault.ts'
import { backoffMs } from '../engine/backoff.ts'
import type { Platform } from '../ports/adapter.ts'
import type { Connection, Finding, Target } from '../ports/effector.ts'
import type { Registry } from '../ports/registry.ts'
import type { TemplateStore } from '../ports/store.ts'
import { alertQuestions } from './alert-checks.ts'
import { openChecks } from './checks.ts'

export interface OpenEstate extends Estate {
  /** False while a connection could not be opened yet. */
  readonly connected: boolean
  /** Resolves when every connection is open, or after `ms` when one is not. */
  opened(ms: number, signal: AbortSignal): Promise<void>
  doctor(signal: AbortSignal): Promise<ReadonlyMap<string, readonly Finding[] | Fault>>
  close(): Promise<void>
}

export interface EstateGiven {
  readonly platform: Platform
  readonly templates: TemplateStore
  readonly registry: Registry | null
  readonly changed: (targetId: string) => void
}

/** Opens every connection of a configuration; one that cannot be opened is tried again until it can. */
export function openEstate(config: Config, given: EstateGiven): OpenEstate {
  const closing = new AbortController()
  const connections = new Map<string, Connection>()
  const targets = new Map<string, Target>()
  const faults = new Map<string, Fault>()
  async function keepOpening(connection: ConfiguredConnection): Promise<void> {
    const { clock, chance, log } = given.platform
    for (let failures = 0; !closing.signal.aborted; failures++) {
      try {
        const opened = await open(connection)
        connections.set(connection.name, opened)
        for (const target of connection.targets) targets.set(target.id, opened.target(target.unit))
        faults.delete(connection.name)
        return
      } catch (cause) {
        if (!(cause instanceof Fault)) throw cause
        faults.set(connection.name, cause)
        log.warn('connection could not be opened', { connection: connection.name, code: cause.code })
        await clock.sleep(backoffMs(failures, chance.number()), closing.signal).catch(() => undefined)
      }
    }
  }

  const open = ({ adapter, config: own, targets: units }: ConfiguredConnection) =>
    adapter.open(
      own,
      {
        ...given.platform,
        templates: given.templates,
        registry: given.registry,
        units: units.map(({ id, unit }) => ({ id, unit })),
        changed: given.changed,
      },
      closing.signal,
    )

  const opening = [...config.connections.values()].map((connection) => keepOpening(connection))

  const { monitors, checks } = openChecks(config, given.platform)

  const opened = async (ms: number, signal: AbortSignal): Promise<void> => {
    const enough = new AbortController()
    const patience = given.platform.clock.sleep(ms, AbortSignal.any([signal, enough.signal])).catch(() => undefined)
    await Promise.race([Promise.allSettled(opening), patience])
    enough.abort()
  }

  return {
    get connected() {
      return connections.size === config.connections.size
    },
    opened,
    target: (id) => targets.get(id) ?? null,
    async variant(id, variation, drill, signal) {
      const [of] = [...config.connections.values()].filter(({ targets: units }) => units.some((unit) => unit.id === id))
      const unit = of?.targets.find((target) => target.id === id)?.unit
      const make = of && connections.get(of.name)?.variant
      return make && unit !== undefined ? make(unit, variation, drill, signal) : null
    },
    monitor: (name) => monitors.get(name) ?? null,
    ...alertQuestions(config, monitors, given.platform),
    checks: (region) => checks.get(region) ?? [],
    async doctor(signal) {
      await opened(5_000, signal)
      const found = await Promise.all(
        [...config.connections.keys()].map(async (name): Promise<[string, readonly Finding[] | Fault]> => {
          const connection = connections.get(name)
          return [name, connection ? await connection.doctor(signal) : (faults.get(name) as Fault)]
        }),
      )
      const asked = [...monitors].map(
        async ([name, one]): Promise<[string, readonly Finding[]]> => [`monitor ${name}`, await one.doctor(signal)],
      )
      return new Map([...found, ...(await Promise.all(asked))])
    },
    async close() {
      closing.abort()
      await Promise.allSettled(opening)
      await Promise.allSettled([...connections.values()].map((connection) => connection.close()))
    },
  }
}
