/** How often what was said was followed by what was seen. */
export type Counts = Record<string, Record<string, number>>

/** @param pairs what was said, and what was seen */
export function counts(pairs: readonly (readonly string[])[]): Counts {
  const found: Counts = {}
  for (const [predicted = '', observed = ''] of pairs) {
    const row = found[predicted] ?? {}
    found[predicted] = row
    row[observed] = (row[observed] ?? 0) + 1
  }
  return found
}

/** Rounded down, so that only all of them are 100 %. */
export const percent = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${(Math.floor((part / whole) * 10_000) / 100).toFixed(2)} %`

/** A row for each thing that was said, a column for each that was seen. */
export function table(name: string, found: Counts): string[] {
  const columns = [
    ...new Set(Object.values(found).flatMap((row) => Object.keys(row))),
  ].sort()
  const rows = [
    [`${name}: said \\ seen`, ...columns],
    ...Object.entries(found).map(([predicted, row]) => [
      predicted,
      ...columns.map((column) => String(row[column] ?? '')),
    ]),
  ]
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0))
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(width(i)))
      .join('  ')
      .trimEnd(),
  )
}
