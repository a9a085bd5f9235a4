import { BlockList, isIP } from 'node:net'

/** Whether an address is the given one, or within the given subnet; null if that is none. */
export function isInSubnet(address: string, text: string): boolean | null {
  const [base = '', bits, ...more] = text.split('/')
  const version = isIP(base)
  if (version === 0 || more.length > 0) return null
  const type = version === 4 ? 'ipv4' : 'ipv6'
  const list = new BlockList()
  if (bits === undefined) {
    list.addAddress(base, type)
  } else {
    const prefix = Number(bits)
    const widest = version === 4 ? 32 : 128
    if (!/^\d+$/.test(bits) || prefix > widest) return null
    list.addSubnet(base, prefix, type)
  }
  const own = isIP(address)
  return own !== 0 && list.check(address, own === 4 ? 'ipv4' : 'ipv6')
}
