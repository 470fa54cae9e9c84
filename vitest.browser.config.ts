import { defineConfig } from 'vitest/config'

/** A real browser on the playground. Needs Debian's chromium, or any other under CHROMIUM. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    fileParallelism: false,
    retry: process.env.CI ? 1 : 0,
  },
})
