import type { AuditEntry } from '../../core/audit/entry.ts'

/** What is counted over the entries of an audit, without keeping them. */
export class AuditSummary {
  entries = 0
  readonly people = new Set<string>()
  readonly byType = new Map<string, number>()
  readonly byControl = new Map<string, number>()

  add(entry: AuditEntry): void {
    this.entries += 1
    if (entry.person) this.people.add(entry.person)
    bump(this.byType, entry.type)
    for (const control of entry.controls.iso27001) bump(this.byControl, control)
  }

  count(...types: readonly string[]): number {
    return types.reduce((sum, type) => sum + (this.byType.get(type) ?? 0), 0)
  }
}

const bump = (map: Map<string, number>, key: string): void => {
  map.set(key, (map.get(key) ?? 0) + 1)
}
