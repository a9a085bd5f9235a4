/** A CPU profile as V8's inspector sends it; times in microseconds. */
export type Profile = {
  nodes: readonly ProfileNode[]
  startTime: number
  endTime: number
  /** Which node was running, and how long after the sample before it (the first: the start). */
  samples: readonly number[]
  timeDeltas: readonly number[]
}

export type ProfileNode = { id: number; callFrame: CallFrame; children?: readonly number[] }

/** `lineNumber` counts from 0; `url` is empty, and `scriptId` 0, of what is no script. */
type CallFrame = { functionName: string; scriptId: string; url: string; lineNumber: number }

/** Milliseconds of a function itself, and with all that it called. */
export type Row = { name: string; self: number; total: number }

/** Where the time of a profile went, in milliseconds of the main thread. */
export type ProfileTable = {
  window: number
  idle: number
  busy: number
  /** Of what was busy. */
  garbage: number
  /** Of what was busy: code that is no script. What it was called for is in the totals. */
  native: number
  /** All of what was busy by where it was, the most first. */
  groups: { name: string; self: number }[]
  /** The functions that took most themselves. */
  bySelf: Row[]
  /** Those of our own that took most with all that they called. */
  ownByTotal: Row[]
}

/** A line of the bundle, counted from 0, to the source that it was made of. */
export type SourceOf = (line: number) => string | null

/** How many functions each of the two lists holds. */
const longest = { self: 15, total: 10 }

/**
 * The bundle keeps the lines of each source together, under a comment with its path as seen
 * from `server/`: esbuild writes these unless it is told to minify. There is no source map.
 */
export function sourcesIn(bundle: string): SourceOf {
  const heads = bundle.split('\n').flatMap((text, line) => {
    const path = text.match(/^\/\/ (?:\.\.\/)?((?:shared\/)?src\/\S+|package\.json)$/)?.[1]
    return path ? [{ line, source: path.replace(/(^|\/)src\//, '$1') }] : []
  })
  return (line) => heads.findLast((head) => head.line <= line)?.source ?? null
}

/**
 * A function that calls itself is counted once in its total. What a function awaits is in
 * nobody's total but that of the event that went on with it.
 *
 * @param bundle how the url of our own code ends
 */
export function tableOf(
  profile: Profile,
  { bundle, sourceOf }: { bundle: string; sourceOf: SourceOf },
): ProfileTable {
  const took = selfTimes(profile)
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]))
  const rows = new Map<string, Row & { place: Place }>()
  const visit = (node: ProfileNode, callers: ReadonlySet<string>): number => {
    const place = placeOf(node.callFrame, bundle, sourceOf)
    const name = nameOf(node.callFrame, place)
    const row = rows.get(name) ?? { name, place, self: 0, total: 0 }
    rows.set(name, row)
    const self = took.get(node.id) ?? 0
    const within = new Set(callers).add(name)
    const total = (node.children ?? [])
      .flatMap((id) => nodes.get(id) ?? [])
      .reduce((sum, child) => sum + visit(child, within), self)
    row.self += self
    if (!callers.has(name)) row.total += total
    return total
  }
  const called = new Set(profile.nodes.flatMap(({ children = [] }) => children))
  const roots = profile.nodes.filter(({ id }) => !called.has(id))
  const window = roots.reduce((sum, root) => sum + visit(root, new Set()), 0)

  const groups = new Map<string, number>()
  for (const { place, self } of rows.values()) {
    if (self > 0) groups.set(place.group, (groups.get(place.group) ?? 0) + self)
  }
  const idle = groups.get(idling) ?? 0
  groups.delete(idling)
  const busy = [...rows.values()].filter(({ place }) => place.group !== idling)
  const most = (by: 'self' | 'total', among: typeof busy): Row[] =>
    among
      .toSorted((one, other) => other[by] - one[by])
      .slice(0, longest[by])
      .map(({ name, self, total }) => ({
        name,
        self: rounded(self),
        total: rounded(total),
      }))
  return {
    window: rounded(window),
    idle: rounded(idle),
    busy: rounded(window - idle),
    garbage: rounded(groups.get(collecting) ?? 0),
    native: rounded(groups.get(outside) ?? 0),
    groups: [...groups]
      .sort(([, one], [, other]) => other - one)
      .map(([name, self]) => ({ name, self: rounded(self) })),
    bySelf: most('self', busy),
    ownByTotal: most(
      'total',
      busy.filter(({ place }) => place.isOwn),
    ),
  }
}

/** A sample lasts until the next one, the last until the end. */
function selfTimes({ samples, timeDeltas, startTime, endTime }: Profile) {
  const took = new Map<number, number>()
  let at = startTime
  samples.forEach((id, index) => {
    at += timeDeltas[index] ?? 0
    const lasted = timeDeltas[index + 1] ?? endTime - at
    // Of two threads' clocks one may be behind by a hair.
    took.set(id, (took.get(id) ?? 0) + Math.max(lasted, 0))
  })
  return took
}

const idling = 'idle'
const collecting = 'garbage collection'
const outside = 'native'

type Place = { group: string; file: string | null; isOwn: boolean }

function placeOf(frame: CallFrame, bundle: string, sourceOf: SourceOf): Place {
  const { functionName, scriptId, url, lineNumber } = frame
  const elsewhere = (group: string, file: string | null = null) => {
    return { group, file, isOwn: false }
  }
  if (functionName === '(idle)') return elsewhere(idling)
  if (functionName === '(garbage collector)') return elsewhere(collecting)
  if (url === '') return elsewhere(scriptId === '0' ? outside : 'generated code')
  if (url.startsWith('node:')) return elsewhere('Node', url)
  if (url.endsWith(bundle)) {
    const file = sourceOf(lineNumber) ?? bundle
    return { group: file.replace(/\/[^/]+$/, ''), file, isOwn: true }
  }
  const inside = url.split('/node_modules/').at(-1) ?? url
  const name = inside.match(/^(?:@[^/]+\/)?[^/]+/)?.[0]
  return elsewhere(`npm ${name}`, inside)
}

/** With its line in the file, or, of our own, in the bundle. */
function nameOf(
  { functionName, lineNumber }: CallFrame,
  { group, file, isOwn }: Place,
): string {
  if (!file) return functionName || `(anonymous) · ${group}`
  const name = functionName || '(anonymous)'
  return `${name} · ${file} ${isOwn ? `(bundle:${lineNumber + 1})` : `:${lineNumber + 1}`}`
}

/** Microseconds to milliseconds, of which a hundredth is told. */
const rounded = (microseconds: number) => Math.round(microseconds / 10) / 100

/** The table for people. */
export function inLines({ bySelf, ownByTotal, groups, ...table }: ProfileTable): string[] {
  const share = (part: number) => `${((100 * part) / table.busy).toFixed(1)} %`.padStart(7)
  const time = (part: number) => `${part.toFixed(1)} ms`.padStart(11)
  const line = (part: number, name: string) => `${time(part)} ${share(part)}  ${name}`
  return [
    'by where it was',
    ...groups.map(({ self, name }) => line(self, name)),
    'functions, themselves',
    ...bySelf.map(({ self, name }) => line(self, name)),
    'our own functions, with what they called',
    ...ownByTotal.map(({ total, name }) => line(total, name)),
  ]
}
