import type { Attention } from './attention.ts'
import type { Cluster } from './cluster.ts'
import type { Node } from './node.ts'
import type { Service, Slot } from './service.ts'

/** Valid entities for tests; a test names only what it is about. */
const instant = '2026-11-21T14:02:31.000Z'

export function aSlot(number: number, error: string | null): Slot {
  return {
    key: String(number),
    number,
    status: error ? 'failed' : 'running',
    tasks: [
      {
        id: `task-${number}`,
        service: 'web',
        slot: number,
        node: 'w1',
        state: error ? 'failed' : 'running',
        desired: error ? 'shutdown' : 'running',
        since: instant,
        message: 'started',
        error,
        exitCode: error ? 1 : null,
        upToDate: true,
        nodeLost: false,
      },
    ],
    phase: null,
    restarts: 0,
  }
}

export function aService(fields: Partial<Service>): Service {
  return {
    id: 'svc',
    name: 'web',
    stack: null,
    mode: 'replicated',
    image: 'demo/web:v1',
    createdAt: instant,
    updatedAt: instant,
    convergence: {
      verdict: 'converged',
      sentence: '3 of 3 on the current spec',
      since: instant,
      stableAt: null,
      cause: null,
      culprit: null,
      certainty: 'spec',
    },
    running: 3,
    desired: 3,
    upToDate: 3,
    completed: 0,
    recentFailures: 0,
    update: null,
    rollout: null,
    ports: [],
    networks: [],
    state: null,
    hasHealthCheck: false,
    slots: [1, 2, 3].map((number) => aSlot(number, null)),
    ...fields,
  }
}

export const aNeed = (id: string): Attention => ({
  id,
  kind: 'stuck',
  tone: 'warning',
  subject: { kind: 'service', name: 'web' },
  title: 'web is stuck',
  detail: '0 of 4 running',
  cause: null,
  since: instant,
})

export function aCluster(services: Record<string, Service>): Cluster {
  return {
    epoch: 'epoch',
    seq: 0,
    version: '0.1.0',
    freshness: {
      now: instant,
      contactAt: instant,
      readAt: {
        nodes: instant,
        services: instant,
        tasks: instant,
        networks: instant,
        stored: instant,
      },
    },
    swarm: {
      id: 'swarm',
      state: 'live',
      sentence: 'The swarm answers.',
      next: null,
      since: instant,
      cause: null,
      managers: { total: 1, reachable: 1, canLose: 0 },
      leader: 'm1',
      endpoint: 'unix:///var/run/docker.sock',
      engineVersion: '28.5.2',
      apiVersion: '1.51',
      feed: 'push',
      simulation: null,
    },
    overview: {
      sentence: 'Everything is converged.',
      tone: 'ok',
      services: { total: 0, converged: 0, inMotion: 0, needYou: 0, unknown: 0 },
      nodes: { total: 0, ready: 0, draining: 0, down: 0, other: 0 },
      tasks: { running: 0, desired: 0 },
    },
    attention: [],
    recent: [],
    readOnly: false,
    operations: {},
    services,
    nodes: {},
    networks: {},
    stacks: {},
  }
}

export function aNode(fields: Partial<Node>): Node {
  return {
    id: 'node',
    name: 'w1',
    role: 'worker',
    availability: 'active',
    state: 'ready',
    status: 'ready',
    sentence: 'Ready and active. 3 tasks.',
    message: '',
    address: '10.0.0.2',
    manager: null,
    engineVersion: '28.5.2',
    os: 'linux',
    architecture: 'x86_64',
    nanoCpus: 4e9,
    memoryBytes: 8 * 1024 ** 3,
    reserved: { nanoCpus: 1e9, memoryBytes: 1024 ** 3 },
    tasks: { running: 3, live: 3 },
    labels: {},
    engineLabels: {},
    joinedAt: instant,
    updatedAt: instant,
    ...fields,
  }
}
