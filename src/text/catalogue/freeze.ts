import { defineTexts } from './define.ts'

/** Freezes: times when nothing may be released. */
export const freeze = defineTexts({
  'moment.freeze-overridden': {
    en: '{person} overrode the freeze {freezes}: “{reason}”',
    zh: '{person} 破例通过封网 {freezes}，原因：{reason}',
  },
})
