// Long, and in one piece: a table of what each filter refuses, with its words, and passes.
import { type FilterId, filterIds } from '@skep/shared/contract/placement'
import { describe, expect, test } from 'vitest'
import { aService, aState, aTask } from '../entities.fixture.ts'
import type { Node, Task } from '../state.ts'
import type { Demand } from './demand.ts'
import { firstRefusal, roomFor, verdicts } from './filters.ts'
import { aDemand, aSite } from './placement.fixture.ts'
import { siteOf } from './sites.ts'

const GiB = 2 ** 30

type Case = {
  filter: FilterId
  demand: Partial<Demand>
  node: Partial<Node>
  tasks?: readonly Task[]
  says: string
}

const reserving = (nanoCpus: number, memoryBytes: number): Partial<Demand> => ({
  reservations: { nanoCpus, memoryBytes },
})
const having = (nanoCpus: number, memoryBytes: number): Partial<Node> => ({
  resources: { nanoCpus, memoryBytes },
})
const plugin = (kind: string, name: string): Partial<Demand> => ({
  plugins: [{ kind, name }],
})
const plugins = [
  { kind: 'Volume', name: 'local' },
  { kind: 'Network', name: 'overlay' },
  { kind: 'Log', name: 'json-file' },
]

const refused: readonly Case[] = [
  { filter: 'ready', demand: {}, node: { state: 'down' }, says: 'is down' },
  { filter: 'ready', demand: {}, node: { state: 'unknown' }, says: 'has not reported in' },
  {
    filter: 'ready',
    demand: {},
    node: { state: 'disconnected' },
    says: 'is disconnected',
  },
  { filter: 'ready', demand: {}, node: { availability: 'drain' }, says: 'is drained' },
  { filter: 'ready', demand: {}, node: { availability: 'pause' }, says: 'is paused' },
  {
    filter: 'ready',
    demand: { constraints: ['node.labels.a==b'] },
    node: { state: 'down', availability: 'drain' },
    says: 'is down',
  },
  {
    filter: 'resources',
    demand: reserving(0, 2 * GiB),
    node: having(4e9, 8 * GiB),
    tasks: [aTask({ reserved: { nanoCpus: 0, memoryBytes: 6.75 * GiB } })],
    says: 'needs 2 GiB reserved, 1.2 GiB free',
  },
  {
    filter: 'resources',
    demand: reserving(2.5e9, 0),
    node: having(2e9, 8 * GiB),
    says: 'needs 2.5 CPU reserved, 2 CPU free',
  },
  {
    filter: 'resources',
    demand: reserving(3e9, 9 * GiB),
    node: having(2e9, 8 * GiB),
    says: 'needs 9 GiB reserved, 8 GiB free; needs 3 CPU reserved, 2 CPU free',
  },
  {
    // The engine asks for no CPU, and finds less than none.
    filter: 'resources',
    demand: reserving(0, GiB),
    node: having(1e9, 8 * GiB),
    tasks: [aTask({ reserved: { nanoCpus: 2e9, memoryBytes: 0 } })],
    says: 'is overbooked by 1 CPU',
  },
  {
    filter: 'resources',
    demand: { generic: { gpu: 2 } },
    node: { generic: { gpu: 2 } },
    tasks: [aTask({ generic: { gpu: 1 } })],
    says: 'needs 2 gpu reserved, 1 free',
  },
  {
    filter: 'resources',
    demand: { generic: { gpu: 0 } },
    node: {},
    says: 'has no gpu left, and one that asks for 0 needs some too',
  },
  {
    // Once all of a kind is taken, it is as if the node had none.
    filter: 'resources',
    demand: { generic: { gpu: 0 } },
    node: { generic: { gpu: 2 } },
    tasks: [aTask({ generic: { gpu: 2 } })],
    says: 'has no gpu left, and one that asks for 0 needs some too',
  },
  {
    filter: 'resources',
    demand: { generic: { toString: 1 } },
    node: {},
    says: 'needs 1 toString reserved, 0 free',
  },
  {
    filter: 'plugins',
    demand: plugin('Volume', 'rexray'),
    node: { plugins },
    says: 'has no volume plugin rexray',
  },
  {
    filter: 'plugins',
    demand: plugin('Network', 'weave'),
    node: { plugins },
    says: 'has no network plugin weave',
  },
  {
    filter: 'plugins',
    demand: plugin('Log', 'loki'),
    node: { plugins },
    says: 'has no log plugin loki',
  },
  {
    filter: 'constraints',
    demand: { constraints: ['node.labels.zone==east', 'node.role==worker'] },
    node: { labels: { zone: 'west' } },
    says: 'node.labels.zone==east, and it is west',
  },
  {
    filter: 'constraints',
    demand: { constraints: ['node.labels.zone==east', 'node.hostname!=n1'] },
    node: {},
    says: 'node.labels.zone==east, and it has none; node.hostname!=n1, and it is n1',
  },
  {
    filter: 'constraints',
    demand: { constraints: ['node.colour!=red'] },
    node: {},
    says: 'node.colour!=red asks for what no node has',
  },
  {
    filter: 'constraints',
    demand: { constraints: ['node.ip==10.1.0.0/16'] },
    node: {},
    says: 'node.ip==10.1.0.0/16, and it is 10.0.0.1',
  },
  {
    filter: 'platform',
    demand: {
      platforms: [
        { os: 'linux', architecture: 'arm64' },
        { os: 'windows', architecture: '' },
      ],
    },
    node: {},
    says: 'is linux/x86_64, and the image is built for linux/arm64, windows',
  },
  {
    filter: 'host-port',
    demand: { hostPorts: ['80/tcp', '443/tcp'] },
    node: {},
    tasks: [aTask({ serviceId: 'service-proxy', desired: 'shutdown' })],
    says: 'host port 443/tcp in use',
  },
  {
    filter: 'max-replicas',
    demand: { maxReplicas: 2 },
    node: {},
    tasks: [aTask({ id: 't1' }), aTask({ id: 't2', state: 'starting' })],
    says: 'has 2 tasks of it, and at most 2 may be on one node',
  },
]

const proxy = aService({
  id: 'service-proxy',
  ports: [
    { published: 443, target: 443, protocol: 'tcp', mode: 'host' },
    { published: 80, target: 80, protocol: 'tcp', mode: 'ingress' },
    { published: null, target: 81, protocol: 'tcp', mode: 'host' },
  ],
})

function siteIn({ node, tasks = [] }: Pick<Case, 'node' | 'tasks'>) {
  const { node: whole } = aSite(node)
  return siteOf(aState({ services: [proxy], nodes: [whole], tasks }), whole)
}

describe('each filter', () => {
  test.each(refused)('$filter refuses: $says', ({ filter, demand, node, tasks, says }) => {
    const site = siteIn({ node, ...(tasks && { tasks }) })
    const asked = aDemand(demand)
    expect(firstRefusal(asked, site)).toBe(filter)
    expect(verdicts(asked, site).find((one) => one.filter === filter)).toEqual({
      filter,
      verdict: 'refuses',
      sentence: says,
    })
    expect(roomFor(asked, site)).toBe(0)
  })

  test.each<{ because: string } & Pick<Case, 'demand' | 'node' | 'tasks'>>([
    { because: 'nothing is asked', demand: {}, node: {} },
    {
      because: 'a reservation fits exactly',
      demand: reserving(4e9, 8 * GiB),
      node: having(4e9, 8 * GiB),
    },
    {
      because: 'who reserves nothing is not asked, however much is taken',
      demand: {},
      node: having(1e9, GiB),
      tasks: [aTask({ reserved: { nanoCpus: 9e9, memoryBytes: 9 * GiB } })],
    },
    {
      because: 'ended and pending tasks hold nothing',
      demand: { ...reserving(4e9, 8 * GiB), hostPorts: ['443/tcp'], maxReplicas: 1 },
      node: having(4e9, 8 * GiB),
      tasks: (['failed', 'shutdown', 'complete', 'pending'] as const).map((state) =>
        aTask({
          id: state,
          state,
          serviceId: state === 'failed' ? 'service-proxy' : 'service-web',
          reserved: { nanoCpus: 1e9, memoryBytes: GiB },
        }),
      ),
    },
    {
      because: 'a task that stops is no replica',
      demand: { maxReplicas: 1 },
      node: {},
      tasks: [aTask({ desired: 'shutdown' })],
    },
    {
      because: 'another protocol is another port',
      demand: { hostPorts: ['443/udp'] },
      node: {},
      tasks: [aTask({ serviceId: 'service-proxy' })],
    },
    {
      because: 'a plugin may be called by its name without the tag',
      demand: plugin('Volume', 'rexray'),
      node: { plugins: [{ kind: 'Volume', name: 'rexray:latest' }] },
    },
    {
      because: 'an engine that tells of no log drivers is given the benefit',
      demand: plugin('Log', 'loki'),
      node: { plugins: [{ kind: 'Volume', name: 'local' }] },
    },
    {
      because: 'amd64 is x86_64',
      demand: { platforms: [{ os: 'linux', architecture: 'amd64' }] },
      node: { architecture: 'x86_64' },
    },
    {
      because: 'arm64 is aarch64',
      demand: { platforms: [{ os: 'linux', architecture: 'aarch64' }] },
      node: { architecture: 'arm64' },
    },
    {
      because: 'an empty platform is any',
      demand: { platforms: [{ os: '', architecture: '' }] },
      node: { os: 'windows' },
    },
  ])('passes: $because', ({ demand, node, tasks }) => {
    const site = siteIn({ node, ...(tasks && { tasks }) })
    expect(firstRefusal(aDemand(demand), site)).toBeNull()
    expect(roomFor(aDemand(demand), site)).toBeGreaterThan(0)
  })

  test('all eight speak, in the order of the scheduler, and only when asked', () => {
    const all = verdicts(aDemand(), aSite())
    expect(all.map(({ filter }) => filter)).toEqual(filterIds)
    expect(all.map(({ verdict }) => verdict)).toEqual([
      'passes',
      ...Array(7).fill('not-asked'),
    ])
  })

  test('the first in order is the one that counts', () => {
    const demand = aDemand({ constraints: ['node.id==x'], hostPorts: ['443/tcp'] })
    const site = siteIn({ node: {}, tasks: [aTask({ serviceId: 'service-proxy' })] })
    expect(firstRefusal(demand, site)).toBe('constraints')
    const late = verdicts(demand, site).find(({ filter }) => filter === 'host-port')
    expect(late?.verdict).toBe('refuses')
  })
})
