import { defineConfig } from '@playwright/test'
import type { LabOptions } from './fixtures.ts'

/**
 * The judge: a real browser on a real swarm, once for each engine. Two labs at a time: most
 * of a story is waiting for the swarm, and two cores carry ten nodes that wait. With three
 * the whole takes a fifth less, and nodes that were switched off miss the time they have.
 */

/** Which engines to judge on; naming some of them shortens a run while working. */
const named = (process.env.SKEP_TEST_ENGINES ?? '20,26,28').split(',')
const engines = (['20', '26', '28'] as const).filter((engine) => named.includes(engine))

/** What is looked at, and judged by axe. */
const looks = ['pages.e2e.ts', 'states.e2e.ts']

export default defineConfig<object, LabOptions>({
  testDir: '.',
  testMatch: '*.e2e.ts',
  outputDir: '../node_modules/.cache/skep/e2e',
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ['json', { outputFile: '../node_modules/.cache/skep/real.json' }]],
  use: {
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
    trace: 'retain-on-failure',
  },
  projects: [
    ...engines.map((engine) => ({
      name: `engine-${engine}`,
      testIgnore: looks,
      use: { engine, samples: false },
    })),
    // What a page looks like does not depend on the engine.
    ...engines.slice(-1).map((engine) => ({
      name: 'pages',
      testMatch: looks,
      use: { engine, samples: true },
    })),
  ],
})
