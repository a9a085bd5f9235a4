import { isIPv4 } from 'node:net'
import type { Network } from '../store/objects.ts'
import type { Store } from '../store/store.ts'
import { addressOf, numberOf } from './addresses.ts'

type Pool = { first: number; end: number; bits: number }

/**
 * Where networks get a subnet that ask for none. An engine goes on in 192.168.0.0/16 where
 * its own is used up.
 * @see swarm-lab recordings/fields-28-m1.json DefaultAddrPool, moby/moby libnetwork/ipamutils
 */
const POOLS: Record<Network['Scope'], Pool> = {
  swarm: { first: numberOf('10.0.0.0'), end: numberOf('11.0.0.0'), bits: 24 },
  local: { first: numberOf('172.17.0.0'), end: numberOf('172.32.0.0'), bits: 16 },
}

/**
 * The lowest subnet of the pool that overlaps with none in use, given or chosen; null when
 * there is none.
 * @see moby/moby libnetwork/ipams/defaultipam/address_space.go allocatePredefinedPool
 */
export function freeSubnet({ networks }: Store, scope: Network['Scope']): string | null {
  const { first, end, bits } = POOLS[scope]
  const size = sizeOf(bits)
  const used = [...networks.values()]
    .filter((network) => network.Scope === scope)
    .flatMap(({ Subnet }) => rangeOf(Subnet) ?? [])
    .sort((a, b) => a.first - b.first)
  let free = first
  for (const range of used) {
    if (range.first >= free + size) break
    free = Math.max(free, Math.ceil(range.end / size) * size)
  }
  return free < end ? `${addressOf(free)}/${bits}` : null
}

/** Null of IPv6, which is in nobody's way here, and of a network without a subnet. */
function rangeOf(subnet: string): { first: number; end: number } | null {
  const [address = '', bits] = subnet.split('/')
  if (!isIPv4(address)) return null
  const size = sizeOf(Number(bits))
  const first = Math.floor(numberOf(address) / size) * size
  return { first, end: first + size }
}

const sizeOf = (bits: number) => 2 ** (32 - bits)
