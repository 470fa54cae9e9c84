import { defineCheckAdapter } from '../../../ports/adapter.ts'
import { MetricCheckConfig } from './config.ts'
import { ask } from './question.ts'

/** Asks a monitor whether a metric is well again. */
export const metric = defineCheckAdapter<MetricCheckConfig>({
  port: 'check',
  id: 'metric',
  title: 'Metric',
  config: MetricCheckConfig,
  monitorOf: ({ monitor }) => monitor,
  open: ({ monitor, written, ...config }, given) => {
    const { name, limit, forMs } = config
    const title = `${name} ${limit.side === 'above' ? '≤' : '≥'} ${written} (${Math.ceil(forMs / 1000)}s)`
    return ask({ ...config, title, only: [] }, given.monitor(monitor), given)
  },
})
