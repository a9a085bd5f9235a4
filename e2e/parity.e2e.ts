import { expect, test } from './fixtures.ts'
import { compare } from './parity/compare.ts'
import { differences } from './parity/differences.ts'
import { realTarget } from './parity/real.ts'
import { simulatedTarget } from './parity/simulated.ts'
import { observe } from './parity/suite.ts'
import { complaints } from './parity/table.ts'

// What a power cut leaves behind (attached containers, managers on their way back) is no
// difference between a simulator and an engine.
test.use({ untouched: true })

test.describe('the simulator', () => {
  test.describe.configure({ timeout: 420_000 })

  test('says and does what this engine says and does, or it is listed why not', async ({
    lab,
    engine,
  }) => {
    const simulator = await simulatedTarget()
    try {
      const real = await realTarget(lab, engine)
      const [ours, theirs] = await Promise.all([
        observe(simulator, { isBrief: true }),
        observe(real, { isBrief: true }),
      ])
      const comparison = compare(ours, theirs, { engine, differences })
      expect(complaints(comparison)).toEqual([])
      expect(comparison.rows.length).toBeGreaterThan(500)
    } finally {
      await simulator.close()
    }
  })
})
