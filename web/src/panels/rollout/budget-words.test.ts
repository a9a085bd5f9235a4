import type { Rollout } from '@skep/shared/contract/rollout'
import { expect, test } from 'vitest'
import { budgetWords, segments } from './budget-words.ts'
import { aRollout } from './rollout.fixture.ts'

type Case = Partial<Pick<Rollout, 'kind' | 'state'>> &
  Partial<Rollout['failures']> & { says: string }

test.each<Case>([
  { seen: 2, says: '2 seen, none left; the next pauses the update' },
  { seen: 1, says: '1 seen, 1 more tolerated; one beyond pauses the update' },
  { seen: 0, says: 'None seen, 2 tolerated; one beyond pauses the update' },
  {
    seen: 0,
    tolerated: 0,
    says: 'None seen, none tolerated; the first pauses the update',
  },
  {
    seen: 0,
    tolerated: 0,
    action: 'rollback',
    says: 'None seen, none tolerated; the first rolls the update back',
  },
  { seen: 3, says: '3 seen, 2 tolerated: that pauses the update' },
  { seen: 3, state: 'paused', says: '3 seen, 2 tolerated: that paused the update' },
  {
    seen: 1,
    state: 'paused',
    says: '1 seen, 2 tolerated; the swarm counted more and paused the update',
  },
  {
    seen: 1,
    tolerated: 0,
    kind: 'rollback',
    state: 'paused',
    says: '1 seen, none tolerated: that paused the rollback',
  },
  { seen: 0, tolerated: null, says: 'Failures do not stop this update.' },
  {
    seen: 4,
    tolerated: null,
    action: 'continue',
    kind: 'rollback',
    says: 'Failures do not stop this rollback. 4 seen.',
  },
])('$says', ({ says, kind = 'update', state = 'running', ...failures }) => {
  const part = { tolerated: 2, seen: 0, action: 'pause', ...failures } as const
  expect(budgetWords({ kind, state, failures: part })).toBe(says)
})

const drawn = (failures: Rollout['failures']) =>
  segments(aRollout({ failures }))
    ?.map(({ failed, acts }) => (failed ? '▮' : acts ? '!' : '▯'))
    .join('')

test.each([
  { seen: 2, tolerated: 2, bar: '▮▮!' },
  { seen: 0, tolerated: 0, bar: '!' },
  { seen: 9, tolerated: 2, bar: '▮▮▮' },
  { seen: 4, tolerated: 60, bar: undefined },
  { seen: 4, tolerated: null, bar: undefined },
])('$seen seen of $tolerated tolerated are $bar', ({ bar, ...failures }) => {
  expect(drawn({ action: 'pause', ...failures })).toBe(bar)
})

test('where failures stop nothing there is no bar to fill', () => {
  expect(drawn({ seen: 1, tolerated: 2, action: 'continue' })).toBeUndefined()
})
