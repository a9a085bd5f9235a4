import type { ClusterVolume, Node, Segments } from '../state.ts'
import { listed } from '../words.ts'
import type { VolumesInUse, VolumeUse } from './volumes-in-use.ts'

/**
 * Whether a node can have what is mounted. `refuses` and `fits` are what the scheduler says
 * of it; `cannot-tell` is where that is not known, or where it places a task that may then
 * never have its volume.
 */
export type VolumeFinding =
  | { readonly answer: 'fits' }
  | { readonly answer: 'refuses' | 'cannot-tell'; readonly why: string }

/** A node, and the volumes of its swarm. */
export type VolumeSite = { readonly node: Node; readonly volumes: VolumesInUse }

export const fits: VolumeFinding = { answer: 'fits' }
export const refuses = (why: string): VolumeFinding => ({ answer: 'refuses', why })
export const cannotTell = (why: string): VolumeFinding => ({ answer: 'cannot-tell', why })

/**
 * What the scheduler says of one volume on one node, in its order. Of a volume that is not
 * active it may not have heard: it keeps what it read of it first, and finds out when it
 * writes a placement down, which it then does not.
 * @see moby/swarmkit manager/scheduler/volumes.go, checkVolume; scheduler.go,
 * applySchedulingDecisions
 */
export function volumeFinding(
  volume: ClusterVolume,
  readOnly: boolean,
  { node, volumes }: VolumeSite,
): VolumeFinding {
  const uses = volumes.uses.get(volume.id) ?? []
  const said = [
    ofState(volume),
    ofScope(
      volume,
      uses.filter(({ nodeId }) => nodeId !== node.id),
    ),
    ofSharing(volume, uses, readOnly),
    ofTopology(volume, node),
  ]
  return (
    said.find(({ answer }) => answer === 'refuses') ??
    said.find(({ answer }) => answer === 'cannot-tell') ??
    fits
  )
}

function ofState({ name, driver, made, availability }: ClusterVolume): VolumeFinding {
  if (!made) return refuses(`${name} has not been made by its driver ${driver}`)
  switch (availability) {
    case 'active':
      return fits
    case 'pause':
      return refuses(`${name} is paused`)
    case 'drain':
      return refuses(`${name} is drained`)
    case 'unknown':
      return cannotTell(`whether ${name} is active is not known`)
  }
}

/** @param elsewhere the tasks that have it on other nodes */
function ofScope(
  { name, scope }: ClusterVolume,
  elsewhere: readonly VolumeUse[],
): VolumeFinding {
  const [other] = elsewhere
  if (!other || scope === 'multi') return fits
  if (scope === 'unknown') {
    return cannotTell(`${name} is in use on ${other.node}, and may be for one node only`)
  }
  const sure = elsewhere.find(({ counted }) => counted)
  if (!sure) return uncounted(name, other)
  return refuses(`${name} is in use on ${sure.node}, and is for one node at a time`)
}

const uncounted = (name: string, { node }: VolumeUse): VolumeFinding =>
  cannotTell(
    `${name} is in use on ${node} by a task of a global service, which the scheduler may not count`,
  )

function ofSharing(
  { name, sharing }: ClusterVolume,
  uses: readonly VolumeUse[],
  readOnly: boolean,
): VolumeFinding {
  switch (sharing) {
    case 'all':
      return fits
    case 'none':
      return taken(name, uses, 'is for one task at a time')
    case 'onewriter':
      if (readOnly) return fits
      return taken(
        name,
        uses.filter((use) => !use.readOnly),
        'is for one task at a time that writes',
      )
    case 'readonly':
      return readOnly
        ? fits
        : refuses(`${name} is for reading only, and its mount is not read-only`)
    case 'unknown':
      return cannotTell(`how tasks may share ${name} is not known`)
  }
}

function taken(name: string, uses: readonly VolumeUse[], rule: string): VolumeFinding {
  const [first] = uses
  if (!first) return fits
  const sure = uses.find(({ counted }) => counted)
  return sure
    ? refuses(`${name} is in use on ${sure.node}, and ${rule}`)
    : uncounted(name, first)
}

/**
 * A node passes where its driver tells no place, or none at all; but without its driver it
 * cannot mount what it is given. The scheduler knows a driver by its exact name alone; one
 * that an engine reports with the tag that stands for none is there all the same.
 * @see moby/swarmkit manager/scheduler/topology.go, IsInTopology
 */
function ofTopology(
  { name, driver, topology }: ClusterVolume,
  { csiDrivers }: Node,
): VolumeFinding {
  const exact = csiDrivers.find((one) => one.name === driver)
  const here = exact ?? csiDrivers.find((one) => one.name === `${driver}:latest`)
  if (!here) {
    return cannotTell(
      `the driver ${driver} of ${name} is not reported there: the scheduler does not mind, but the task may never start`,
    )
  }
  const lies = here.topology
  if (lies === null || topology.length === 0) return fits
  if (topology.some((reach) => isWithin(lies, reach))) return fits
  const why = `${name} is reached from ${reachWords(topology)}, and it is in ${segmentWords(lies) || 'none of its places'}`
  return exact ? refuses(why) : cannotTell(why)
}

const isWithin = (lies: Segments, reach: Segments): boolean =>
  Object.entries(reach).every(
    ([domain, segment]) => (Object.hasOwn(lies, domain) ? lies[domain] : '') === segment,
  )

/** `zone z1 or zone z2`: the places that a volume is reached from. */
export const reachWords = (topology: readonly Segments[]): string =>
  listed(topology.map(segmentWords), 'or')

const segmentWords = (segments: Segments): string =>
  Object.entries(segments)
    .map(([domain, segment]) => `${domain} ${segment}`)
    .join(', ')

/** Whether no second task can have it in this way while a first one has. */
export const isForOneTask = (
  { sharing }: Pick<ClusterVolume, 'sharing'>,
  readOnly: boolean,
): boolean =>
  sharing === 'none' || sharing === 'unknown' || (sharing === 'onewriter' && !readOnly)
