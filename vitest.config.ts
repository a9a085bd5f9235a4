import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // A worker for each file costs more than half of the whole run.
    isolate: false,
    projects: [
      {
        test: {
          name: 'node',
          include: [
            '{shared,server}/src/**/*.test.ts',
            'scripts/*.test.mjs',
            'e2e/{truth,parity,bench,bench/scale}/*.test.ts',
          ],
          environment: 'node',
          setupFiles: ['./server/src/properties.setup.ts'],
        },
      },
      {
        test: {
          name: 'web',
          include: ['web/src/**/*.test.{ts,tsx}'],
          environment: 'happy-dom',
          // Vitest empties stylesheets otherwise, and this one has a test of its own.
          css: { include: [/theme\/tokens\.css/] },
        },
      },
    ],
  },
})
