import { expect, test } from 'vitest'
import { listText } from './trusted.ts'

test.each([
  { items: [] },
  { items: [{ name: 'items":null}' }] },
  { asOf: '2026-11-22T08:00:00.000Z', items: [{ name: 'db' }, { name: 'tls' }] },
])('a list is the text that it would be, time and again', (list) => {
  expect(listText(list)).toBe(JSON.stringify(list))
  expect(listText({ ...list })).toBe(JSON.stringify(list))
})

test('what stands beside the items may change while they do not', () => {
  const items = [{ name: 'db' }]
  expect(listText({ ...{ asOf: 'then' }, items })).toContain('then')
  expect(listText({ ...{ asOf: 'now' }, items })).toContain('now')
})
