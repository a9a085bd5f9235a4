import type { Pace } from '@skep/shared/contract/spec-summary'
import { expect, test } from 'vitest'
import { imageQuestion, paceText, scaleQuestion, settingsQuestion } from './arguments.ts'

test.each([
  { text: '5', question: { state: 'asked', args: { replicas: 5 } } },
  { text: ' 0 ', question: { state: 'asked', args: { replicas: 0 } } },
  { text: '3', question: { state: 'unchanged' } },
  { text: '-1', question: { errors: { replicas: 'Less than 0 is not possible.' } } },
  { text: '1e9', question: { errors: { replicas: 'Type a whole number, such as 3.' } } },
  { text: '', question: { errors: { replicas: 'Type a whole number, such as 3.' } } },
  {
    text: '1000000',
    question: { errors: { replicas: 'More than 100,000 is not possible.' } },
  },
])('scaling 3 to "$text"', ({ text, question }) => {
  expect(scaleQuestion(text, 3, 'replicas')).toMatchObject(question)
})

test('an image is asked for as it is typed, without the spaces around it', () => {
  expect(imageQuestion(' demo/web:v2 ')).toEqual({
    state: 'asked',
    args: { image: 'demo/web:v2' },
  })
  expect(imageQuestion('demo web').state).toBe('wrong')
  expect(imageQuestion('  ').state).toBe('wrong')
})

const pace: Pace = {
  parallelism: 1,
  delayNs: 500e6,
  order: 'stop-first',
  monitorNs: 5e9,
  maxFailureRatio: 0,
  failureAction: 'pause',
}
const now = { update: pace, rollback: pace }
const text = { update: paceText(pace), rollback: paceText(pace) }

test('settings that are as they were ask for nothing', () => {
  expect(settingsQuestion(text, now).state).toBe('unchanged')
})

test('only settings that differ are sent, times in milliseconds', () => {
  const asked = {
    update: { ...text.update, delay: '1,5', order: 'start-first' as const },
    rollback: { ...text.rollback, parallelism: '0' },
  }
  expect(settingsQuestion(asked, now)).toEqual({
    state: 'asked',
    args: { delay: 1_500, order: 'start-first', rollbackParallelism: 0 },
  })
})

test('what cannot be read is said by field', () => {
  const asked = { ...text, rollback: { ...text.rollback, maxFailureRatio: '2' } }
  expect(settingsQuestion(asked, now)).toEqual({
    state: 'wrong',
    errors: { rollbackMaxFailureRatio: 'More than 1 is not possible.' },
  })
})
