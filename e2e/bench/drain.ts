import {
  aManager,
  aMount,
  aNode,
  aService,
  aSpec,
  aState,
  aTask,
} from '../../server/src/domain/entities.fixture.ts'
import { nodePreview } from '../../server/src/domain/node-commands/preview.ts'
import type { Service, Task } from '../../server/src/domain/state.ts'
import type { Findings } from './figure.ts'
import { spreadOf } from './spread.ts'

/** Milliseconds that the preview may take. */
const target = 100

const nodes = 200
const services = 1_000
const tasks = 10_000
/** On the node that is drained. */
const here = 500
const turns = 50

/**
 * The preview of a drain on its own, without a swarm: of a node with 500 tasks, of 400
 * services that compete for memory, pin themselves, publish ports or hold data, in a cluster
 * of 10,000. What it is judged on is there; its answer is written as JSON, as it is sent.
 */
export async function measureDrain(): Promise<Findings> {
  const state = cluster()
  const node = state.nodes.get('n1')
  if (!node) throw new Error('the cluster has no n1')
  const known = { state, node, residency: new Map(), self: null }
  const facts = { ...known, memoryAway: null, readOnly: false, now: 1 }
  const times: number[] = []
  let outcomes: Record<string, number> = {}
  for (let turn = 0; turn < turns; turn += 1) {
    const started = performance.now()
    const { preview } = nodePreview({ kind: 'drain' }, facts)
    JSON.stringify(preview)
    times.push(performance.now() - started)
    const groups = Map.groupBy(preview.tasks, ({ outcome }) => outcome)
    outcomes = Object.fromEntries([...groups].map(([name, all]) => [name, all.length]))
    if (preview.tasks.length !== here) throw new Error('not every task is in the preview')
  }
  const took = spreadOf(times)
  return {
    figures: [
      {
        name: `drain preview, ${here} tasks of a node, ${tasks.toLocaleString('en')} in all`,
        target: `≤ ${target} ms`,
        result: `${took.p95} ms p95`,
        reached: took.p95 <= target,
        data: { ...took, nodes, services, outcomes },
      },
    ],
    standings: [],
  }
}

function cluster() {
  const ids = Array.from({ length: nodes }, (_, i) => `n${i + 1}`)
  return aState({
    nodes: [
      aManager({ id: 'm1', availability: 'drain' }, { leader: true }),
      ...ids.map((id, i) =>
        aNode({
          id,
          labels: { rack: `r${i % 10}` },
          resources: { nanoCpus: 32e9, memoryBytes: 128e9 },
        }),
      ),
    ],
    services: Array.from({ length: services }, (_, i) => service(i)),
    tasks: Array.from({ length: tasks }, (_, i) => task(i, ids)),
  })
}

const service = (i: number): Service =>
  aService({
    id: `s${i}`,
    name: `service-${i}`,
    image: i % 9 === 0 ? 'postgres:17' : 'demo/web:v1',
    mode: { kind: 'replicated', replicas: tasks / services },
    ports:
      i % 50 === 0
        ? [{ published: 9_000 + i, target: 80, protocol: 'tcp', mode: 'host' }]
        : [],
    spec: aSpec({
      reservations: { nanoCpus: 0, memoryBytes: (1 + (i % 8)) * 128 * 2 ** 20 },
      constraints: i % 7 === 0 ? [`node.labels.rack==r${i % 10}`] : [],
      maxReplicasPerNode: i % 11 === 0 ? 2 : null,
      mounts: i % 9 === 0 ? [aMount()] : [],
    }),
  })

/** The first 500 on the node that is drained, the others on the others in turn. */
function task(i: number, ids: readonly string[]): Task {
  const others = ids.slice(1)
  return aTask({
    id: `t${i}`,
    serviceId: i < here ? `s${i % 400}` : `s${i % services}`,
    slot: 1 + Math.floor(i / services),
    nodeId: i < here ? 'n1' : (others[i % others.length] ?? null),
    reserved: { nanoCpus: 0, memoryBytes: 256 * 2 ** 20 },
  })
}
