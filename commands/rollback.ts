import { pressChanges, pressChoose, pressLook, submitPropose } from '../src/app/ask.ts'
import { pressStopAutomatic } from '../src/app/automatic-stop.ts'
import { showCandidates } from '../src/app/chosen.ts'
import {
  pressAbort,
  pressAgain,
  pressApprove,
  pressAskThem,
  pressAtOnce,
  pressBreakGlass,
  pressPreview,
  pressReject,
  pressReview,
  pressShow,
  pressUndo,
  pressWhoMay,
  submitBreakGlass,
  submitReject,
  submitReview,
  submitUndo,
} from '../src/app/clicks.ts'
import { defineCommand } from '../src/app/command.ts'

const usage = '/rollback SERVICE [to VERSION] [in ENV | REGION | ENV/REGION] [--explain]'

export const rollback = defineCommand({
  name: 'rollback',
  aliases: ['回滚', '回退'],
  usage,
  summary: 'help.rollback',
  run: (input) => showCandidates(input, usage, true),
  presses: {
    'rollback.look': pressLook,
    'rollback.changes': pressChanges,
    'rollback.choose': pressChoose,
    'rollback.approve': pressApprove,
    'rollback.reject': pressReject,
    'rollback.abort': pressAbort,
    'rollback.preview': pressPreview,
    'rollback.show': pressShow,
    'rollback.undo': pressUndo,
    'rollback.again': pressAgain,
    'rollback.ask-them': pressAskThem,
    'rollback.at-once': pressAtOnce,
    'rollback.break-glass': pressBreakGlass,
    'rollback.review': pressReview,
    'rollback.who-may': pressWhoMay,
    'rollback.stop-automatic': pressStopAutomatic,
  },
  forms: {
    'rollback.propose': submitPropose,
    'rollback.reject': submitReject,
    'rollback.undo': submitUndo,
    'rollback.break-glass': submitBreakGlass,
    'rollback.review': submitReview,
  },
})
