import { defineTexts } from './define.ts'

/** How services did in drills, over time. */
export const drillScore = defineTexts({
  'drill.scores': { en: 'Drills: how each service did last', zh: '演练评分：各服务最近一次' },
  'drill.scores-of': { en: 'Drills of {service}', zh: '{service} 的演练评分' },
  'drill.score-never': { en: '◌ {service}: never drilled', zh: '◌ {service}：从未演练' },
  'drill.score-when': { en: '{id}, {at}', zh: '{id}，{at}' },
  'drill.score-next': { en: 'next {id}, {at}', zh: '下一次 {id}，{at}' },
  'drill.score-faster': { en: '{by} faster than before', zh: '比上次快 {by}' },
  'drill.score-slower': { en: '{by} slower than before', zh: '比上次慢 {by}' },
  'drill.result-passed': { en: '✅ passed', zh: '✅ 通过' },
  'drill.result-failed': { en: '⛔ not passed', zh: '⛔ 未通过' },
  'drill.score-plot': {
    en: 'Seconds from the fault on in the last {count|# drill|# drills} of {service}, until somebody answered, decided, had rolled back and had verified; limit {limit}',
    zh: '{service} 最近 {count} 次演练从故障开始到响应、决策、回滚、验证的秒数，要求 {limit}',
  },
})
