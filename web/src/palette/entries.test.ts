import { expect, test } from 'vitest'
import { entriesOf, matching } from './entries.ts'

const named = (...names: string[]) => names.map((name) => ({ name, detail: '' }))
const entries = entriesOf(named('shop_web', 'web', 'cobweb', 'web-admin'), named('web1'))

const labels = (query: string) =>
  [...matching(entries, query)].map(([group, found]) => [
    group,
    found.map(({ label }) => label),
  ])

test('what begins with the query comes first, then words that do, then the rest', () => {
  expect(labels('WEB ')).toEqual([
    ['Services', ['web', 'web-admin', 'shop_web', 'cobweb']],
    ['Nodes', ['web1']],
  ])
})

test('without a query everything is offered, pages first', () => {
  expect(labels('').map(([group]) => group)).toEqual(['Pages', 'Services', 'Nodes'])
})

test('leads to the page of a name, whatever is in it', () => {
  const [odd] = entriesOf(named('a/b?'), []).filter(({ label }) => label === 'a/b?')
  expect(odd?.to).toBe('/services/a%2Fb%3F')
})
