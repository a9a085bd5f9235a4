import type { Check, Preview } from '@skep/shared/contract/preview'

/** What a preview said, as far as it is held against what happens. */
export type Said = {
  counts: Counts
  /** What new tasks find of their data: it is not where they start. */
  apart: readonly Telling[]
  /** That it goes with its tasks. */
  goes: boolean
  /** That what they had is not mounted any more. */
  leftOut: boolean
  /** That replicas have each their own, or all the same. */
  shared: boolean
  /** That something waits for room; `flat`: that nothing can run now. */
  waits: 'no' | 'some' | 'flat'
  sentences: readonly string[]
}

export type Counts = { restarts: number; starts: number; stops: number }

type Telling = {
  what: 'empty' | 'copy' | 'unknown'
  /** Whether it says that no task can start where its data is. */
  flat: boolean
  /** The nodes that new tasks may go to; null where they are only counted. */
  nodes: readonly string[] | null
}

const meanings = {
  empty: ['starts-empty', 'content-left', 'may-start-empty', 'content-may-be-left'],
  copy: ['other-copy', 'content-of-another'],
  unknown: ['data-unknown', 'data-unknown-spec', 'content-unclear'],
  goes: ['data-lost', 'content-lost'],
  leftOut: ['data-left-out', 'content-left-out'],
  shared: ['replicas-apart', 'replicas-share'],
  waits: ['not-placeable', 'target-not-placeable', 'no-room', 'start-first-no-room'],
} as const

export function saidOf({ restarts, starts, stops, checks }: Preview): Said {
  const told = (what: keyof typeof meanings) =>
    checks.filter(({ id }) => meanings[what].some((each) => each === id))
  const apart = (['empty', 'copy', 'unknown'] as const).flatMap((what) =>
    told(what).map((check) => tellingOf(what, check)),
  )
  const waits = told('waits')
  return {
    counts: { restarts, starts, stops },
    apart,
    goes: told('goes').length > 0,
    leftOut: told('leftOut').length > 0,
    shared: told('shared').length > 0,
    waits: waits.length === 0 ? 'no' : waits.some(isFlat) ? 'flat' : 'some',
    sentences: checks.map(({ level, id, sentence }) => `${level} ${id}: ${sentence}`),
  }
}

const isFlat = ({ sentence }: Check): boolean =>
  /^No node takes|room for 0 of|no node has room for one/.test(sentence)

const tellingOf = (what: Telling['what'], { sentence }: Check): Telling => ({
  what,
  flat: sentence.includes('cannot start where its volume'),
  nodes: placesIn(sentence),
})

/** Where a sentence says that tasks go: `it may start on w2 or w3 as well`. */
function placesIn(sentence: string): readonly string[] | null {
  const found = /(?:may start on|goes to|waits for) ([^.]+?)(?: as well)?\. /.exec(sentence)
  const places = (found?.[1] ?? '').split(/, | or /)
  return places.every((name) => /^[mw]\d+$/.test(name)) ? places : null
}
