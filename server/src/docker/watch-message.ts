/** One committed change of the swarm's store: which object, and how. A hint to read it. */
export type Change = {
  kind: (typeof WATCHED_KINDS)[number]
  action: 'create' | 'update' | 'remove'
  id: string
  /** Of a task: its service; null for one that belongs to none. */
  serviceId: string | null
}

const ACTIONS: Readonly<Record<number, Change['action']>> = {
  1: 'create',
  2: 'update',
  4: 'remove',
}

/**
 * Objects of the kinds secret, config and cluster come with their payloads and join tokens:
 * they must never be asked for.
 */
export const WATCHED_KINDS = ['task', 'service', 'node'] as const

/** The object of an event as `watch.proto` decodes it: only one of them is there. */
type Named = { id?: string; serviceId?: string }
export type WatchMessage = {
  events?: {
    action?: number
    object?: Partial<Record<Change['kind'], Named>>
  }[]
}

/** The changes that a message tells of; none in the first, which only says "established". */
export function changesOf(message: WatchMessage): Change[] {
  return (message.events ?? []).flatMap(({ action: bit = 0, object = {} }) => {
    const action = ACTIONS[bit]
    return WATCHED_KINDS.flatMap((kind) => {
      const { id, serviceId } = object[kind] ?? {}
      return action && id ? [{ kind, action, id, serviceId: serviceId || null }] : []
    })
  })
}
