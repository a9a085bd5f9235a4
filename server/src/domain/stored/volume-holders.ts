import type { Check } from '@skep/shared/contract/preview'
import type { StoredKind, VolumeHolder } from '@skep/shared/contract/stored'
import { block, warn } from '../commands/check.ts'
import type { ClusterState, StoredFacts } from '../state.ts'
import { listedBriefly } from '../words.ts'

/**
 * The cluster volumes whose driver is given each secret, by its id, each by name of the
 * volume. Which secrets a volume names can never be changed, and the engine removes one
 * without looking here: from then on its driver is called without the value.
 * @see moby/swarmkit manager/controlapi/secret.go, RemoveSecret; volume.go, UpdateVolume;
 * manager/csi/plugin.go, makeSecrets
 */
export function volumeHoldersOf({
  clusterVolumes,
  secrets,
}: Pick<ClusterState, 'clusterVolumes' | 'secrets'>): VolumeHolders {
  const holders = new Map<string, VolumeHolder[]>()
  if (clusterVolumes === null || clusterVolumes.size === 0) return holders
  const idByName = new Map([...secrets.values()].map(({ id, name }) => [name, id]))
  for (const volume of clusterVolumes.values()) {
    for (const { key, secret } of volume.secrets) {
      const id = secrets.has(secret) ? secret : (idByName.get(secret) ?? secret)
      const holder = { volume: volume.name, key }
      const others = holders.get(id)
      if (others) others.push(holder)
      else holders.set(id, [holder])
    }
  }
  for (const those of holders.values()) those.sort(byVolume)
  return holders
}

export type VolumeHolders = ReadonlyMap<string, readonly VolumeHolder[]>

const byVolume = (a: VolumeHolder, b: VolumeHolder): number =>
  a.volume < b.volume || (a.volume === b.volume && a.key < b.key) ? -1 : 1

/** What cluster volumes need of these, or that it cannot be told: `in-use-by-volume:<name>`. */
export function heldByVolumes(
  kind: StoredKind,
  goes: readonly Pick<StoredFacts, 'id' | 'name'>[],
  state: ClusterState,
): Check[] {
  if (kind === 'config' || goes.length === 0) return []
  const about = (name: string) => [{ kind, name }]
  if (areVolumesUnknown(state)) {
    const sentence =
      'Whether the driver of a cluster volume is given it cannot be told: the cluster volumes could not be read.'
    return [
      warn(
        'volumes-not-known',
        sentence,
        goes.flatMap(({ name }) => about(name)),
      ),
    ]
  }
  const holders = volumeHoldersOf(state)
  return goes.flatMap(({ id, name }) => {
    const volumes = [...new Set((holders.get(id) ?? []).map(({ volume }) => volume))]
    if (volumes.length === 0) return []
    const one = volumes.length === 1
    const sentence = `The ${one ? 'driver' : 'drivers'} of the cluster ${one ? 'volume' : 'volumes'} ${listedBriefly(volumes)} ${one ? 'is' : 'are'} given ${name}: without it ${one ? 'it' : 'they'} may fail. The engine itself does not look at this, and a volume cannot be given another.`
    const subjects = volumes.map((volume) => ({ kind: 'volume' as const, name: volume }))
    return [block(`in-use-by-volume:${name}`, sentence, [...subjects, ...about(name)])]
  })
}

/**
 * Whether there can be cluster volumes that are not seen: they could not be read, and some
 * manager's engine has them. They came with release 23.
 */
export const areVolumesUnknown = ({
  clusterVolumes,
  nodes,
}: Pick<ClusterState, 'clusterVolumes' | 'nodes'>): boolean =>
  clusterVolumes === null &&
  nodes
    .values()
    .some(
      ({ manager, engineVersion }) =>
        manager !== null && !(Number.parseInt(engineVersion, 10) < 23),
    )
