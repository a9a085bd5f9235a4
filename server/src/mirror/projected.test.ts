import { taskStates } from '@skep/shared/contract/task-state'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aNetwork, aNode, aService, aState, aTask } from '../domain/entities.fixture.ts'
import { createProjector, type Projection } from '../domain/projection.ts'
import type { Residency } from '../domain/residency.ts'
import { advance } from '../domain/residency-ledger.ts'
import type { ClusterState } from '../domain/state.ts'
import { replaceNetworks, replaceNodes, replaceServices, replaceTasks } from './replace.ts'

const nodeIds = ['n1', 'n2', 'n3'] as const
const serviceIds = ['web', 'api', 'db'] as const
const networks = [aNetwork({ id: 'net1', name: 'front', stack: 'shop' })]

/** Counts up, so that each reading tells of something newer than the one before. */
type Reading = (state: ClusterState, version: number, at: number) => ClusterState

const rarely = fc.nat({ max: 5 }).map((number) => number === 0)

const task = fc
  .record({
    serviceId: fc.constantFrom(...serviceIds),
    slot: fc.constantFrom(1, 2),
    attempt: fc.constantFrom(1, 2),
    state: fc.oneof(fc.constant('running' as const), fc.constantFrom(...taskStates)),
    nodeId: fc.constantFrom(...nodeIds, null),
    gone: rarely,
  })
  .map(({ attempt, gone, ...found }): Reading => {
    const id = `${found.serviceId}.${found.slot}.${attempt}`
    return (state, version, at) => {
      const one = aTask({ ...found, id, version, createdAt: at, updatedAt: at })
      return replaceTasks(state, gone ? [] : [one], {
        tasks: new Map([[id, found.serviceId]]),
      })
    }
  })

const service = fc
  .record({
    id: fc.constantFrom(...serviceIds),
    name: fc.constantFrom('plain', 'other'),
    stack: fc.constantFrom(null, 'shop', 'crm'),
    networkIds: fc.constantFrom<string[]>([], ['net1']),
    replicas: fc.integer({ min: 0, max: 2 }),
    gone: rarely,
  })
  .map(
    ({ id, name, replicas, gone, ...found }): Reading =>
      (state, version, at) => {
        const mode = { kind: 'replicated', replicas } as const
        const given = { ...found, mode, name: `${name}_${id}`, version, updatedAt: at }
        return replaceServices(state, gone ? [] : [aService({ ...given, id })], {
          ids: new Set([id]),
        })
      },
  )

const nodes = fc
  .array(fc.constantFrom('active', 'drain', 'down'), { minLength: 3, maxLength: 3 })
  .map((conditions): Reading => {
    return (state, version, at) =>
      replaceNodes(
        state,
        nodeIds.map((id, place) => {
          const down = conditions[place] === 'down'
          const availability = conditions[place] === 'drain' ? 'drain' : 'active'
          const found = down ? ({ state: 'down' } as const) : ({ state: 'ready' } as const)
          return aNode({ id, availability, ...found, version, updatedAt: at })
        }),
      )
  })

const network = fc.boolean().map(
  (there): Reading =>
    (state) =>
      replaceNetworks(state, there ? networks : []),
)

const weighed = (weight: number, arbitrary: fc.Arbitrary<Reading>) => ({
  weight,
  arbitrary,
})

const readings = fc.array(
  fc.record({
    reading: fc.oneof(
      weighed(4, task),
      weighed(3, service),
      weighed(1, nodes),
      weighed(1, network),
    ),
    later: fc.nat({ max: 20_000 }),
  }),
  { minLength: 5, maxLength: 40 },
)

/** What a trouble keeps of its beginning is not in the state. */
function withoutHistory({ attention, services, wakeAt: _, ...view }: Projection) {
  return {
    ...view,
    attention: attention.map(({ since: _since, ...row }) => row),
    services: Object.entries(services).map(([name, { convergence, ...found }]) => ({
      ...found,
      key: name,
      convergence: { ...convergence, since: null },
    })),
  }
}

test('after any readings, what is shown is what a first look would show', () => {
  fc.assert(
    fc.property(readings, (steps) => {
      let now = 1_800_000_000_000
      let state = aState({
        services: [],
        tasks: [],
        nodes: nodeIds.map((id) => aNode({ id })),
      })
      let residency: Residency = new Map()
      const projector = createProjector()
      projector.project(state, now, residency)
      for (const [place, { reading, later }] of steps.entries()) {
        now += later
        const before = state
        state = reading(state, place + 1, now)
        residency = advance(residency, state, now, before).residency
        const shown = projector.project(state, now, residency)
        const fresh = createProjector().project(state, now, residency)
        expect(withoutHistory(shown)).toEqual(withoutHistory(fresh))
        expect(shown.wakeAt).toBe(fresh.wakeAt)
      }
    }),
  )
})
