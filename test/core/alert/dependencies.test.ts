import { expect, it } from 'vitest'
import { dependenciesOf } from '../../../src/core/alert/dependencies.ts'

const asks: Readonly<Record<string, readonly string[]>> = {
  web: ['checkout', 'search'],
  checkout: ['payment', 'cart'],
  payment: ['bank', 'checkout'],
  bank: ['ledger'],
  cart: ['web'],
}

it('the shortest way counts, circles do no harm, and what is far is nobody’s', () => {
  const found = dependenciesOf('web', (service) => asks[service] ?? [])
  expect(Object.fromEntries(found)).toEqual({ checkout: 1, search: 1, payment: 2, cart: 2, bank: 3 })
  expect(dependenciesOf('search', (service) => asks[service] ?? []).size).toBe(0)
})
