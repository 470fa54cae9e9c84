import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Registry } from '../../../src/ports/registry.ts'
import type { registryClient } from '../../kit/oci-registry/client.ts'
import { dockerManifest, imageOf, indexOf } from '../../kit/oci-registry/image.ts'

export interface RegistryBench {
  /** How images name it. */
  readonly host: string
  readonly client: ReturnType<typeof registryClient>
  /** An adapter that has asked nothing yet; `stranger` brings a wrong password. */
  open(as?: 'stranger'): Registry
  stop(): Promise<void>
}

const never = new AbortController().signal
const absent = `sha256:${'0'.repeat(64)}`

/** What every registry adapter does with a real registry of its kind. */
export function registryContract(title: string, start: () => Promise<RegistryBench>): void {
  describe(`registry contract: ${title}`, () => {
    let bench: RegistryBench
    beforeAll(async () => {
      bench = await start()
    })
    afterAll(() => bench.stop())

    const look = (rest: string, digest?: string) => bench.open().look(`${bench.host}/${rest}`, digest, never)

    it('finds an image by tag and by digest, and says which digest it is', async () => {
      const image = imageOf('plain')
      await bench.client.push('shop/plain', 'v1', image)
      const { digest } = image.manifest
      expect(await look('shop/plain:v1')).toMatchObject({ state: 'present', digest })
      expect(await look(`shop/plain@${digest}`)).toMatchObject({ state: 'present', digest })
      expect(await look(`shop/plain:v1@${digest}`, digest)).toMatchObject({ state: 'present', digest })
    })

    it("finds an image in Docker's own format", async () => {
      const image = imageOf('docker', dockerManifest)
      await bench.client.push('shop/docker', 'v1', image)
      expect(await look('shop/docker:v1')).toMatchObject({ state: 'present', digest: image.manifest.digest })
    })

    it('says gone for a tag, a digest and a repository that are not there', async () => {
      await bench.client.push('shop/some', 'v1', imageOf('some'))
      expect(await look('shop/some:v0')).toMatchObject({ state: 'gone' })
      expect(await look(`shop/some@${absent}`)).toMatchObject({ state: 'gone' })
      expect(await look('shop/nothing:v1')).toMatchObject({ state: 'gone' })
    })

    it('says gone when the manifest is still there, but a layer or the configuration is not', async () => {
      const [bare, blank] = [imageOf('bare'), imageOf('blank')]
      await bench.client.push('shop/bare', 'v1', bare)
      await bench.client.push('shop/blank', 'v1', blank)
      await bench.client.deleteBlob('shop/bare', bare.layers[1] ?? bare.config)
      await bench.client.deleteBlob('shop/blank', blank.config)
      expect(await look('shop/bare:v1')).toMatchObject({ state: 'gone' })
      expect(await look('shop/blank:v1')).toMatchObject({ state: 'gone' })
    })

    it('says gone once the manifest was deleted', async () => {
      const image = imageOf('deleted')
      await bench.client.push('shop/deleted', 'v1', image)
      await bench.client.push('shop/deleted', 'v2', imageOf('kept'))
      await bench.client.deleteManifest('shop/deleted', image.manifest)
      expect(await look('shop/deleted:v1')).toMatchObject({ state: 'gone' })
      expect(await look('shop/deleted:v2')).toMatchObject({ state: 'present' })
    })

    it('looks into an index: all of its images, and no attestation', async () => {
      const [amd, arm, attestation] = [imageOf('amd'), imageOf('arm'), imageOf('attestation')]
      for (const image of [amd, arm, attestation]) await bench.client.push('shop/multi', image.manifest.digest, image)
      const index = indexOf({ 'linux/amd64': amd, 'linux/arm64': arm }, attestation)
      await bench.client.pushManifest('shop/multi', 'v1', index)
      await bench.client.deleteBlob('shop/multi', attestation.config)
      expect(await look('shop/multi:v1')).toMatchObject({ state: 'present', digest: index.digest })
      // A node of one platform reports the digest of its own image.
      expect(await look('shop/multi:v1', arm.manifest.digest)).toMatchObject({ digest: arm.manifest.digest })

      await bench.client.deleteBlob('shop/multi', amd.config)
      expect(await look('shop/multi:v1')).toMatchObject({ state: 'unknown', why: 'not-understood' })
      await bench.client.deleteManifest('shop/multi', arm.manifest)
      expect(await look('shop/multi:v1')).toMatchObject({ state: 'gone' })
    })

    it('tells that a tag was moved', async () => {
      const [before, after] = [imageOf('before'), imageOf('after')]
      await bench.client.push('shop/moved', 'stable', before)
      await bench.client.push('shop/moved', 'stable', after)
      const digest = after.manifest.digest
      expect(await look('shop/moved:stable', before.manifest.digest)).toMatchObject({ state: 'present', digest })
    })

    it('says that it may not look, never gone, to whom the registry does not know', async () => {
      await bench.client.push('shop/private', 'v1', imageOf('private'))
      for (const tag of ['v1', 'v0']) {
        const state = await bench.open('stranger').look(`${bench.host}/shop/private:${tag}`, undefined, never)
        expect(state).toMatchObject({ state: 'unknown', why: 'no-permission' })
      }
    })
  })
}
