import { startRegistry } from '../../src/playground/registry/registry.ts'
import { alerting } from '../kit/alerting.ts'
import type { StageConfig } from '../kit/stage-config.ts'
import type { ImageOf } from './clusters.ts'

/** A registry that has the images, and a policy that lets the bot go back by itself. */
export interface AloneScene {
  readonly config: Pick<StageConfig, 'tier' | 'standard' | 'service' | 'sections'>
  readonly image: ImageOf
  close(): Promise<void>
}

export async function aloneScene(): Promise<AloneScene> {
  const registry = await startRegistry()
  const digests = new Map<string, string>()
  return {
    image(version) {
      const digest = digests.get(version) ?? registry.push('checkout-svc', version, {})
      digests.set(version, digest)
      return `${registry.host}/checkout-svc:${version}@${digest}`
    },
    config: {
      tier: 'standard',
      standard: '{ approve: [owners], incident: channel, human: false, automatic: { after: 20s } }',
      service: 'alerts: { wellFor: 2s }\n    migrations: none',
      sections: `${alerting.sections}registries: { "${registry.host}": { plainHttp: true } }\n`,
    },
    close: () => registry.close(),
  }
}
