import { describe, expect, test } from 'vitest'
import { aNetwork, aNode, aService, aState, byId } from './entities.fixture.ts'
import { networkNames, nodeNames, serviceNamed } from './names.ts'

const names = (...nodes: [id: string, hostname: string][]) =>
  Object.fromEntries(
    nodeNames(byId(nodes.map(([id, hostname]) => aNode({ id, hostname })))),
  )

describe('nodeNames', () => {
  test('are host names, with a piece of the id where two nodes share one', () => {
    expect(names(['aaaaaa111', 'w1'], ['bbbbbb222', 'w2'], ['cccccc333', 'w2'])).toEqual({
      aaaaaa111: 'w1',
      bbbbbb222: 'w2~bbbbbb',
      cccccc333: 'w2~cccccc',
    })
  })

  test.each([
    {
      nodes: [
        ['abcdef111', 'w'],
        ['abcdef222', 'w'],
      ] as [string, string][],
      why: 'ids that begin alike',
    },
    {
      nodes: [
        ['abcdef111', 'w'],
        ['bbbbbb222', 'w'],
        ['cccccc333', 'w~abcdef'],
      ] as [string, string][],
      why: 'a host that took the name of another',
    },
  ])('are never shared: $why', ({ nodes }) => {
    const given = Object.values(names(...nodes))
    expect(new Set(given).size).toBe(nodes.length)
  })

  test('a node without a host name is called by its id', () => {
    expect(names(['abcdefghijklmnop', ''])).toEqual({ abcdefghijklmnop: 'abcdefghijkl' })
  })

  test('are made once for each map of nodes', () => {
    const nodes = byId([aNode()])
    expect(nodeNames(nodes)).toBe(nodeNames(nodes))
  })
})

test('networkNames tell two networks of the same name apart', () => {
  const networks = byId([aNetwork({ id: 'aaaaaa11' }), aNetwork({ id: 'bbbbbb22' })])
  expect([...networkNames(networks).values()]).toEqual(['front~aaaaaa', 'front~bbbbbb'])
})

test('serviceNamed finds a service by name', () => {
  const web = aService()
  const state = aState({ services: [web] })
  expect(serviceNamed(state, 'web')).toBe(web)
  expect(serviceNamed(state, 'db')).toBeNull()
})
