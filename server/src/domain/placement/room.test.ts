import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aTask } from '../entities.fixture.ts'
import { firstRefusal, roomFor, verdicts } from './filters.ts'
import { aDemand, aSite } from './placement.fixture.ts'
import { withTask } from './sites.ts'

const GiB = 2 ** 30
const reserving = (nanoCpus: number, memoryBytes: number) => ({
  reservations: { nanoCpus, memoryBytes },
})

describe('roomFor', () => {
  test.each([
    [Number.POSITIVE_INFINITY, {}],
    [4, reserving(1e9, 0)],
    [2, reserving(1e9, 3 * GiB)],
    [1, { hostPorts: ['80/tcp'] }],
    [3, { maxReplicas: 3 }],
    [2, { generic: { gpu: 2 } }],
  ] as const)('%d', (room, demand) => {
    const site = aSite({
      resources: { nanoCpus: 4e9, memoryBytes: 8 * GiB },
      generic: { gpu: 5 },
    })
    expect(roomFor(aDemand(demand), site)).toBe(room)
  })
})

const demands = fc.record({
  reservations: fc.record({
    nanoCpus: fc.integer({ min: 0, max: 5 }),
    memoryBytes: fc.integer({ min: 0, max: 5 }),
  }),
  generic: fc.constantFrom({}, { gpu: 1 }, { gpu: 2 }, { fpga: 1 }),
  hostPorts: fc.constantFrom([], ['80/tcp'], ['80/tcp', '53/udp']),
  maxReplicas: fc.constantFrom(null, 1, 2, 7),
  serviceId: fc.constantFrom('a', 'b'),
})
const nodes = fc.record({
  resources: fc.record({
    nanoCpus: fc.integer({ min: 0, max: 20 }),
    memoryBytes: fc.integer({ min: 0, max: 20 }),
  }),
  generic: fc.constantFrom({}, { gpu: 1 }, { gpu: 5 }),
})

test('the room is as many tasks as pass one after the other', () => {
  fc.assert(
    fc.property(demands, nodes, (fields, node) => {
      const demand = aDemand(fields)
      let site = aSite(node)
      let placed = 0
      const most = Math.min(roomFor(demand, site), 30)
      while (placed < 30 && firstRefusal(demand, site) === null) {
        site = withTask(site, demand)
        placed += 1
      }
      expect(placed).toBe(most)
    }),
  )
})

test('a task placed never makes room, for its own kind or another', () => {
  fc.assert(
    fc.property(demands, demands, nodes, (placed, other, node) => {
      const site = aSite(node)
      const fuller = withTask(site, aDemand(placed))
      expect(roomFor(aDemand(other), fuller)).toBeLessThanOrEqual(
        roomFor(aDemand(other), site),
      )
    }),
  )
})

test('a task placed on paper weighs as much as one that is there', () => {
  fc.assert(
    fc.property(demands, nodes, (fields, node) => {
      const demand = aDemand({ ...fields, hostPorts: [] })
      const { serviceId, reservations, generic } = demand
      const task = aTask({ serviceId, reserved: reservations, generic })
      expect(withTask(aSite(node), demand)).toEqual(aSite(node, [task]))
    }),
  )
})

test('exactly one filter is the first to refuse a node that is refused', () => {
  fc.assert(
    fc.property(demands, nodes, (fields, node) => {
      const demand = aDemand(fields)
      const all = verdicts(demand, aSite(node))
      const refusing = all.find(({ verdict }) => verdict === 'refuses')
      expect(firstRefusal(demand, aSite(node))).toBe(refusing?.filter ?? null)
      for (const { verdict, sentence } of all)
        expect(sentence !== null).toBe(verdict === 'refuses' || verdict === 'cannot-tell')
    }),
  )
})
