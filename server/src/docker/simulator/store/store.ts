import type { Clock } from '../clock.ts'
import { type Change, Feed, type Listener } from './feed.ts'
import type {
  Cluster,
  Kind,
  Network,
  Node,
  Objects,
  Service,
  Stored,
  Task,
} from './objects.ts'
import { Table } from './table.ts'

type Tables = { [K in Kind]: Table<Objects[K]> }

/** What the store sets by itself. */
export type Draft<K extends Kind> = Omit<Objects[K], 'Version' | 'CreatedAt' | 'UpdatedAt'>

/**
 * What the managers agree upon. Objects are replaced, never changed; all changes of one
 * transaction carry the same version, the index of the raft log; listeners hear of them in
 * order after the transaction, and what they do in turn is told after that.
 * @see moby/swarmkit manager/state/store/memory.go
 */
export class Store {
  readonly #clock: Clock
  readonly #tables: Tables = {
    node: new Table<Node>(),
    service: new Table<Service>({ name: ({ Spec }) => Spec.Name }),
    task: new Table<Task>({
      service: ({ ServiceID }) => ServiceID,
      node: ({ NodeID }) => NodeID ?? null,
      slot: slotKey,
    }),
    secret: new Table<Stored>({ name: ({ Spec }) => Spec.Name }),
    config: new Table<Stored>({ name: ({ Spec }) => Spec.Name }),
    network: new Table<Network>({ name: ({ Name }) => Name }),
    cluster: new Table<Cluster>(),
  }
  readonly #feed = new Feed()
  #index = 10
  #stamps = 0
  #stamped = { instant: Number.NaN, text: '' }
  #depth = 0
  #changed = false

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get nodes(): Table<Node> {
    return this.#tables.node
  }
  get services(): Table<Service> {
    return this.#tables.service
  }
  get tasks(): Table<Task> {
    return this.#tables.task
  }
  get secrets(): Table<Stored> {
    return this.#tables.secret
  }
  get configs(): Table<Stored> {
    return this.#tables.config
  }
  get networks(): Table<Network> {
    return this.#tables.network
  }
  /** The one cluster object. */
  get cluster(): Cluster {
    const [cluster] = this.#tables.cluster.values()
    if (!cluster) throw new Error('The swarm has not been initialised.')
    return cluster
  }

  /** The version that the next transaction will carry. */
  get nextIndex(): number {
    return this.#index + 1
  }

  /** Answers how to stop listening. */
  listen(listener: Listener): () => void {
    return this.#feed.listen(listener)
  }

  /** A transaction; one inside another is part of it. */
  commit<Result>(work: () => Result): Result {
    this.#depth++
    try {
      return work()
    } finally {
      if (--this.#depth === 0 && this.#changed) {
        this.#changed = false
        this.#index++
        this.#feed.commit()
      }
    }
  }

  create<K extends Kind>(kind: K, draft: Draft<K>): Objects[K] {
    const at = this.stamp()
    const Version = { Index: this.nextIndex }
    // A draft with its version and dates is the whole object; an engine tells those first.
    const { ID, ...rest } = draft
    const object = {
      ID,
      Version,
      CreatedAt: at,
      UpdatedAt: at,
      ...rest,
    } as unknown as Objects[K]
    return this.#put(kind, 'create', object, null)
  }

  /** Replaces an object by what `next` makes of it; nothing happens if it is the same. */
  update<K extends Kind>(kind: K, id: string, next: (old: Objects[K]) => Objects[K]): void {
    const old = this.#tables[kind].get(id)
    const made = old && next(old)
    if (!old || !made || made === old) return
    const Version = { Index: this.nextIndex }
    this.#put(kind, 'update', { ...made, Version, UpdatedAt: this.stamp() }, old)
  }

  remove(kind: Kind, id: string): void {
    const object = this.#tables[kind].get(id)
    if (!object) return
    this.commit(() => {
      this.#tables[kind].delete(id)
      this.#note({ kind, action: 'remove', object, old: null, at: this.#clock.now })
    })
  }

  /** Now, as the engine writes it; of a million in one millisecond, later ones sort after earlier. */
  stamp(instant: number = this.#clock.now): string {
    if (instant !== this.#stamped.instant) {
      this.#stamped = { instant, text: new Date(instant).toISOString().slice(0, -1) }
    }
    return `${this.#stamped.text}${String(this.#stamps++ % 1e6).padStart(6, '0')}Z`
  }

  #put<K extends Kind>(
    kind: K,
    action: 'create' | 'update',
    object: Objects[K],
    old: Objects[K] | null,
  ): Objects[K] {
    return this.commit(() => {
      this.#tables[kind].put(object)
      this.#note({ kind, action, object, old, at: this.#clock.now })
      return object
    })
  }

  #note(change: {
    kind: Kind
    action: Change['action']
    object: unknown
    old: unknown
    at: number
  }) {
    this.#changed = true
    // Kind and object always come together from the callers above.
    this.#feed.note(change as Change)
  }
}

/** Tasks of one replica, or of one node for services that run everywhere. */
export function slotKey(task: {
  ServiceID: string
  Slot?: number
  NodeID?: string
}): string {
  return `${task.ServiceID}/${task.Slot ?? `@${task.NodeID ?? ''}`}`
}
