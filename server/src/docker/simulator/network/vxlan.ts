import type { Store } from '../store/store.ts'

const FIRST = 4096
const LAST = 2 ** 24 - 1

/** The option of an overlay that says by which ids its packets are known. */
export const VXLAN_IDS = 'com.docker.network.driver.overlay.vxlanid_list'

const last = new WeakMap<Store, number>()

/**
 * A free id, searched for upwards from the last one that was given: one that was given back
 * is not given again before all others.
 * @see moby/moby libnetwork/drivers/overlay/ovmanager/ovmanager.go NetworkAllocate
 */
export function nextVxlanId(store: Store): string {
  const taken = new Set(
    [...store.networks.values()].flatMap(({ Options }) =>
      (Options[VXLAN_IDS] ?? '').split(',').map(Number),
    ),
  )
  let id = last.get(store) ?? FIRST - 1
  do id = id < LAST ? id + 1 : FIRST
  while (taken.has(id))
  last.set(store, id)
  return String(id)
}
