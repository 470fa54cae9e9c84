import { newFile, openAt } from '../../adapters/ledger/kit.ts'
import { ledgerContract } from './ledger-contract.ts'
import { storeContract } from './store-contract.ts'

const open = async () => {
  const file = newFile()
  let current = await openAt(file)
  const reopened = async () => {
    await current.close()
    current = await openAt(file)
    return current
  }
  return { current, reopened }
}

ledgerContract('SQLite', async () => {
  const { current, reopened } = await open()
  return { ledger: current.ledger, reopen: async () => (await reopened()).ledger }
})

storeContract('SQLite', async () => {
  const { current, reopened } = await open()
  return { store: current.store, reopen: async () => (await reopened()).store }
})
