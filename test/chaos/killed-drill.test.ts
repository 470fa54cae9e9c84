import { drilled } from './drilled.ts'
import { killedAtSome } from './killed-some.ts'

killedAtSome(
  'a drill is made and taken away once: killed before and after an effect and started again, it comes to the same end',
  drilled,
  {
    // That it breaks twice, or that what it broke stays broken.
    feared: [
      'after apply eu-1 1',
      'before append drill.fault-made 1',
      'after append drill.fault-prepared 1',
      'before append drill.restored 1',
    ],
    among: / append .*drill\./,
    seed: 5,
  },
)
