import { expect, test } from 'vitest'
import { pathOf } from '../preview-query.ts'
import { keepQuestion } from './prune-question.ts'
import { rotateQuestion, usualRotation } from './rotate-question.ts'

const none = () => false

test.each([
  ['3', { state: 'asked', args: { keep: 3 } }],
  ['0', { state: 'wrong' }],
  ['', { state: 'wrong' }],
  ['101', { state: 'wrong' }],
])('keeping "%s"', (text, question) => {
  expect(keepQuestion(text)).toMatchObject(question)
})

test('the name of the next version is proposed unless somebody types one', () => {
  expect(rotateQuestion(usualRotation, none)).toEqual({
    state: 'asked',
    args: { together: false, windowHours: 24 },
  })
  expect(rotateQuestion({ ...usualRotation, next: 'db_v7' }, none)).toMatchObject({
    args: { next: 'db_v7' },
  })
})

test('each field is judged by itself', () => {
  const text = { ...usualRotation, next: 'db_v6', windowHours: '3000' }
  expect(rotateQuestion(text, (name) => name === 'db_v6')).toMatchObject({
    state: 'wrong',
    errors: {
      next: expect.stringContaining('There is one'),
      windowHours: expect.stringContaining('More than 2,160'),
    },
  })
})

test('the address of a preview holds what was asked, each word encoded', () => {
  const target = { subject: 'secret', name: 'a b', kind: 'rotate' } as const
  const args = { next: 'a&b', together: true, windowHours: 0 }
  expect(pathOf(target, JSON.stringify(args))).toBe(
    '/api/secrets/a%20b/rotate?next=a%26b&together=true&windowHours=0',
  )
  const prune = { subject: 'config', name: 'nginx', kind: 'prune' } as const
  expect(pathOf(prune, '{"keep":3}')).toBe('/api/config-families/nginx/prune?keep=3')
})
