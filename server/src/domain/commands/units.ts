/** `1.5 s`, `2 min`, `250 ms`: a length of time given in nanoseconds, exactly. */
export function duration(nanoseconds: number): string {
  for (const [unit, length] of units) {
    const count = nanoseconds / length
    if (count >= 1 && Number.isInteger(count * 10)) return `${count} ${unit}`
  }
  return nanoseconds === 0 ? '0 s' : `${nanoseconds} ns`
}

const units = [
  ['h', 3600e9],
  ['min', 60e9],
  ['s', 1e9],
  ['ms', 1e6],
] as const

/** As the docker CLI reads it: `90s`, `1500ms`. */
export const cliDuration = (milliseconds: number): string =>
  milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`

/** `512 MiB`, `1.5 GiB`; to the byte where nothing rounder is exact. */
export function bytes(count: number): string {
  for (const [unit, size] of sizes) {
    const value = count / size
    if (value >= 1 && Number.isInteger(value * 8)) return `${value} ${unit}`
  }
  return `${count} B`
}

const sizes = [
  ['TiB', 2 ** 40],
  ['GiB', 2 ** 30],
  ['MiB', 2 ** 20],
  ['KiB', 2 ** 10],
] as const

export const cpus = (nano: number): string => `${nano / 1e9} CPU`

/** A ratio as it was written, although the swarm keeps it as float32. */
export function ratio(value: number): string {
  for (let digits = 1; digits < 9; digits += 1) {
    const short = Number(value.toPrecision(digits))
    if (Math.fround(short) === Math.fround(value)) return String(short)
  }
  return String(value)
}
