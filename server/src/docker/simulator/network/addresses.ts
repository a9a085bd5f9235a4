import type { Network } from '../store/objects.ts'

/** The first address is the gateway's. */
const FIRST = 2

type Held = { readonly networkId: string; readonly number: number }

/** Which addresses of each network are taken, by whom. */
export class Addresses {
  readonly #networks = new Map<string, { next: number; taken: Set<number> }>()
  readonly #holders = new Map<string, Held[]>()

  /** `10.0.1.7/24`, or null when the network has none left, or never had any. */
  take({ ID, Subnet }: Network, holder: string): string | null {
    if (Subnet === '') return null
    const [base = '10.0.0.0', bits = '24'] = Subnet.split('/')
    const size = 2 ** (32 - Number(bits))
    const known = this.#networks.get(ID)
    const pool = known ?? { next: FIRST, taken: new Set<number>() }
    if (!known) this.#networks.set(ID, pool)
    // Without network, broadcast and gateway.
    if (pool.taken.size >= size - 3) return null
    while (pool.taken.has(pool.next) || pool.next < FIRST || pool.next >= size - 1) {
      pool.next = pool.next >= size - 1 ? FIRST : pool.next + 1
    }
    const number = pool.next++
    pool.taken.add(number)
    const held = this.#holders.get(holder) ?? []
    this.#holders.set(holder, [...held, { networkId: ID, number }])
    return `${addressOf(numberOf(base) + number)}/${bits}`
  }

  /** Gives all back, or all of one network. Whether there was anything to give back. */
  release(holder: string, networkId?: string): boolean {
    const isKept = (one: Held) => networkId !== undefined && one.networkId !== networkId
    const held = this.#holders.get(holder) ?? []
    const [kept, given] = [held.filter(isKept), held.filter((one) => !isKept(one))]
    if (given.length === 0) return false
    if (kept.length > 0) this.#holders.set(holder, kept)
    else this.#holders.delete(holder)
    for (const one of given) this.#networks.get(one.networkId)?.taken.delete(one.number)
    return true
  }
}

export function numberOf(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
}

export function addressOf(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.')
}
