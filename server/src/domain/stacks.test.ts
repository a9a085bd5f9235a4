import { Verdict } from '@skep/shared/contract/service'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aNetwork, aService, aState } from './entities.fixture.ts'
import { createProjector } from './projection.ts'
import { stackViews } from './stacks.ts'

const view = createProjector().project(
  aState({
    services: [
      aService({ id: '1', name: 'shop_web', stack: 'shop' }),
      aService({ id: '2', name: 'shop_db', stack: 'shop' }),
      aService({ id: '3', name: 'loose' }),
    ],
    networks: [
      aNetwork({ id: 'a', name: 'shop_net', stack: 'shop' }),
      aNetwork({ id: 'b', name: 'left_net', stack: 'left' }),
    ],
  }),
  0,
)

const withVerdicts = (...verdicts: Verdict[]) => {
  const [web] = Object.values(view.services)
  if (!web) throw new Error('the view is empty')
  return verdicts.map((verdict, i): [string, typeof web] => [
    `s${i}`,
    { ...web, name: `s${i}`, stack: 'x', convergence: { ...web.convergence, verdict } },
  ])
}
const verdictOf = (...verdicts: Verdict[]) =>
  stackViews(Object.fromEntries(withVerdicts(...verdicts)), {}).x?.verdict

test('a stack is whatever carries its label, services or not', () => {
  expect(Object.keys(view.stacks).toSorted()).toEqual(['left', 'shop'])
  expect(view.stacks.shop).toMatchObject({
    services: ['shop_db', 'shop_web'],
    networks: ['shop_net'],
  })
  expect(view.stacks.left).toEqual({
    name: 'left',
    services: [],
    networks: ['left_net'],
    verdict: null,
  })
})

test.each<{ verdicts: Verdict[]; gravest: Verdict; why: string }>([
  { verdicts: ['converged', 'down', 'paused'], gravest: 'down', why: 'nothing is graver' },
  { verdicts: ['converged', 'rolled-back'], gravest: 'rolled-back', why: 'never green' },
  { verdicts: ['converged', 'unknown'], gravest: 'unknown', why: 'not seen is not well' },
  { verdicts: ['complete', 'converged'], gravest: 'converged', why: 'what runs speaks' },
])('$verdicts make $gravest: $why', ({ verdicts, gravest }) => {
  expect(verdictOf(...verdicts)).toBe(gravest)
})

test('every verdict has its place, and the order of services none', () => {
  const verdict = fc.constantFrom(...Verdict.options)
  fc.assert(
    fc.property(fc.array(verdict, { minLength: 1, maxLength: 4 }), (verdicts) => {
      const gravest = verdictOf(...verdicts)
      expect(verdicts).toContain(gravest)
      expect(verdictOf(...verdicts.toReversed())).toBe(gravest)
    }),
  )
})
