import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aManager, aNode } from './entities.fixture.ts'
import { hasQuorum, quorum } from './quorum.ts'

const managers = (reachable: number, away = 0) => [
  ...Array.from({ length: reachable }, () => aManager()),
  ...Array.from({ length: away }, () => aManager({}, { reachability: 'unreachable' })),
  aNode(),
]

describe('quorum', () => {
  test.each([
    { reachable: 1, away: 0, needed: 1, canLose: 0, why: 'a single manager' },
    { reachable: 2, away: 0, needed: 2, canLose: 0, why: 'two are no safer than one' },
    { reachable: 3, away: 0, needed: 2, canLose: 1, why: 'three tolerate one loss' },
    { reachable: 2, away: 1, needed: 2, canLose: 0, why: 'which has happened' },
    { reachable: 1, away: 2, needed: 2, canLose: 0, why: 'and once too often' },
    { reachable: 4, away: 0, needed: 3, canLose: 1, why: 'a fourth adds nothing' },
    { reachable: 5, away: 0, needed: 3, canLose: 2, why: 'five tolerate two' },
    { reachable: 0, away: 0, needed: 1, canLose: 0, why: 'none is known yet' },
  ])('$reachable of $reachable + $away can lose $canLose: $why', (the) => {
    expect(quorum(managers(the.reachable, the.away))).toEqual({
      total: the.reachable + the.away,
      reachable: the.reachable,
      needed: the.needed,
      canLose: the.canLose,
    })
  })

  test('is held for as long as no more are lost than can be', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.nat({ max: 9 }), (total, lost) => {
        const away = Math.min(lost, total)
        const { canLose } = quorum(managers(total))
        expect(hasQuorum(managers(total - away, away))).toBe(away <= canLose)
      }),
    )
  })

  test('nobody denies it before the managers are known', () => {
    expect(hasQuorum([])).toBe(true)
  })
})
