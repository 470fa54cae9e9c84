import { killedAtSome } from './killed-some.ts'
import { rolledBack } from './rolled-back.ts'

killedAtSome(
  'Done at most once: killed before and after an effect and started again, it comes to the same end',
  rolledBack('slack'),
  {
    feared: ['before apply eu-1 1', 'after apply us-1 1', 'after send card:R-1 1'],
    among: / (append|call|receive|answer) /,
    seed: 7,
  },
)
