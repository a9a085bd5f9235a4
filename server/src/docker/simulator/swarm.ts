import { Dispatcher } from './agent/dispatcher.ts'
import type { ImageBook } from './agent/images.ts'
import { Machine } from './agent/machine.ts'
import { EventLog } from './api/events.ts'
import { find } from './api/find.ts'
import { Problem } from './api/problem.ts'
import type { Clock } from './clock.ts'
import { createCluster } from './cluster.ts'
import { Heartbeats, orphanTasks } from './managers/heartbeats.ts'
import { Managers } from './managers/managers.ts'
import { checkRemoval, followRoles } from './managers/roles.ts'
import { Allocator } from './network/allocator.ts'
import { createDefaultNetworks } from './network/networks.ts'
import { descriptionOf, type NodePlan } from './node-plan.ts'
import { orchestrate } from './orchestrator/orchestration.ts'
import { Presence } from './presence.ts'
import type { Random } from './random.ts'
import { Scheduler } from './scheduler/scheduler.ts'
import type { Node, Tls } from './store/objects.ts'
import { Store } from './store/store.ts'
import { Watch } from './store/watch.ts'
import type { World } from './world.ts'

export type SwarmOptions = {
  clock: Clock
  random: Random
  tls: Tls
  nodes: readonly NodePlan[]
}

/** The whole simulated swarm: managers that decide, machines that run what they decide. */
export class Swarm implements World {
  readonly clock: Clock
  readonly random: Random
  readonly store: Store
  readonly watch: Watch
  readonly managers: Managers
  readonly scheduler: Scheduler
  readonly events: EventLog
  /** What images do, beside the sentinels. */
  readonly images: ImageBook = new Map()
  readonly #tls: Tls
  readonly #machines = new Map<string, Machine>()
  readonly #dispatcher: Dispatcher
  readonly #heartbeats: Heartbeats
  readonly #presence: Presence

  constructor({ clock, random, tls, nodes }: SwarmOptions) {
    this.clock = clock
    this.random = random
    this.#tls = tls
    this.store = new Store(clock)
    this.watch = new Watch(this.store)
    const isReachable = (nodeId: string) => this.#machines.get(nodeId)?.isReachable === true
    this.#dispatcher = new Dispatcher(this)
    this.#heartbeats = new Heartbeats(this, (nodeId) => this.managers.takesPart(nodeId))
    new Allocator(this)
    this.scheduler = new Scheduler(this)
    const orchestration = orchestrate(this)
    this.managers = new Managers({
      world: this,
      isReachable,
      hasLeft: (nodeId) => this.machine(nodeId).hasLeft,
      onLeaderLost: () => this.#presence.suspend(),
      onLeader: (_leader, { isNew }) => this.#presence.resume(isNew),
    })
    this.#presence = new Presence({
      world: this,
      machines: this.#machines,
      machine: (nodeId) => this.machine(nodeId),
      managers: this.managers,
      heartbeats: this.#heartbeats,
      dispatcher: this.#dispatcher,
      orchestration,
    })
    followRoles(this, this.managers)
    this.events = new EventLog(this)
    this.store.listen({
      change: ({ kind, object, old }) => {
        if (kind !== 'task') return
        const nodeId = object.NodeID ?? old?.NodeID
        if (nodeId) this.#machines.get(nodeId)?.hear(object.ID)
      },
    })
    this.store.commit(() => {
      createCluster(this, tls)
      createDefaultNetworks(this)
      for (const plan of nodes) this.addNode(plan)
    })
  }

  /** A machine joins, and is ready at once. */
  addNode(plan: NodePlan): Node {
    const { store, random } = this
    const role = plan.role ?? 'worker'
    const count = store.nodes.size
    const addr = plan.addr ?? `10.99.${Math.floor(count / 250)}.${(count % 250) + 1}`
    const node = store.create('node', {
      ID: random.id(),
      Spec: {
        Labels: plan.labels ?? {},
        Role: role,
        Availability: plan.availability ?? 'active',
      },
      Description: descriptionOf(plan, this.#tls),
      Status: { State: 'ready', Addr: addr },
      hidden: { observedRole: role },
    })
    this.#machines.set(
      node.ID,
      new Machine({
        world: this,
        nodeId: node.ID,
        random: random.fork(plan.hostname),
        book: this.images,
        dispatcher: this.#dispatcher,
      }),
    )
    if (role === 'manager') {
      if (this.managers.members.size === 0) this.managers.begin(node.ID)
      else this.managers.add(node.ID)
    }
    return node
  }

  machine(nodeId: string): Machine {
    const machine = this.#machines.get(nodeId)
    if (!machine) throw new Problem(404, `node ${nodeId} not found`)
    return machine
  }

  /** By id, hostname or the beginning of an id. */
  findNode(text: string): Node {
    const { nodes } = this.store
    return find(
      {
        get: (id) => nodes.get(id),
        by: (_index, name) =>
          [...nodes.values()].filter(({ Description }) => Description.Hostname === name),
        values: () => nodes.values(),
      },
      'node',
      text,
    )
  }

  /** @throws Problem where the engine refuses */
  removeNode(node: Node, { force }: { force: boolean }): void {
    checkRemoval(node, this.managers, force)
    this.#heartbeats.forget(node.ID)
    this.store.commit(() => {
      const message = 'Task belonged to a node that has been deleted'
      orphanTasks(this, node.ID, message)
      this.store.remove('node', node.ID)
    })
  }

  /** Power cut: all that ran on the node is gone at once. */
  losePower(nodeId: string): void {
    this.#presence.losePower(nodeId)
  }

  cutCable(nodeId: string): void {
    this.#presence.cutCable(nodeId)
  }

  /** Power and cable are back. A locked swarm's managers then wait for the key. */
  bringBack(nodeId: string): void {
    this.#presence.bringBack(nodeId)
  }

  /** The right key was given. */
  unlock(nodeId: string): void {
    this.#presence.unlock(nodeId)
  }

  /** `docker swarm leave`, for good: its tasks are gone, and the managers will miss it. */
  leave(nodeId: string): void {
    this.#presence.leave(nodeId)
  }
}
