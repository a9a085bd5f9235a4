import type { Change } from './feed.ts'
import type { Node, Task } from './objects.ts'
import type { Store } from './store.ts'

type Heard<Item> = (item: Item, action: Change['action']) => void

/** Tells of the changes of one task or one node, at a cost that no other one adds to. */
export class Watch {
  readonly #tasks = new Map<string, Set<Heard<Task>>>()
  readonly #nodes = new Map<string, Set<Heard<Node>>>()

  constructor(store: Store) {
    store.listen({
      change: (change) => {
        if (change.kind === 'task') tell(this.#tasks, change.object, change.action)
        else if (change.kind === 'node') tell(this.#nodes, change.object, change.action)
      },
    })
  }

  /** Answers how to stop listening. */
  task(id: string, heard: Heard<Task>): () => void {
    return add(this.#tasks, id, heard)
  }

  node(id: string, heard: Heard<Node>): () => void {
    return add(this.#nodes, id, heard)
  }
}

function add<Item>(
  all: Map<string, Set<Heard<Item>>>,
  id: string,
  heard: Heard<Item>,
): () => void {
  const listeners = all.get(id) ?? new Set()
  all.set(id, listeners.add(heard))
  return () => {
    listeners.delete(heard)
    if (listeners.size === 0 && all.get(id) === listeners) all.delete(id)
  }
}

function tell<Item extends { ID: string }>(
  all: Map<string, Set<Heard<Item>>>,
  item: Item,
  action: Change['action'],
): void {
  for (const heard of [...(all.get(item.ID) ?? [])]) heard(item, action)
}
