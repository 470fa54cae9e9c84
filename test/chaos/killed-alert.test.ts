import { alerted } from './alerted.ts'
import { killedAtSome } from './killed-some.ts'

killedAtSome(
  'an alert is one incident and one rollback, verified by what fired: killed and started again, it comes to the same end',
  alerted,
  {
    // That an alert was taken and is told to nobody, or that what fired is never asked again.
    feared: [
      'after append alert.received 1',
      'after append incident.opened+incident.alerted+incident.suspected+service.incident-opened 1',
      'before monitor range 1',
      'after monitor newest 3',
    ],
    among: / append .*(alert|incident|step)|monitor/,
    seed: 3,
  },
)
