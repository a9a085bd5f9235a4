/** How measured values are spread. Percentiles are measured values: nearest rank. */
export type Spread = { n: number; p50: number; p95: number; max: number }

/** @throws Error when there is nothing to judge by */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (part: number) => {
    const value = sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)]
    if (value === undefined) throw new Error('nothing was measured')
    return Math.round(value * 10) / 10
  }
  return { n: sorted.length, p50: at(0.5), p95: at(0.95), max: at(1) }
}
