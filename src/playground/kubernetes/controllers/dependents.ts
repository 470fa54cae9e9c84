import type { KubeObject } from '../object.ts'
import type { Store } from '../store.ts'

/** Who is owned by whom, by uid, kept up to date from the store's changes. */
export class Dependents {
  private readonly owned = new Map<string, Map<string, KubeObject>>()

  constructor(store: Store) {
    store.listen('all', ({ type, object, previous }) => {
      for (const owner of previous?.metadata.ownerReferences ?? []) this.drop(owner.uid, object.metadata.uid)
      if (type === 'DELETED') return
      for (const owner of object.metadata.ownerReferences ?? []) {
        let mine = this.owned.get(owner.uid)
        if (mine === undefined) {
          mine = new Map()
          this.owned.set(owner.uid, mine)
        }
        mine.set(object.metadata.uid, object)
      }
    })
  }

  private drop(owner: string, uid: string): void {
    const mine = this.owned.get(owner)
    mine?.delete(uid)
    if (mine?.size === 0) this.owned.delete(owner)
  }

  of(uid: string): KubeObject[] {
    return [...(this.owned.get(uid)?.values() ?? [])]
  }
}
