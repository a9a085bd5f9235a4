import { expect, test } from 'vitest'
import { aNetwork, aService, byId } from './entities.fixture.ts'
import { networkViews } from './networks.ts'

test('networks go by name, each with the services that join it', () => {
  const networks = byId([
    aNetwork({ id: 'front', name: 'front', stack: 'shop' }),
    aNetwork({ id: 'aaaaaa1', name: 'twin' }),
    aNetwork({ id: 'bbbbbb2', name: 'twin' }),
  ])
  const services = byId([
    aService({ id: 'w', name: 'web', networkIds: ['front', 'bbbbbb2', 'gone'] }),
    aService({ id: 'a', name: 'api', networkIds: ['front'] }),
  ])
  const views = networkViews(networks, services)
  expect(Object.keys(views)).toEqual(['front', 'twin~aaaaaa', 'twin~bbbbbb'])
  expect(views.front).toMatchObject({ services: ['api', 'web'], stack: 'shop' })
  expect(views['twin~aaaaaa']?.services).toEqual([])
  expect(views['twin~bbbbbb']?.services).toEqual(['web'])
})
