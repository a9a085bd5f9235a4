import type { Attention } from '@skep/shared/contract/attention'
import { expect, test } from 'vitest'
import { needsYou } from './needs.ts'

const item = (tone: Attention['tone']): Attention => ({
  id: tone,
  kind: 'posture',
  tone,
  title: 'Four managers',
  detail: '',
  cause: null,
  since: null,
  subject: { kind: 'swarm', name: '' },
})

test('what is only good to know needs nobody', () => {
  expect(
    needsYou({ attention: [item('critical'), item('warning'), item('neutral')] }),
  ).toBe(2)
})
