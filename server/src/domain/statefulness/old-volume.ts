import type { NodeFacts } from '../node-facts.ts'
import type { Stay } from '../residency.ts'
import { standsFor } from './naming.ts'
import type { Place } from './places.ts'

/**
 * A time when the volume that a share is mounted by was one of a node alone. The engine returns
 * what exists by a name, with the options that it was made with: until somebody removes it
 * there, that node goes on with the old volume, and its data is on no share.
 * @param stays of this service; only volumes that were node-local have any
 * @see moby/moby volume/service/store.go, create and checkConflict
 */
export function oldVolume(
  { kind, fate, source }: Place,
  stays: readonly Stay[],
): Stay | undefined {
  if (kind !== 'remote-volume' || fate !== 'shared' || source === null) return undefined
  return stays.find(({ volume }) => standsFor(source, volume))
}

/** The stays on nodes that are members: what was on another, no task can meet again. */
export const staysOfMembers = (
  stays: readonly Stay[],
  { byId }: NodeFacts,
): readonly Stay[] => stays.filter(({ nodeId }) => byId.has(nodeId))

/** @param node what the node is called */
export const oldVolumeWords = ({ volume }: Stay, node: string): string =>
  `${volume} was a volume of ${node} alone before, and the engine keeps what exists by a name: whether it is the share there now cannot be told.`
