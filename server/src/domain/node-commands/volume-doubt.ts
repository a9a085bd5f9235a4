import { demandOf } from '../placement/demand.ts'
import type { Site } from '../placement/sites.ts'
import { openTo, volumesFinding, volumesFor } from '../placement/volume-finding.ts'
import { isForOneTask } from '../placement/volume-rules.ts'
import type { ClusterVolume } from '../state.ts'
import { isLive } from '../task-life.ts'
import { tasksOfService } from '../tasks-of.ts'
import { listed } from '../words.ts'
import type { Group } from './competition.ts'
import type { Situation } from './facts.ts'

/**
 * Why it is not sure that tasks which find a node get their cluster volumes there; null where
 * it is, or where they ask for none. A volume is one for the whole swarm: whoever waits for it
 * on any node may be first.
 * @param groups all that look for a place at the same time
 * @param waiting whether those that waited before are among them, with all their tasks
 */
export function volumeDoubt(
  on: Situation,
  group: Group,
  groups: readonly Group[],
  waiting: 'among them' | 'apart',
): string | null {
  const { demand, count, candidates } = group
  if (demand.clusterMounts.length === 0) return null
  for (const site of candidates) {
    const found = volumesFinding(demand.clusterMounts, site)
    if (found.answer !== 'fits') return `It cannot be told: ${found.why}.`
  }
  const wanted = limitedOf(group, candidates)
  if (wanted.size === 0) return null
  const rivals = groups.filter(
    (other) =>
      other !== group && [...limitedOf(other, other.candidates)].some(isIn(wanted)),
  )
  const counted = new Set(
    waiting === 'apart' ? [] : [group, ...groups].map(({ demand }) => demand.serviceId),
  )
  const others =
    rivals.reduce((sum, other) => sum + other.count, 0) + waitingFor(on, wanted, counted)
  const sure = Math.min(...candidates.map((site) => limitOn(group, site)))
  if (sure >= count + others) return null
  const names = listed([...wanted].map(({ name }) => name))
  return others === 0
    ? `Of ${count} tasks ${sure === 1 ? 'one is' : `${sure} are`} sure to have ${names}.`
    : `Others want ${names} as well: who comes first is not known.`
}

const isIn =
  <T>(set: ReadonlySet<T>) =>
  (one: T): boolean =>
    set.has(one)

/** Whether a task that has it may keep another one, on some node, from having it. */
const isLimited = (volume: ClusterVolume, readOnly: boolean): boolean =>
  volume.scope !== 'multi' || isForOneTask(volume, readOnly)

/** The volumes open to a group that not everybody can have at the same time. */
function limitedOf(
  { demand }: Pick<Group, 'demand'>,
  sites: readonly Site[],
): ReadonlySet<ClusterVolume> {
  return new Set(
    demand.clusterMounts.flatMap((mount) =>
      sites.flatMap((site) =>
        openTo(mount, site).filter((volume) => isLimited(volume, mount.readOnly)),
      ),
    ),
  )
}

/** How many tasks are sure to get their volumes here, if one has each that is limited. */
function limitOn({ demand }: Group, site: Site): number {
  const limits = demand.clusterMounts.map((mount) => {
    const open = openTo(mount, site)
    return open.every((volume) => isLimited(volume, mount.readOnly))
      ? open.length
      : Number.POSITIVE_INFINITY
  })
  return Math.min(...limits)
}

/** How many tasks, but of these services, wait for a node and may be given such a volume. */
function waitingFor(
  on: Situation,
  wanted: ReadonlySet<ClusterVolume>,
  without: ReadonlySet<string>,
): number {
  const known = on.state.clusterVolumes
  if (known === null) return 0
  let waiting = 0
  for (const service of on.state.services.values()) {
    if (without.has(service.id)) continue
    const { clusterMounts } = demandOf(service, on.state)
    const wants = clusterMounts.some((mount) => volumesFor(mount, known).some(isIn(wanted)))
    if (!wants) continue
    for (const task of tasksOfService(on.state, service.id).values()) {
      if (task.state === 'pending' && isLive(task)) waiting += 1
    }
  }
  return waiting
}
