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

const cases = [
  { name: 'seed 6, a drain', seedOf: () => 6, isKnown: true },
  { name: 'seed 10, a change of labels', seedOf: () => 10, isKnown: true },
  // Drawn within the test: its name must be the same in every process. What it finds wrong
  // is told; what would harm somebody, a loss that was not announced, fails.
  { name: 'a fresh seed', seedOf: () => Math.floor(Math.random() * 1e6), isKnown: false },
]

test.describe('the preview of a node command', () => {
  test.describe.configure({ timeout: 300_000 })

  for (const { name, seedOf, isKnown } of cases) {
    test(`says what becomes of every task: ${name}`, async ({ lab, skep }) => {
      const seed = seedOf()
      console.log(`truth: seed ${seed}`)
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
      if (wrong.length > 0) console.log(`truth: seed ${seed}:`, JSON.stringify(wrong))
      const harm = wrong.filter(({ unannounced }) => isKnown || unannounced)
      expect(harm, `seed ${seed}`).toEqual([])
      expect(tried, `seed ${seed}`).toHaveLength(size.actions)
    })
  }
})
