import { expect, test } from './fixtures.ts'
import { until } from './lab/lab.ts'
import { clearConsumers } from './truth/consumers-clear.ts'
import { judgeConsumers } from './truth/consumers-judge.ts'
import { planOf } from './truth/consumers-plan.ts'
import { close, settingOn } from './truth/setting.ts'

/** Small: the long run is `npm run truth -- --consumers`. */
const size = { secrets: 20, configs: 10, services: 12 }

test.describe('secrets and configs', () => {
  test('list everyone who uses them, in whatever role, and nobody else', async ({
    lab,
    skep,
  }) => {
    test.setTimeout(300_000)
    const seed = Number(process.env.SKEP_TEST_SEED) || Date.now() % 1_000_000
    console.log(`seed ${seed}: run again with SKEP_TEST_SEED=${seed}`)
    const plan = planOf(seed, size)
    const setting = await settingOn(lab, skep, ['m1', 'm2', 'm3', 'w1', 'w2'])
    try {
      const judged = await judgeConsumers(setting, { plan, seed, lose: null, samples: 3 })
      expect(judged.differences).toEqual([])
      const { expected } = judged.scores.triples
      // Nothing would be shown by what did not occur.
      expect(new Set(expected.map(({ role }) => role))).toEqual(
        new Set(['current', 'older-task', 'rollback-target']),
      )
      expect(judged.refused.kept).toBeGreaterThan(0)
    } finally {
      await clearConsumers(setting, plan)
      close(setting)
      // Other stories clear what the console shows.
      await until(
        async () => {
          const { services } = await skep.cluster()
          return plan.services.every(({ name }) => !services[name])
        },
        { what: 'the console to have seen that', timeout: 30_000 },
      )
    }
  })
})
