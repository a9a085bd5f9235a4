import { aCluster, aService } from '@skep/shared/contract/cluster.fixture'
import { cleanup, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { aConsole, fresh } from '../../cluster/console.fixture.tsx'
import { ServiceNames } from '../inventory/ServiceNames.tsx'
import { ServiceName } from './ServiceName.tsx'

afterEach(cleanup)

const pg = aService({
  name: 'pg',
  state: { class: 'durable-single', placement: 'unpinned', ifItMoves: 'starts-empty' },
})
const { showRouted } = aConsole(fresh(aCluster({ pg, web: aService({ name: 'web' }) })))
const paths = ['/services/$name']
const links = () => screen.getAllByRole('link').map(({ textContent }) => textContent)

test('a service is a link, with how it holds data beside it, if it does', async () => {
  await showRouted(() => <ServiceName name="pg" />, paths)
  expect(screen.getByRole('link', { name: 'pg' }).getAttribute('href')).toBe('/services/pg')
  expect(screen.getByText('Starts empty if moved')).toBeTruthy()
  cleanup()
  await showRouted(() => <ServiceName name="web" />, paths)
  expect(screen.getByText('web').parentElement?.textContent).toBe('web')
})

test('a service that is gone keeps its name', async () => {
  await showRouted(() => <ServiceName name="old" />, paths)
  expect(links()).toEqual(['old'])
})

test('of many, those past the limit are counted, but never a single one', async () => {
  await showRouted(() => <ServiceNames names={['a', 'b', 'c']} limit={2} />, paths)
  expect(links()).toEqual(['a', 'b', 'c'])
  cleanup()
  await showRouted(() => <ServiceNames names={['a', 'b', 'c', 'd']} limit={2} />, paths)
  expect(links()).toEqual(['a', 'b'])
  expect(screen.getByText('2 more').title).toBe('c, d')
})
