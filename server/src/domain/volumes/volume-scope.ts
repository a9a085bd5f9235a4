import type { VolumeScope } from '@skep/shared/contract/volume'
import type { Mount } from '../state.ts'
import { namingOf } from '../statefulness/naming.ts'
import { natureOf } from '../statefulness/places.ts'
import { siteOfVolume } from '../statefulness/volume-drivers.ts'
import type { HeldVolume } from './held-volume.ts'

export type ScopeFound = { readonly scope: VolumeScope; readonly scopeWhy: string }

const is = (scope: VolumeScope, scopeWhy: string): ScopeFound => ({ scope, scopeWhy })

/** Where the data of a mounted volume is, by its driver and what the driver is told. */
export function scopeOfMount(mount: Mount): ScopeFound {
  const driver = mount.driver ?? 'local'
  const isLocal = driver === 'local'
  const site = siteOfVolume(mount)
  if (site === 'memory') {
    return is('node-local', 'In the memory of the node, gone when no container uses it.')
  }
  const { fate } = natureOf(mount, namingOf(mount.source))
  const isOnNetwork = site === 'shared'
  switch (fate) {
    case 'shared':
      return isLocal
        ? is(
            'remote',
            `The driver local mounts ${mount.filesystem ?? 'it'} from the network: every node reaches the same data.`,
          )
        : is('remote', `The driver ${driver} keeps it where every node reaches it.`)
    case 'local':
    case 'empty':
      return isOnNetwork && namingOf(mount.source) !== 'task'
        ? is('node-local', `The driver ${driver} mounts another share on each node.`)
        : is('node-local', nodeLocalWords(driver))
    case 'host':
      return is(
        'unknown',
        'It mounts a path or device of the node: whether other nodes have the same there cannot be told.',
      )
    case 'unknown':
      return is('unknown', unknownWords(driver))
  }
}

/** The same of a volume that no spec names, as far as the engine that holds it tells. */
export function scopeOfHeld({ driver, options, scope }: HeldVolume): ScopeFound {
  if (scope === 'global') {
    return is('remote', `The driver ${driver} says that it is the same on every node.`)
  }
  if (driver === 'local') {
    return hasOwnOptions(options)
      ? is(
          'unknown',
          'It was made with options of its own, whose values are not read here.',
        )
      : is('node-local', nodeLocalWords(driver))
  }
  switch (siteOfVolume({ driver, filesystem: null, device: null })) {
    case 'shared':
      return is('remote', `The driver ${driver} keeps it where every node reaches it.`)
    case 'node':
      return is('node-local', nodeLocalWords(driver))
    case 'host':
    case 'memory':
    case 'unknown':
      return is('unknown', unknownWords(driver))
  }
}

/** What `local` was told when somebody made the volume decides where its data is. */
export const hasOwnOptions = (options: readonly string[]): boolean =>
  options.includes('device') || options.includes('type')

const nodeLocalWords = (driver: string): string =>
  `The driver ${driver} keeps it on the node: each node has its own.`

const unknownWords = (driver: string): string =>
  `Where the driver ${driver} keeps it cannot be told.`
