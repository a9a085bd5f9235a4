import { keptAt, type Memory } from './commands-memory.ts'
import type { Counts, Said } from './commands-said.ts'
import type { Standing } from './commands-tasks.ts'

/** One command on one service, with its tasks before and after. */
export type Acted = {
  kind: string
  said: Said
  before: readonly Standing[]
  after: readonly Standing[]
  /** Of what the service had before this. */
  memory: Memory
  /** All marks that lie on nodes afterwards, whether or not a task has them. */
  onDisk: ReadonlySet<string>
}

/** What a new task found of what the one before it had. */
export type Found = 'none' | 'keeps' | 'starts-empty' | 'other-data' | 'left-out' | 'lost'

/** One thing that was said or was not, and what came of it. */
export type Item = {
  about: 'task' | 'stop' | 'counts' | 'claim' | 'kept'
  slot: string
  found: Found | null
  right: boolean
  /** Data that is not found, or a task that waits, and nothing had said that it could. */
  unannounced: boolean
  words: string
}

/** What of its warnings came true; null where it warned of nothing. */
export type Warned = {
  of: 'empty' | 'copy' | 'unknown' | 'goes' | 'left-out' | 'room'
  cameTrue: boolean
}

export type Verdict = { items: Item[]; warned: Warned[] }

/** Holds what was said of a command against what became of the service's tasks. */
export function judgeCommand(acted: Acted): Verdict {
  const { before, after } = acted
  const known = new Set(before.map(({ id }) => id))
  const fresh = after.filter(({ id }) => !known.has(id))
  const tasks = fresh.map((task) => ofTask(acted, task))
  const items = [
    ...tasks,
    ...stopped(acted).map((task) => ofStop(acted, task)),
    ofCounts(acted, fresh),
    ...claims(acted, fresh, tasks),
  ]
  return { items, warned: warnings(acted, items, fresh) }
}

const right = (about: Item['about'], slot: string, words: string): Item => ({
  ...{ about, slot, found: null, right: true, unannounced: false, words },
})

function ofTask(acted: Acted, task: Standing): Item {
  const { said, before, memory } = acted
  const where = task.node === null ? 'waits' : `on ${task.node}`
  const item = right('task', task.slot, where)
  if (!task.runs) {
    const isTold = said.waits !== 'no'
    return { ...item, right: isTold, unannounced: !isTold }
  }
  const was = memory.last.get(task.slot) ?? null
  const finding = found(acted, task)
  const told = announced(acted, task, finding)
  const words = `${where}, had ${was ? `${was.mark} in ${was.place} on ${was.node}` : 'nothing'}, has ${task.held ? `${task.held.mark} in ${task.held.place}` : 'nothing'}`
  const places = placesTold(said, before, memory)
  const isThere = places === null || task.node === null || places.has(task.node)
  return {
    ...item,
    found: finding,
    right: told === 'right' && isThere,
    unannounced: told === 'not at all',
    words: isThere ? words : `${words}; not where it was said to go`,
  }
}

/** The gravest that a new task found, or did not. */
function found({ memory }: Acted, { slot, held }: Standing): Found {
  const was = memory.last.get(slot) ?? null
  const there = held && keptAt(memory, slot, held.place)
  if (held && there && held.mark !== there.mark && there.mark !== null) {
    if (held.mark !== null) return 'other-data'
    return held.goes ? 'lost' : 'starts-empty'
  }
  if (was?.mark && was.place !== held?.place) return was.goes ? 'lost' : 'left-out'
  if (there) return 'keeps'
  // One that had no predecessor misses what the others of its service have, where all have it.
  const isCommon = /^\d+$/.test(slot) && !held?.place.includes('{{.Task')
  const isAnother = [...memory.at.values()].some(
    ({ place, mark }) => place === held?.place && mark !== held?.mark,
  )
  if (!held || held.goes || !isCommon || !isAnother) return 'none'
  return held.mark ? 'other-data' : 'starts-empty'
}

type Told = 'right' | 'otherwise' | 'not at all'

function announced({ said, before, memory }: Acted, task: Standing, finding: Found): Told {
  const { slot, held } = task
  const matters = (held ?? memory.last.get(slot))?.matters ?? false
  const isAdded = !before.some((other) => other.slot === slot)
  const anything = said.apart.length > 0
  const miss = (isTold: boolean): Told => (isTold || !matters ? 'right' : 'not at all')
  switch (finding) {
    case 'none':
    case 'keeps':
      return 'right'
    case 'lost':
      return miss(said.goes)
    case 'left-out': {
      const was = memory.last.get(slot)
      return was && !was.matters
        ? 'right'
        : said.leftOut || said.goes || said.apart.some(({ what }) => what === 'unknown')
          ? 'right'
          : 'not at all'
    }
    case 'starts-empty':
      if (anything || (isAdded && said.shared)) return 'right'
      return said.leftOut ? 'otherwise' : miss(false)
    case 'other-data': {
      if (isAdded && said.shared) return 'right'
      const isTold = said.apart.some(({ what }) => what !== 'empty')
      return isTold ? 'right' : anything || said.leftOut ? 'otherwise' : miss(false)
    }
  }
}

/** The nodes that new tasks may be on, as was said; null where nothing was. */
function placesTold(
  { apart }: Said,
  before: readonly Standing[],
  { at }: Memory,
): ReadonlySet<string> | null {
  if (apart.length === 0 || apart.some(({ nodes }) => nodes === null)) return null
  const homes = [
    ...before.flatMap(({ node }) => node ?? []),
    ...[...at.values()].map(({ node }) => node),
  ]
  return new Set([...apart.flatMap(({ nodes }) => nodes ?? []), ...homes])
}

/** Tasks whose slot has none any more. */
const stopped = ({ before, after }: Acted): Standing[] =>
  before.filter(({ slot }) => !after.some((other) => other.slot === slot))

function ofStop({ said, onDisk }: Acted, { slot, held }: Standing): Item {
  const item = right(
    'stop',
    slot,
    held ? `had ${held.mark} in ${held.place}` : 'had nothing',
  )
  if (!held?.mark) return item
  if (held.goes) {
    const isTold = said.goes || !held.matters
    return { ...item, found: 'lost', right: isTold, unannounced: !isTold }
  }
  if (!held.matters) return item
  const isKept = onDisk.has(held.mark)
  return {
    ...item,
    about: 'kept',
    found: isKept ? 'keeps' : 'lost',
    right: isKept,
    unannounced: !isKept,
  }
}

function ofCounts({ kind, said, before, after }: Acted, fresh: readonly Standing[]): Item {
  const known = new Set(before.map(({ id }) => id))
  const slotsBefore = new Set(before.map(({ slot }) => slot))
  const slotsAfter = new Set(after.map(({ slot }) => slot))
  const staying = new Set(after.filter(({ id }) => known.has(id)).map(({ slot }) => slot))
  const seen: Counts = {
    restarts: [...slotsBefore].filter((slot) => slotsAfter.has(slot) && !staying.has(slot))
      .length,
    starts: [...slotsAfter].filter((slot) => !slotsBefore.has(slot)).length,
    // Of a slot with two, one may be waiting for room: a removal ends both.
    stops:
      kind === 'remove'
        ? before.filter(({ id }) => !after.some((other) => other.id === id)).length
        : [...slotsBefore].filter((slot) => !slotsAfter.has(slot)).length,
  }
  const counts = ['restarts', 'starts', 'stops'] as const
  const words = counts.map((of) => `${of} ${said.counts[of]}, seen ${seen[of]}`).join('; ')
  // What waits holds up the rest of a rollout.
  const isHeldUp = said.waits !== 'no' && fresh.some(({ runs }) => !runs)
  const isRight = counts.every((of) =>
    isHeldUp ? seen[of] <= said.counts[of] : seen[of] === said.counts[of],
  )
  return { ...right('counts', '', words), right: isRight }
}

const isMissed = ({ found }: Item): boolean =>
  found === 'starts-empty' || found === 'other-data'

/** What was said without a may: it has to come true. */
function claims(
  { said, before }: Acted,
  fresh: readonly Standing[],
  tasks: readonly Item[],
): Item[] {
  const running = fresh.filter(({ runs }) => runs)
  const told: Item[] = []
  const claim = (words: string, isRight: boolean) =>
    told.push({ ...right('claim', '', words), right: isRight })
  if (said.apart.some(({ flat }) => flat) && running.length > 0) {
    claim('cannot start where its data is', tasks.some(isMissed))
  }
  if (said.waits === 'flat' && said.counts.restarts + said.counts.starts > 0) {
    claim('no node takes its tasks', running.length === 0)
  }
  if (
    said.goes &&
    tasks.some(({ found }) => found !== null) &&
    before.some(({ held }) => held?.goes)
  ) {
    claim(
      'what it keeps goes with its tasks',
      !tasks.some(({ found }) => found === 'keeps'),
    )
  }
  return told
}

function warnings(
  { said }: Acted,
  items: readonly Item[],
  fresh: readonly Standing[],
): Warned[] {
  const missed = items.some(isMissed)
  const has = (...found: Found[]) =>
    items.some((item) => item.found !== null && found.includes(item.found))
  return [
    ...said.apart.map(({ what }) => ({ of: what, cameTrue: missed })),
    ...(said.goes ? [{ of: 'goes' as const, cameTrue: has('lost') }] : []),
    ...(said.leftOut
      ? [
          {
            of: 'left-out' as const,
            cameTrue: has('left-out', 'other-data', 'starts-empty'),
          },
        ]
      : []),
    ...(said.waits === 'no'
      ? []
      : [{ of: 'room' as const, cameTrue: fresh.some(({ runs }) => !runs) }]),
  ]
}
