import type { Comparison, Row } from './compare.ts'

const counted = (rows: readonly Row[], verdict: Row['verdict']) =>
  rows.filter((row) => row.verdict === verdict).length

/** Calls × engines, then what differs, for people. */
export function asText(comparisons: readonly Comparison[]): string {
  const names = [
    ...new Set(comparisons.flatMap(({ rows }) => rows.map(({ call }) => call))),
  ]
  const width = 60
  const cut = (name: string) =>
    name.length > width ? `${name.slice(0, width - 1)}…` : name.padEnd(width)
  const header = `${'call'.padEnd(width)}  ${comparisons.map(({ engine }) => engine.padEnd(8)).join('')}`
  const table = names.map((name) => {
    const cells = comparisons.map(({ rows }) =>
      (rows.find(({ call }) => call === name)?.verdict ?? 'none').padEnd(8),
    )
    return `${cut(name)}  ${cells.join('')}`.trimEnd()
  })
  const totals = comparisons.map(
    ({ engine, rows, stale }) =>
      `engine ${engine}: ${rows.length} calls and stories; ${counted(rows, 'equal')} equal, ` +
      `${counted(rows, 'listed')} listed, ${counted(rows, 'DIFFERS')} DIFFER; ` +
      `${stale.length} listed differences no longer occur`,
  )
  return [header, ...table, '', ...comparisons.flatMap(complaints), ...totals].join('\n')
}

/** Every line that fails. */
export function complaints({ engine, rows, stale }: Comparison): string[] {
  return [
    ...rows.flatMap(({ call, unlisted }) =>
      unlisted.length === 0
        ? []
        : [`engine ${engine}, ${call}:`, ...unlisted.map((line) => `    ${line}`)],
    ),
    ...stale.map(
      ({ call, line, why }) =>
        `engine ${engine}: listed, and no longer so: ${call}: ${line} (${why})`,
    ),
  ]
}

/** For keeps: each call with its verdict on each engine, and what was listed of it. */
export function reportOf(
  comparisons: readonly Comparison[],
  about: { commit: string | null; versions: Record<string, string> },
): object {
  const names = [
    ...new Set(comparisons.flatMap(({ rows }) => rows.map(({ call }) => call))),
  ]
  const of = (call: string) =>
    comparisons.map(({ engine, rows }): [string, string] => [
      engine,
      rows.find((row) => row.call === call)?.verdict ?? 'none',
    ])
  return {
    date: new Date().toISOString(),
    ...about,
    totals: Object.fromEntries(
      comparisons.map(({ engine, rows, stale }) => [
        engine,
        {
          calls: rows.length,
          equal: counted(rows, 'equal'),
          listed: counted(rows, 'listed'),
          differs: counted(rows, 'DIFFERS'),
          stale: stale.length,
        },
      ]),
    ),
    failures: comparisons.flatMap(complaints),
    calls: Object.fromEntries(
      names.sort().map((call) => [call, Object.fromEntries(of(call))]),
    ),
  }
}
