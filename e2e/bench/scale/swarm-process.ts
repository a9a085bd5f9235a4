/**
 * The simulated swarm of the scale figures, as a process of its own: what the console costs
 * is then told by the console's own process. It is filled before its doors open, and lives in
 * the world's time. All that moves it comes through its doors, as with any engine.
 *
 * It writes down each state that a task reached, when it was committed and by this machine's
 * clock: nobody who waits for a message can be late in hearing of it.
 */
import { parseArgs } from 'node:util'
import { createService } from '../../../server/src/docker/simulator/api/service-writes.ts'
import type { NodePlan } from '../../../server/src/docker/simulator/node-plan.ts'
import { Simulator } from '../../../server/src/docker/simulator/simulator.ts'
import { slotKey } from '../../../server/src/docker/simulator/store/store.ts'
import { part } from './apps.ts'
import type { Asked, SlotChange, Told } from './swarm-words.ts'

const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: '.' },
    nodes: { type: 'string', default: '200' },
    services: { type: 'string', default: '1000' },
    replicas: { type: 'string', default: '10' },
  },
})
const [nodes, services, replicas] = [values.nodes, values.services, values.replicas].map(
  Number,
) as [number, number, number] // as many as went in

/** Until all tasks run, in seconds of the swarm. */
const settling = 60

const simulator = new Simulator({
  start: Date.now() - settling * 1_000,
  nodes: Array.from({ length: nodes }, (_, number): NodePlan => {
    const hostname = `node-${String(number + 1).padStart(3, '0')}`
    const role = number < 3 ? 'manager' : 'worker'
    return { hostname, role, cpus: 32, memory: 128 * 2 ** 30 }
  }),
})
const { store } = simulator.swarm
for (let number = 1; number <= services; number += 1) {
  createService(simulator.swarm, {
    ...part(Math.ceil(number / 8), number % 8),
    TaskTemplate: { ContainerSpec: { Image: `demo/web:v${1 + (number % 9)}` } },
    Mode: { Replicated: { Replicas: replicas } },
  })
}
simulator.clock.advance(settling * 1_000)

const told = { changes: 0, states: 0, noted: [] as SlotChange[] }
let watched: string | undefined
store.listen({
  change: ({ kind, action, object, old }) => {
    if (kind !== 'task') return
    told.changes += 1
    if (action === 'remove' || object.Status.State === old?.Status.State) return
    told.states += 1
    if (object.ServiceID === watched) note(object.ServiceID, object)
  },
})

type Noted = { ID: string; Slot?: number; Status: { State: string } }
function note(service: string, { ID: task, Status, ...place }: Noted) {
  const change: SlotChange = {
    at: performance.timeOrigin + performance.now(),
    slot: slotKey({ ServiceID: service, ...place }),
    task,
    state: Status.State,
  }
  told.noted.push(change)
}

process.on('message', (asked: Asked) => {
  if (asked.do === 'watch') watched = store.services.by('name', asked.service)[0]?.ID
  const tasks = store.tasks.size
  let running = 0
  if (asked.do === 'count') {
    for (const { Status } of store.tasks.values()) if (Status.State === 'running') running++
  }
  process.send?.({ ...told, tasks, running, now: simulator.clock.now } satisfies Told)
  told.noted = []
})

const manager = simulator.nodeId(null)
simulator.pacemaker.speed = 1
await simulator.open(manager, { socket: `${values.folder}/docker.sock` })
await simulator.openPushFeed(`${values.folder}/control.sock`, manager)
process.on('disconnect', () => process.exit(0))
process.send?.('open')
