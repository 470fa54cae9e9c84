import { defineConfig } from 'vitest/config'

/** Kills, lies and races for as long as it takes: `npm run chaos`. */
export default defineConfig({
  test: {
    include: ['test/chaos/**/*.chaos.ts', 'test/chaos/hostile.test.ts'],
    testTimeout: 7_200_000,
    hookTimeout: 300_000,
    fileParallelism: false,
  },
})
