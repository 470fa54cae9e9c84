import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/live/**', 'test/browser/**', 'test/bench/**'],
    testTimeout: 20_000,
  },
})
