import type { ClusterVolume } from '../state.ts'
import type { ClusterMount } from './demand.ts'
import {
  cannotTell,
  fits,
  isForOneTask,
  refuses,
  type VolumeFinding,
  type VolumeSite,
  volumeFinding,
} from './volume-rules.ts'
import type { VolumesInUse } from './volumes-in-use.ts'

/**
 * Whether a node can have all of these mounts. The scheduler itself lets a node pass with the
 * first mount that fits, and places a replica there without its other volumes.
 * @see moby/swarmkit manager/scheduler/filter.go, VolumesFilter
 */
export function volumesFinding(
  mounts: readonly ClusterMount[],
  place: VolumeSite,
): VolumeFinding {
  const found = mounts.map((mount) => mountFinding(mount, place))
  const refusals = found.flatMap((one) => (one.answer === 'refuses' ? one.why : []))
  if (found.length > 0 && refusals.length === found.length)
    return refuses(refusals.join('; '))
  const doubts = found.flatMap((one) => (one.answer === 'cannot-tell' ? one.why : []))
  if (refusals.length > 0) {
    const one = `the scheduler asks for one of its ${mounts.length} cluster volumes only`
    return cannotTell(`${one}, and ${[...refusals, ...doubts].join('; ')}`)
  }
  if (doubts.length > 0) return cannotTell(doubts.join('; '))
  const twice = wantedTwice(mounts, place.volumes)
  return twice === null
    ? fits
    : cannotTell(`two of its mounts may need ${twice}, which one can have`)
}

const groupMark = 'group:'

/** The volumes that a mount may have: the one of its name, or any of its group. */
export function volumesFor(
  { source }: Pick<ClusterMount, 'source'>,
  known: ReadonlyMap<string, ClusterVolume>,
): ClusterVolume[] {
  const group = groupOf(source)
  return [...known.values()].filter((volume) =>
    group === null ? volume.name === source : volume.group === group,
  )
}

/** The group that a mount names; null where it names a volume. */
export const groupOf = (source: string): string | null =>
  source.startsWith(groupMark) ? source.slice(groupMark.length) : null

function mountFinding(mount: ClusterMount, place: VolumeSite): VolumeFinding {
  const { source, readOnly } = mount
  const { known } = place.volumes
  if (known === null) {
    return cannotTell(`whether ${source} can be mounted there is not known here`)
  }
  const group = groupOf(source)
  const found = volumesFor(mount, known).map((volume) =>
    volumeFinding(volume, readOnly, place),
  )
  if (found.length === 0) {
    return refuses(
      group === null
        ? `the swarm has no cluster volume ${source}`
        : `no cluster volume is in the group ${group}`,
    )
  }
  const unsure = found.find(({ answer }) => answer === 'cannot-tell')
  if (found.some(({ answer }) => answer === 'fits')) return fits
  if (unsure) return unsure
  const whys = found.flatMap((one) => (one.answer === 'fits' ? [] : one.why))
  return refuses(
    whys.length <= mostNamed
      ? whys.join(', ')
      : `none of the ${whys.length} volumes of the group ${group}: ${whys.slice(0, mostNamed).join(', ')}, …`,
  )
}

/** Of more volumes of a group than these, the rest is counted. */
const mostNamed = 3

/** Name of a volume that two of these mounts may be given, and only one can have. */
function wantedTwice(
  mounts: readonly ClusterMount[],
  { known }: VolumesInUse,
): string | null {
  if (known === null || mounts.length < 2) return null
  const seen = new Set<string>()
  for (const mount of mounts) {
    for (const volume of volumesFor(mount, known)) {
      if (!isForOneTask(volume, mount.readOnly)) continue
      if (seen.has(volume.id)) return volume.name
      seen.add(volume.id)
    }
  }
  return null
}

/**
 * How many more tasks can have these mounts at the same time, on these nodes together and as
 * far as is known; infinite where tasks share what they mount.
 */
export function volumeRoom(
  mounts: readonly ClusterMount[],
  places: readonly VolumeSite[],
): number {
  const rooms = mounts.map((mount) => {
    const open = new Set(places.flatMap((place) => openTo(mount, place)))
    const isLimited = [...open].every((volume) => isForOneTask(volume, mount.readOnly))
    // Where none is sure to fit, nothing is known that could be counted.
    return isLimited && open.size > 0 ? open.size : Number.POSITIVE_INFINITY
  })
  return Math.min(...rooms, Number.POSITIVE_INFINITY)
}

/** The volumes that a mount is sure to find open on a node. */
export const openTo = (mount: ClusterMount, place: VolumeSite): ClusterVolume[] =>
  volumesFor(mount, place.volumes.known ?? noVolumes).filter(
    (volume) => volumeFinding(volume, mount.readOnly, place).answer === 'fits',
  )

const noVolumes: ReadonlyMap<string, ClusterVolume> = new Map()
