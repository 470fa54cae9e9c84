import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/live/**', 'test/browser/**', 'test/bench/**'],
    testTimeout: 20_000,
    // Real servers and clocks on machines that others load: a second try there is told, and here there is none.
    retry: process.env.CI ? 1 : 0,
  },
})
