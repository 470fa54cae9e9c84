import { query } from '../query.ts'

export const erasePayload = query<{ position: number }>()((db, args) =>
  db.updateTable('event').set({ payload: null, salt: null }).where('position', '=', args.position),
)
