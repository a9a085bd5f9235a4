import type { Transition } from '@skep/shared/contract/attention'
import { expect, test } from 'vitest'
import { digest } from './digest.ts'

const seen = (id: number, name: string, tone: Transition['tone']): Transition => ({
  id,
  at: `2026-11-21T14:02:0${id}.000Z`,
  subject: { kind: 'service', name },
  tone,
  sentence: `Sentence ${id}.`,
})

test('what repeats is one line, at the place of its newest', () => {
  const lines = digest([
    seen(5, 'web', 'critical'),
    seen(4, 'api', 'ok'),
    seen(3, 'web', 'critical'),
    seen(2, 'web', 'ok'),
    seen(1, 'web', 'critical'),
  ])
  expect(
    lines.map(({ newest, count, first }) => [newest.id, count, first.slice(17, 19)]),
  ).toEqual([
    [5, 3, '01'],
    [4, 1, '04'],
    [2, 1, '02'],
  ])
})
