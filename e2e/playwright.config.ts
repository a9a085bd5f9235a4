import { defineConfig, type Project } from '@playwright/test'
import type { LabOptions } from './fixtures.ts'

const engines = ['20', '26', '28'] as const
type Engine = (typeof engines)[number]

/** Which engines to judge on, with every story; by default each has its share. */
const named = process.env.SKEP_TEST_ENGINES?.split(',')

/** What the engines themselves say and do, which is not the same for all: told on each. */
const everywhere = ['contract', 'placement', 'push-feed', 'rollout', 'truth']

/**
 * What the console does with it is told on one, since all of it three times over takes an
 * hour: this here, the rest on the newest. `SKEP_TEST_ENGINES=20,26,28` tells all on all.
 */
const shares: Partial<Record<Engine, string[]>> = {
  20: ['commands', 'rotation', 'rotation-load', 'volume'],
  26: ['config', 'operate', 'verdicts'],
}

/** What is looked at, and judged by axe: it does not depend on the engine. */
const looks = ['pages', 'states']

/** What needs no lab: the demo, as a newcomer finds it. */
const demo = ['demo']

const files = (stories: string[]) => stories.map((story) => `${story}.e2e.ts`)

function storiesOf(engine: Engine) {
  if (named) return { testIgnore: files([...looks, ...demo]) }
  const share = shares[engine]
  if (share) return { testMatch: files([...everywhere, ...share]) }
  return { testIgnore: files([...looks, ...demo, ...Object.values(shares).flat()]) }
}

const projectOf = (engine: Engine): Project<object, LabOptions> => ({
  name: `engine-${engine}`,
  ...storiesOf(engine),
  use: { engine, samples: false },
})

const played = engines.filter((engine) => named?.includes(engine) ?? true)

/**
 * The judge: a real browser on real swarms. Two labs at a time: most of a story is waiting
 * for the swarm, and two cores carry ten nodes that wait. With three the whole takes a fifth
 * less, and nodes that were switched off miss the time they have.
 */
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
    ...played.map(projectOf),
    ...played.slice(-1).map((engine) => ({
      name: 'pages',
      testMatch: files(looks),
      use: { engine, samples: true },
    })),
    { name: 'demo', testMatch: files(demo) },
  ],
})
