import { Attention } from '@skep/shared/contract/attention'
import { Network } from '@skep/shared/contract/network'
import { Node } from '@skep/shared/contract/node'
import { Overview } from '@skep/shared/contract/overview'
import { Service } from '@skep/shared/contract/service'
import { Stack } from '@skep/shared/contract/stack'
import { Swarm } from '@skep/shared/contract/swarm'
import { taskStates } from '@skep/shared/contract/task-state'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { noteChanged } from './changed-keys.ts'
import {
  aMount,
  aNetwork,
  aNode,
  aService,
  aSpec,
  aState,
  aTask,
  threeNodes,
} from './entities.fixture.ts'
import { createProjector, type Projection } from './projection.ts'
import { replay } from './recording.fixture.ts'
import type { Residency, Stay } from './residency.ts'
import { advance } from './residency-ledger.ts'
import type { ClusterState, Task } from './state.ts'

const now = 1_800_000_000_000
const webTasks = [1, 2, 3].map((slot) => aTask({ id: `web${slot}`, slot }))
const dbTask = aTask({ id: 'db1', serviceId: 'db', volumes: ['data'] })
const dbSpec = aSpec({ mounts: [aMount({ target: '/var/lib/postgresql/data' })] })
const parts = {
  services: [
    aService({ stack: 'shop', networkIds: ['net1'] }),
    aService({
      id: 'db',
      name: 'db',
      image: 'postgres:17',
      mode: { kind: 'replicated', replicas: 1 },
      spec: dbSpec,
    }),
  ],
  networks: [aNetwork()],
  tasks: [...webTasks, dbTask],
}
const state = aState(parts)

/** The state after one task changed, made as the mirror makes it: the rest stays. */
function withTask(state: ClusterState, task: Task): ClusterState {
  const of = (groups: ClusterState['tasksByService'], key: string) => {
    const next = new Map(groups).set(key, new Map(groups.get(key)).set(task.id, task))
    noteChanged(groups, next, new Set([key]))
    return next
  }
  return {
    ...state,
    tasksByService: of(state.tasksByService, task.serviceId),
    tasksByNode:
      task.nodeId === null ? state.tasksByNode : of(state.tasksByNode, task.nodeId),
  }
}

describe('what does not change keeps its identity', () => {
  test('the same state gives the very same parts', () => {
    const projector = createProjector()
    const first = projector.project(state, now)
    const second = projector.project(state, now + 1)
    for (const key of Object.keys(first) as (keyof Projection)[]) {
      expect(second[key], key).toBe(first[key])
    }
  })

  test('so does an equal one', () => {
    const projector = createProjector()
    const first = projector.project(state, now)
    const second = projector.project(structuredClone(state), now)
    for (const key of Object.keys(first) as (keyof Projection)[]) {
      expect(second[key], key).toBe(first[key])
    }
  })

  test('one task changes one slot of one service, and its node', () => {
    const projector = createProjector()
    const first = projector.project(state, now)
    const task = aTask({ id: 'web2', slot: 2, state: 'failed', nodeId: 'n2' })
    const second = projector.project(withTask(state, task), now)
    expect(second.services.db).toBe(first.services.db)
    expect(second.services.web).not.toBe(first.services.web)
    const [a, b, c] = second.services.web?.slots ?? []
    expect(a).toBe(first.services.web?.slots[0])
    expect(b).not.toBe(first.services.web?.slots[1])
    expect(c).toBe(first.services.web?.slots[2])
    expect(second.services.web?.ports).toBe(first.services.web?.ports)
    expect(second.nodes.n1).toBe(first.nodes.n1)
    expect(second.networks).toBe(first.networks)
    expect(second.swarm).toBe(first.swarm)
  })

  test('a slot that comes leaves the others alone', () => {
    const mode = { kind: 'global' } as const
    const service = aService({ mode })
    const on = (id: string) => aTask({ id: `on-${id}`, slot: null, nodeId: id })
    const projector = createProjector()
    const first = projector.project(
      aState({
        services: [service],
        tasks: [on('n2'), on('n3')],
        nodes: threeNodes.slice(1),
      }),
      now,
    )
    const second = projector.project(
      aState({ services: [service], tasks: [on('n1'), on('n2'), on('n3')] }),
      now,
    )
    expect(second.services.web?.slots.slice(1)).toEqual(first.services.web?.slots)
    expect(second.services.web?.slots[1]).toBe(first.services.web?.slots[0])
    expect(second.services.web?.slots[2]).toBe(first.services.web?.slots[1])
  })

  test('a node that reports in changes no service', () => {
    const projector = createProjector()
    const first = projector.project(state, now)
    const nodes = threeNodes.map((node) => ({ ...node, version: 99, updatedAt: now }))
    const second = projector.project(aState({ ...parts, nodes }), now)
    expect(second.services).toBe(first.services)
    expect(second.nodes).not.toBe(first.nodes)
  })

  test('a stay changes its service alone', () => {
    const projector = createProjector()
    const services = ['db', 'queue'].map((name) =>
      aService({
        id: name,
        name,
        image: 'postgres:17',
        mode: { kind: 'replicated', replicas: 1 },
        spec: dbSpec,
      }),
    )
    const on = (serviceId: string, nodeId: string) =>
      aTask({ id: `${serviceId}1`, serviceId, nodeId, volumes: ['data'] })
    const held = aState({ services, tasks: [on('db', 'n2'), on('queue', 'n1')] })
    const stay = (nodeId: string, from: number, to: number | null): Stay => ({
      volume: 'data',
      nodeId,
      node: nodeId,
      from,
      to,
    })
    const queue = [stay('n1', now - 5000, null)]
    const before: Residency = new Map([['queue', queue]])
    const first = projector.project(held, now, before)
    const moved = [stay('n2', now - 1000, null), stay('n1', now - 5000, now - 2000)]
    const second = projector.project(held, now, new Map([...before, ['db', moved]]))
    expect(first.services.db?.state).toMatchObject({ placement: 'unpinned' })
    expect(second.services.db?.state).toMatchObject({ placement: 'misplaced' })
    expect(second.attention.map(({ id }) => id)).toContain('misplaced:db')
    expect(second.services.queue).toBe(first.services.queue)
    expect(second.services.db?.slots).toBe(first.services.db?.slots)
  })

  test('a service that is down because its data is on a lost node reads once', () => {
    const nodes = ['n1', 'n2'].map((id) =>
      aNode({ id, state: id === 'n2' ? 'down' : 'ready' }),
    )
    const lost = { ...dbTask, nodeId: 'n2', desired: 'shutdown' } as const
    const waiting = aTask({
      id: 'db2',
      serviceId: 'db',
      state: 'pending',
      nodeId: null,
      error: 'no suitable node (1 node not available for new tasks)',
    })
    const rows = createProjector()
      .project(aState({ ...parts, nodes, tasks: [...webTasks, lost, waiting] }), now)
      .attention.filter(({ subject }) => subject.name === 'db')
    expect(rows).toMatchObject([
      {
        id: 'service-down:db',
        detail: '0 of 1 running, 1 cannot be placed; its data is on n2, which is down',
        cause: 'no suitable node (1 node not available for new tasks)',
      },
    ])
  })

  const step = fc.record({
    task: fc.constantFrom(...webTasks, dbTask),
    state: fc.constantFrom(...taskStates),
    node: fc.constantFrom('n1', 'n2', null),
    later: fc.nat({ max: 20_000 }),
  })

  test('of every history: parts that are equal are the same, and none is out of date', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        const projector = createProjector()
        let at = now
        let current = state
        let { residency } = advance(new Map(), current, at)
        let before = projector.project(current, at, residency)
        for (const { task, state: observed, node, later } of steps) {
          at += later
          current = withTask(current, {
            ...task,
            state: observed,
            nodeId: node,
            updatedAt: at,
          })
          residency = advance(residency, current, at).residency
          const after = projector.project(current, at, residency)
          for (const [name, service] of Object.entries(after.services)) {
            const old = before.services[name]
            if (!old || service === old) continue
            expect(service).not.toEqual(old)
            for (const slot of service.slots) {
              const was = old.slots.find(({ key }) => key === slot.key)
              if (slot !== was) expect(slot).not.toEqual(was)
            }
          }
          before = after
        }
        const fresh = createProjector().project(current, at, residency)
        const sameButSince = ({ services }: Projection) =>
          Object.values(services).map(({ convergence, ...service }) => ({
            ...service,
            convergence: { ...convergence, since: null },
          }))
        expect(sameButSince(before)).toEqual(sameButSince(fresh))
      }),
    )
  })
})

describe('time', () => {
  test('moves on at wakeAt, and not before', () => {
    const projector = createProjector()
    const young = aState({
      ...parts,
      services: [aService({ updatedAt: now })],
    })
    const first = projector.project(young, now)
    expect(first.services.web?.convergence.verdict).toBe('verifying')
    expect(first.wakeAt).toBe(now + 5000)
    expect(projector.project(young, now + 4999).services).toBe(first.services)
    const later = projector.project(young, now + 5000)
    expect(later.services.web?.convergence.verdict).toBe('converged')
    expect(later.wakeAt).toBeNull()
  })

  test('nothing that is well needs to be looked at again', () => {
    expect(createProjector().project(state, now).wakeAt).toBeNull()
  })

  test('a trouble keeps the beginning that was seen, though the swarm forgets it', () => {
    const projector = createProjector()
    const crash = (id: string, at: number) =>
      aTask({
        id,
        serviceId: 'db',
        state: 'failed',
        desired: 'shutdown',
        createdAt: at - 1000,
        updatedAt: at,
      })
    const of = (...tasks: Task[]) => aState({ ...parts, tasks: [...webTasks, ...tasks] })
    const first = projector.project(of(crash('a', now)), now)
    const second = projector.project(of(crash('b', now + 9000)), now + 9000)
    expect(second.services.db?.convergence.verdict).toBe('down')
    expect(second.services.db?.convergence.since).toBe(first.services.db?.convergence.since)
    expect(second.attention[0]?.since).toBe(first.services.db?.convergence.since)
    expect(second.services.db?.convergence.since).not.toBeNull()
  })
})

describe('a view', () => {
  const View = z.object({
    swarm: Swarm,
    overview: Overview,
    attention: z.array(Attention),
    services: z.record(z.string(), Service),
    nodes: z.record(z.string(), Node),
    networks: z.record(z.string(), Network),
    stacks: z.record(z.string(), Stack),
  })

  test.each([
    'rollout-start-first-28',
    'bad-crash-continue-28',
    'node-down-28',
    'leader-change-28',
  ])('of %s keeps the contract', (recording) => {
    const projector = createProjector()
    for (const { now, state } of replay(recording)) {
      const { wakeAt: _, ...view } = projector.project(state, now)
      expect(View.parse(view)).toEqual(view)
    }
  })

  test('takes a name that is made to do harm for a name', () => {
    const nodes = [aNode({ id: 'n1', hostname: '__proto__' })]
    const view = createProjector().project(aState({ nodes }), now)
    expect(Object.keys(view.nodes)).toEqual(['__proto__'])
  })

  test('forgets what is gone', () => {
    const projector = createProjector()
    projector.project(state, now)
    const view = projector.project(aState({ nodes: [] }), now)
    expect(view).toMatchObject({
      services: {},
      nodes: {},
      networks: {},
      stacks: {},
      attention: [],
    })
    expect(view.overview.sentence).toBe('No services yet.')
  })
})
