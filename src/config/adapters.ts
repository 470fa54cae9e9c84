export const idsOf = (adapters: readonly { readonly id: string }[]): string[] => adapters.map((adapter) => adapter.id)
