import { defineTexts } from './define.ts'

/** Said by what breaks something for a drill and puts it back. */
export const faultTexts = defineTexts({
  'fault.outside-scope': {
    en: '{what} is outside of what drill {drill} may touch. Nothing was done there.',
    zh: '{what} 不在演练 {drill} 的允许范围内，未做任何操作。',
  },
  'fault.nowhere': {
    en: '{service} runs in none of the regions of drill {drill}. Correct the scenario.',
    zh: '{service} 不在演练 {drill} 的任何区域中运行，请修改演练场景。',
  },
  'fault.no-target': {
    en: '{what} is not connected, or cannot be broken on purpose. `astern doctor` tells more.',
    zh: '{what} 未连接，或不支持人为制造故障。`astern doctor` 可查看详情。',
  },
  'fault.not-well': {
    en: '{what} is not well before the drill: {ready} of {wanted} pods are ready. Drill when it is.',
    zh: '{what} 在演练前就不健康：{wanted} 个 pod 中只有 {ready} 个就绪。请恢复后再演练。',
  },
  'fault.stale': {
    en: 'What runs on {what} is not known for certain right now. It is asked again.',
    zh: '暂时无法确认 {what} 上运行的版本，稍后会再次查询。',
  },
  'fault.locked': {
    en: 'A rollback is working on {what}. It is left alone until that has ended.',
    zh: '{what} 正在回滚，结束之前不做改动。',
  },
  'fault.same': {
    en: 'What the scenario ships to {what} is what runs there: it breaks nothing. Correct the scenario.',
    zh: '演练场景要发布到 {what} 的内容与当前版本相同，不会造成故障。请修改演练场景。',
  },
  'fault.blocked': {
    en: 'The bad release cannot be shipped to {what}: {why}',
    zh: '坏版本无法发布到 {what}：{why}',
  },
  'fault.overtaken': {
    en: 'Somebody shipped {version} to {what} during the drill. It was left alone; before, {before} ran there.',
    zh: '演练期间有人向 {what} 发布了 {version}，已保留未动；演练前为 {before}。',
  },
  'fault.mixed': {
    en: 'Somebody shipped {version} to {what} on top of the bad release: parts of that are still in it. Ship it again from its source, or `/rollback {service} to {before}`.',
    zh: '有人在坏版本之上向 {what} 发布了 {version}，其中仍含坏版本的内容。请从源头重新发布，或使用 `/rollback {service} to {before}`。',
  },
  'fault.not-restored': {
    en: '{what} could not be put back to {before}: {why}',
    zh: '{what} 未能恢复到 {before}：{why}',
  },
})
