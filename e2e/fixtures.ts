import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base } from '@playwright/test'
import { Console } from './console.ts'
import { type Engine, Lab } from './lab/lab.ts'

export type LabOptions = {
  engine: Engine
  /** Whether the sample stacks are deployed, which fill every page. */
  samples: boolean
  /** Whether it wants a swarm on which no story was told before. */
  untouched: boolean
}

type Worker = LabOptions & {
  /** Three managers and two workers, with the demo images in their registry. */
  lab: Lab
  /** A console on that swarm, asking m1 alone, with m1's push feed. */
  skep: Console
}

type Told = {
  /** Prints what the engines complained of last, once a story has failed. */
  complaints: undefined
}

/** Tests on a real swarm, which lives as long as the worker: one lab for each project. */
export const test = base.extend<Told, Worker>({
  engine: ['20', { option: true, scope: 'worker' }],
  samples: [false, { option: true, scope: 'worker' }],
  // Nobody reads it: a worker with another option is another worker, with a lab of its own.
  untouched: [false, { option: true, scope: 'worker' }],

  lab: [
    async ({ engine, samples }, use, { parallelIndex }) => {
      const dir = join(tmpdir(), `skep-e2e-${engine}-${parallelIndex}`)
      // What a run that was interrupted left behind must not tell this one its story.
      await Lab.at(dir).down()
      const lab = await Lab.up({ managers: 3, workers: 2, engine, dir })
      await lab.images()
      if (samples) await lab.samples()
      await use(lab)
      await lab.down()
    },
    { scope: 'worker', timeout: 180_000 },
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

  complaints: [
    async ({ lab }, use, info) => {
      await use(undefined)
      if (info.status === info.expectedStatus) return
      for (const node of ['m1', 'm2', 'm3', 'w1', 'w2']) {
        const lines = (await lab.complaints(node)).slice(-6)
        for (const line of lines) console.log(`${node}: ${line.slice(0, 300)}`)
      }
    },
    { auto: true },
  ],

  baseURL: async ({ skep }, use) => use(skep.url),
})

export { expect } from '@playwright/test'
