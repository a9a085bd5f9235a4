const kibi = 1024
const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const

/** An amount of memory: "512 MiB", "1.9 GiB". */
export function bytes(amount: number): string {
  const power = amount < kibi ? 0 : Math.floor(Math.log2(amount) / 10)
  const unit = Math.min(power, units.length - 1)
  return `${decimal(amount / kibi ** unit)} ${units[unit]}`
}

/** Memory of a whole, which names the unit for both where it is the same: "6.5 of 32 GiB". */
export function bytesOf(part: number, whole: number): string {
  const [amount, unit] = bytes(part).split(' ')
  const total = bytes(whole)
  const isPlain = part === 0 || total.endsWith(` ${unit}`)
  return isPlain ? `${amount} of ${total}` : `${bytes(part)} of ${total}`
}

/** At most one decimal, and none where it says nothing: "1.9", "512", "2". */
const decimal = (amount: number): string =>
  amount >= 100 ? amount.toFixed(0) : String(Math.round(amount * 10) / 10)

/** Processors, from billionths of them: "0.25", "4". */
export const cpus = (nano: number): string => String(Math.round(nano / 1e7) / 100)
