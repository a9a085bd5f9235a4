import { expect, test } from 'vitest'
import { entriesOf, matching } from './entries.ts'

const named = (...names: string[]) => names.map((name) => ({ name, detail: '' }))
const nothing = { services: [], nodes: [], secrets: [], configs: [], volumes: [] }
const entries = entriesOf({
  services: named('shop_web', 'web', 'cobweb', 'web-admin'),
  nodes: named('web1'),
  secrets: named('db_password_v7'),
  configs: named('nginx_v2'),
  volumes: named('web data'),
})

const labels = (query: string) =>
  [...matching(entries, query)].map(([group, found]) => [
    group,
    found.map(({ label }) => label),
  ])

test('what begins with the query comes first, then words that do, then the rest', () => {
  expect(labels('WEB ')).toEqual([
    ['Services', ['web', 'web-admin', 'shop_web', 'cobweb']],
    ['Nodes', ['web1']],
    ['Volumes', ['web data']],
  ])
})

test('of one kind eight are shown, and all pages', () => {
  const many = named(...Array.from({ length: 20 }, (_, i) => `db_v${i}`))
  const found = matching(entriesOf({ ...nothing, secrets: many }), '')
  expect(found.get('Secrets')?.length).toBe(8)
  expect(found.get('Pages')?.map(({ label }) => label)).toContain('Journal')
})

test('without a query everything is offered, pages first', () => {
  expect(labels('').map(([group]) => group)).toEqual([
    'Pages',
    'Services',
    'Nodes',
    'Secrets',
    'Configs',
    'Volumes',
  ])
})

test.each([
  { query: 'password', to: '/secrets/db_password_v7' },
  { query: 'nginx', to: '/configs/nginx_v2' },
  { query: 'web d', to: '/volumes?q=web+data' },
])('$query leads to $to', ({ query, to }) => {
  expect([...matching(entries, query).values()].flat().map((entry) => entry.to)).toEqual([
    to,
  ])
})

test('leads to the page of a name, whatever is in it', () => {
  const odd = { services: named('a/b?'), volumes: named('{{.Name}} &x') }
  const all = entriesOf({ ...nothing, ...odd })
  const toOf = (name: string) => all.find(({ label }) => label === name)?.to
  expect(toOf('a/b?')).toBe('/services/a%2Fb%3F')
  expect(toOf('{{.Name}} &x')).toBe('/volumes?q=%7B%7B.Name%7D%7D+%26x')
})
