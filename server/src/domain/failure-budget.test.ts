import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toleratedFailures } from './failure-budget.ts'

test.each([
  { dirtySlots: 10, ratio: 0, tolerated: 0, why: 'the default: the first failure acts' },
  { dirtySlots: 10, ratio: 0.2, tolerated: 2, why: 'meeting the ratio is still fine' },
  { dirtySlots: 3, ratio: 0.5, tolerated: 1, why: 'half a task is no task' },
  { dirtySlots: 100, ratio: 0.29, tolerated: 29, why: 'float32, like the swarm' },
  { dirtySlots: 3, ratio: 1 / 3, tolerated: 1, why: 'a third, written in full' },
  { dirtySlots: 3, ratio: 0.3333333, tolerated: 0, why: 'a third, cut short' },
  { dirtySlots: 3, ratio: 0.33333334, tolerated: 1, why: 'a third, as float32 has it' },
  { dirtySlots: 1, ratio: 0.99, tolerated: 0, why: 'a single slot' },
  { dirtySlots: 7, ratio: 1, tolerated: 7, why: 'all may fail' },
  { dirtySlots: 0, ratio: 0.5, tolerated: 0, why: 'nothing to do, nothing to lose' },
])('$tolerated of $dirtySlots at $ratio: $why', ({ dirtySlots, ratio, tolerated }) => {
  expect(toleratedFailures(dirtySlots, ratio)).toBe(tolerated)
})

test('agrees with an update that fails slot by slot, counted in float32', () => {
  const ratios = fc.oneof(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.tuple(fc.nat(1000), fc.integer({ min: 1, max: 1000 })).map(([a, b]) => a / b),
    fc.nat(100).map((percent) => percent / 100),
  )
  fc.assert(
    fc.property(fc.nat(1000), ratios, (dirtySlots, ratio) => {
      const [count, dirty, limit, share] = Array.from(
        { length: 4 },
        () => new Float32Array(1),
      )
      if (!count || !dirty || !limit || !share) throw new Error('four were made')
      dirty[0] = dirtySlots
      limit[0] = ratio
      let survived = 0
      for (let failures = 1; failures <= dirtySlots; failures += 1) {
        count[0] = failures
        share[0] = (count[0] ?? 0) / (dirty[0] ?? 0)
        if ((share[0] ?? 0) > (limit[0] ?? 0)) break
        survived = failures
      }
      expect(toleratedFailures(dirtySlots, ratio)).toBe(survived)
    }),
  )
})
