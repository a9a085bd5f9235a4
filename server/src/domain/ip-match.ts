type Address = { readonly bits: 32 | 128; readonly value: bigint }

/**
 * Whether an address is the one named, or lies in the CIDR block named. Null when what is
 * named is neither: the swarm then matches no node, whatever the operator.
 * @see moby/swarmkit manager/constraint/constraint.go
 */
export function ipMatches(address: string, named: string): boolean | null {
  const own = parse(address)
  const [base = '', length, ...rest] = named.split('/')
  const block = parse(base)
  if (!block || rest.length > 0) return null
  if (length === undefined) return own !== null && same(own, block, block.bits)
  if (!/^\d{1,3}$/.test(length) || Number(length) > block.bits) return null
  return own !== null && same(own, block, Number(length))
}

function same(a: Address, b: Address, prefix: number): boolean {
  const shift = BigInt(b.bits - prefix)
  return a.bits === b.bits && a.value >> shift === b.value >> shift
}

const parse = (text: string): Address | null =>
  text.includes(':') ? parse6(text) : parse4(text)

function parse4(text: string): Address | null {
  const parts = text.split('.')
  const valid = parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)
  if (parts.length !== 4 || !valid) return null
  return { bits: 32, value: parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n) }
}

function parse6(text: string): Address | null {
  const halves = text.split('::')
  if (halves.length > 2) return null
  const [head, tail] = [groups(halves[0]), groups(halves[1])]
  if (!head || !tail) return null
  const missing = 8 - head.length - tail.length
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null
  const all = [...head, ...Array<bigint>(missing).fill(0n), ...tail]
  const value = all.reduce((sum, group) => (sum << 16n) + group, 0n)
  // An IPv4 address in IPv6 clothing is that IPv4 address, as in Go.
  return value >> 32n === 0xffffn
    ? { bits: 32, value: value & 0xffffffffn }
    : { bits: 128, value }
}

function groups(half: string | undefined): bigint[] | null {
  if (!half) return []
  const parts = half.split(':')
  const last = parse4(parts.at(-1) ?? '')
  const hex = last ? parts.slice(0, -1) : parts
  if (!hex.every((part) => /^[0-9a-f]{1,4}$/i.test(part))) return null
  const values = hex.map((part) => BigInt(`0x${part}`))
  return last ? [...values, last.value >> 16n, last.value & 0xffffn] : values
}
