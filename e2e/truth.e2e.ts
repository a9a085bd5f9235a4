import { expect, test } from './fixtures.ts'
import { clear } from './truth/deploy.ts'
import { type Size, scenarioOf } from './truth/generate.ts'
import { type Case, play } from './truth/play.ts'
import { close, settingOn } from './truth/setting.ts'

/** Of the swarm that the other stories share; small, for the long run is `npm run truth`. */
const size: Size = {
  nodes: ['m1', 'm2', 'm3', 'w1', 'w2'],
  services: [8, 10],
  actions: 1,
}

/** Clusters are drawn anew by `npm run truth` alone, or by a seed that is named here. */
const seeds: Record<string, number> = {
  'seed 6, a drain': 6,
  'seed 10, a change of labels': 10,
  ...(process.env.SKEP_TEST_SEED && { 'a seed': Number(process.env.SKEP_TEST_SEED) }),
}

test.describe('the preview of a node command', () => {
  test.describe.configure({ timeout: 300_000 })

  for (const [name, seed] of Object.entries(seeds)) {
    test(`says what becomes of every task: ${name}`, async ({ lab, skep }) => {
      const setting = await settingOn(lab, skep, size.nodes)
      const tried: Case[] = []
      try {
        await play(setting, scenarioOf(seed, size), (each) => tried.push(each))
      } finally {
        await clear(setting)
        close(setting)
      }
      const wrong = tried.flatMap(({ round, action, judged }) =>
        judged.filter(({ right }) => !right).map((each) => ({ round, action, ...each })),
      )
      expect(wrong, `seed ${seed}`).toEqual([])
      expect(tried, `seed ${seed}`).toHaveLength(size.actions)
    })
  }
})
