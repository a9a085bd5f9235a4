import { pages, serviceTabs } from '@skep/shared/paths'
import { QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { createPages } from './routes.tsx'

const odd = 'a/b?c#d é'

const addresses = [
  pages.now(),
  pages.services(),
  pages.nodes(),
  pages.stateful(),
  pages.secrets(),
  pages.configs(),
  pages.volumes(),
  pages.networks(),
  pages.stacks(),
  pages.journal(),
  pages.service(odd),
  ...serviceTabs.map((tab) => pages.service(odd, tab)),
  pages.node(odd),
  pages.stored('secret', odd),
  pages.stored('config', odd),
]

test.each(addresses)('%s is a page', (address) => {
  const [, params, found] = createPages(new QueryClient()).getMatchedRoutes(address)
  expect(found).toBeDefined()
  expect(params).toEqual(address.includes('%') ? { name: odd } : {})
})

test('a rotation has a page', () => {
  const [, params, found] = createPages(new QueryClient()).getMatchedRoutes(
    pages.rotation(odd),
  )
  expect(found).toBeDefined()
  expect(params).toEqual({ id: odd })
})

test('any other address is none', () => {
  const [, , found] = createPages(new QueryClient()).getMatchedRoutes('/nope')
  expect(found).toBeUndefined()
})

test('addresses hold plain text', () => {
  const { parseSearch, stringifySearch } = createPages(new QueryClient()).options
  expect(stringifySearch({ q: '12', status: '' })).toBe('?q=12')
  expect(parseSearch('?q=12&status=true')).toEqual({ q: '12', status: 'true' })
})
