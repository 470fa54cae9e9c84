import { defineTexts } from './define.ts'

/** What steps tell while they run. */
export const rollback = defineTexts({
  'step.outcome-unknown': {
    en: 'Nobody can know whether the change happened. Look at the target, then go on or undo.',
    zh: '无法确认改动是否已生效。请先查看目标，再决定继续或撤销。',
  },
  'step.adapter-bug': {
    en: 'Astern met a defect of its own; the log has the details.',
    zh: 'Astern 遇到内部错误，详情见日志。',
  },
})
