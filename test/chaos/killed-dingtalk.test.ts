import { killedAtSome } from './killed-some.ts'
import { rolledBack } from './rolled-back.ts'

killedAtSome(
  'Done at most once, in DingTalk: killed before and after an effect and started again, it comes to the same end',
  rolledBack('dingtalk'),
  {
    feared: [
      'after call POST card/instances/createAndDeliver 2',
      'after receive submit in dingtalk 1',
      'before call POST im/sceneGroup/create 1',
    ],
    among: / (append|call|receive|answer) /,
    seed: 11,
  },
)
