import { alone } from './alone.ts'
import { killedAtSome } from './killed-some.ts'

killedAtSome('it goes back by itself once: killed and started again, it comes to the same end', alone, {
  // That it is announced to nobody, begins twice, or never.
  feared: [
    'after append incident.automatic-due 1',
    'before append rollback.proposed+incident.rollback-joined+lock.taken 1',
    'after append rollback.proposed+incident.rollback-joined+lock.taken 1',
    'after apply eu-1 1',
  ],
  among: / append .*(automatic|rollback)/,
  seed: 7,
})
