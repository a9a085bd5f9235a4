import type {
  ClusterVolume,
  Volume,
  VolumeConsumer,
  VolumeList,
  VolumePlace,
} from '@skep/shared/contract/volume'
import { volumeAvailabilityWords } from '@skep/shared/vocabulary'
import { bytes } from '../../ui/units.ts'
import { counted } from '../../ui/words.ts'

/** All in one sentence, for the head of the page. */
export function volumeSentence(items: readonly Pick<Volume, 'inUse' | 'risks'>[]): string {
  if (items.length === 0) return 'No service mounts a volume, as far as can be told.'
  const unused = items.filter(({ inUse }) => !inUse).length
  const risky = items.filter(({ risks }) => risks.length > 0).length
  const parts = [
    counted(items.length, 'volume'),
    unused > 0 && `${unused} mounted by no service`,
    risky > 0 && `${risky} with a risk`,
  ]
  return `${parts.filter(Boolean).join(', ')}.`
}

/** What is not known, said plainly; null where every node was asked. */
export function notAskedSentence({
  notAsked,
}: Pick<VolumeList, 'notAsked'>): string | null {
  if (notAsked.length === 0) return null
  const shown = notAsked.slice(0, 6).join(', ')
  const more = notAsked.length > 6 ? ` and ${notAsked.length - 6} more` : ''
  const were = notAsked.length === 1 ? 'was' : 'were'
  return `${shown}${more} ${were} not asked: sizes and orphaned copies there are not known.`
}

/** How a service mounts it: nothing of the usual case. */
export const mountSays = ({
  readOnly,
  rollbackOnly,
}: Pick<VolumeConsumer, 'readOnly' | 'rollbackOnly'>): string =>
  [readOnly && ', read-only', rollbackOnly && ', only by its rollback target']
    .filter(Boolean)
    .join('')

/** What is known of the data in a place, besides where it is and since when. */
export function placeSays({
  asked,
  bytes: size,
}: Pick<VolumePlace, 'asked' | 'bytes'>): string {
  if (size !== null) return bytes(size)
  return asked ? 'size not told' : 'not asked'
}

/** What the swarm keeps of a cluster volume, line by line; what is not known has none. */
export function clusterLines(cluster: ClusterVolume): string[] {
  const { availability, access, group, reach, capacityBytes: size, secrets } = cluster
  const lines = [
    `For ${access}, ${volumeAvailabilityWords[availability]}.`,
    group !== null && `Of the group ${group}.`,
    reach !== null && `Reached from ${reach}.`,
    size !== null && `Holds ${bytes(size)}.`,
    secrets.length > 0 && `Its driver is given ${secrets.join(', ')}.`,
  ]
  return lines.filter((line) => line !== false)
}
