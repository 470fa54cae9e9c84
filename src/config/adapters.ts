import type { ChatAdapter, CheckAdapter, RegistryAdapter, TargetAdapter } from '../ports/adapter.ts'

/** What a configuration may name. Passed in: the configuration knows no adapter by itself. */
export interface AdapterRegistry {
  readonly targets: readonly TargetAdapter[]
  readonly chats: readonly ChatAdapter[]
  readonly checks: readonly CheckAdapter[]
  readonly registry?: RegistryAdapter
}

export const idsOf = (adapters: readonly { readonly id: string }[]): string[] => adapters.map((adapter) => adapter.id)
