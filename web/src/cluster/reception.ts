import type { Cluster } from '@skep/shared/contract/cluster'
import type { Freshness } from '@skep/shared/contract/freshness'
import { applyPatch, follows, type Patch } from '@skep/shared/contract/patch'
import { replaceEqualDeep } from '@tanstack/react-query'

/** What the stream says every few seconds when nothing changes. Takes up no number. */
export type Beat = { epoch: string; seq: number; freshness: Freshness }

export type Message =
  | { kind: 'snapshot'; cluster: Cluster }
  | { kind: 'patch'; patch: Patch }
  | { kind: 'beat'; beat: Beat }

/**
 * What a tab knows of the swarm. `base` is the server's snapshot, to which patches apply;
 * `read` the last of them that came from a swarm that answered. `shown` is what a person
 * should see: the base, except while a server that has just started has nothing to say
 * yet. Then it is what was last read, beside what the server says of itself.
 */
export type Reception = { base: Cluster; read: Cluster | null; shown: Cluster }

/** The next reception, or a gap: something was missed and only a snapshot can mend it. */
export type Received = Reception | 'gap'

/**
 * Takes one message of the stream. Pure. What did not change keeps its identity, even
 * across snapshots, so that only the views of changed entities render again.
 */
export function receive(held: Reception | null, message: Message): Received {
  switch (message.kind) {
    case 'snapshot':
      return withBase(held, replaceEqualDeep(held?.base, message.cluster))
    case 'patch': {
      if (!held) return 'gap'
      const { patch } = message
      if (isOld(held.base, patch)) return held
      return follows(held.base, patch)
        ? withBase(held, applyPatch(held.base, patch))
        : 'gap'
    }
    case 'beat': {
      if (!held) return 'gap'
      const { epoch, seq, freshness } = message.beat
      if (epoch !== held.base.epoch || seq > held.base.seq) return 'gap'
      return withBase(held, { ...held.base, freshness })
    }
  }
}

/** Whether the server has read everything once: before, its lists are empty, not short. */
export function hasBeenRead({ freshness: { contactAt, readAt } }: Cluster): boolean {
  return (
    contactAt !== null &&
    readAt.services !== null &&
    readAt.nodes !== null &&
    readAt.tasks !== null
  )
}

// A server that resends what we have is not a gap.
const isOld = (base: Cluster, patch: Patch) =>
  patch.epoch === base.epoch && patch.seq <= base.seq

function withBase(held: Reception | null, base: Cluster): Reception {
  if (hasBeenRead(base)) return { base, read: base, shown: base }
  const read = held?.read ?? null
  if (!read) return { base, read, shown: base }
  const { epoch, seq, version, freshness, swarm } = base
  return { base, read, shown: { ...read, epoch, seq, version, freshness, swarm } }
}
