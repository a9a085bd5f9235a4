import type { Storage } from '@skep/shared/contract/stateful'
import type { Mount, Service } from '../state.ts'
import { isSaidToKeep } from './asked-class.ts'
import { namingOf } from './naming.ts'
import { mountPlaces, natureOf, type Place } from './places.ts'
import { productOf } from './product.ts'
import { unaskedPlaces, unnamedPlace } from './unasked-places.ts'

const places = new WeakMap<Service, readonly Place[]>()

/** Every place where a service writes or could, with what becomes of it when it moves. */
export function placesOf(service: Service): readonly Place[] {
  const held = places.get(service) ?? judged(service)
  places.set(service, held)
  return held
}

function judged(service: Service): readonly Place[] {
  const product = productOf(service)
  const mounted = mountPlaces(service, product)
  const unasked = unaskedPlaces(service, product, mounted)
  if (!isSaidToKeep(service) || [...mounted, ...unasked].some(({ counts }) => counts)) {
    return [...mounted, ...unasked]
  }
  const volumes = unasked.filter(({ kind }) => kind !== 'container-layer')
  return [...mounted, ...volumes, unnamedPlace(service)]
}

/**
 * Where a service writes: its mounts in their order, then the volumes that its image makes
 * by itself, and the layer of its container, unless that is read-only.
 */
export const storageOf = (service: Service): Storage[] =>
  placesOf(service).map(
    ({ kind, source, subpath, target, driver, readOnly, holdsData, why, perTask }) => ({
      kind,
      source,
      subpath,
      target,
      driver,
      readOnly,
      holdsData,
      why,
      perTask,
    }),
  )

/**
 * Whether what is mounted is another one on every node; null: cannot be told, as of a path
 * of the node, which may be on a shared disk, or of a driver that is not known.
 */
export function isNodeLocal(mount: Mount): boolean | null {
  switch (natureOf(mount, namingOf(mount.source)).fate) {
    case 'empty':
    case 'local':
      return true
    case 'shared':
      return false
    case 'host':
    case 'unknown':
      return null
  }
}
