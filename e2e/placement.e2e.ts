import { expect, test } from './fixtures.ts'
import { judgeUnschedulable } from './truth/unschedulable.ts'

test.describe('placement', () => {
  test('what cannot be placed is explained as the engine explains it', async ({
    lab,
    skep,
  }) => {
    test.setTimeout(240_000)
    const seed = Number(process.env.SKEP_TEST_SEED) || Date.now() % 1_000_000
    console.log(`seed ${seed}: run again with SKEP_TEST_SEED=${seed}`)
    const { cases, agreed, differences } = await judgeUnschedulable({
      lab,
      skep,
      seed,
      cases: 20,
    })
    expect(differences).toEqual([])
    expect({ cases, agreed }).toEqual({ cases: 20, agreed: 20 })
  })
})
