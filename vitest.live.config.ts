import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/live/**/*.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 300_000,
    fileParallelism: false,
    retry: process.env.CI ? 1 : 0,
  },
})
