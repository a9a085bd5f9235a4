import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base } from '@playwright/test'
import { Console } from './console.ts'
import { type Engine, Lab } from './lab/lab.ts'

export type LabOptions = { engine: Engine }

type Worker = LabOptions & {
  /** Three managers and two workers, with the demo images in their registry. */
  lab: Lab
  /** A console on that swarm, asking m1 alone, with m1's push feed. */
  skep: Console
}

/** Tests on a real swarm, which lives as long as the worker: one lab for each engine. */
export const test = base.extend<object, Worker>({
  engine: ['20', { option: true, scope: 'worker' }],

  lab: [
    async ({ engine }, use) => {
      const dir = join(tmpdir(), `skep-e2e-${engine}`)
      const lab = await Lab.up({ managers: 3, workers: 2, engine, dir })
      await lab.images()
      await use(lab)
      await lab.down()
    },
    { scope: 'worker', timeout: 120_000 },
  ],

  skep: [
    async ({ lab }, use) => {
      const skep = await Console.prepare({
        DOCKER_HOST: `unix://${lab.socket('m1')}`,
        SKEP_WATCH_SOCKET: lab.controlSocket('m1'),
      })
      await skep.start()
      await skep.ready()
      await use(skep)
      await skep.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],

  baseURL: async ({ skep }, use) => use(skep.url),
})

export { expect } from '@playwright/test'
