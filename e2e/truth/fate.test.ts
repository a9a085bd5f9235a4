import { describe, expect, test } from 'vitest'
import type { Task } from './engine.ts'
import { type Fate, fateOf } from './fate.ts'

const now = Date.parse('2026-01-01T00:01:00Z')
const longAgo = '2026-01-01T00:00:00Z'
const justNow = '2026-01-01T00:00:59.900Z'

type Told = { id: string; node?: string; err?: string; since?: string; slot?: number }

const task = (desired: string, state: string, told: Told): Task => ({
  ID: told.id,
  ServiceID: 'web',
  Slot: told.slot ?? 1,
  NodeID: told.node ?? '',
  CreatedAt: longAgo,
  DesiredState: desired,
  Status: { State: state, Timestamp: told.since ?? longAgo, Err: told.err ?? '' },
})

const before = task('running', 'running', { id: 'old', node: 'w1' })
const stopped = task('shutdown', 'shutdown', { id: 'old', node: 'w1' })
const plain = { global: false, crashes: false }

function fate(after: Task[], { kind = plain, gone = [] as Task[] } = {}): Fate {
  const seen = new Map([...gone, ...after].map((each) => [each.ID, each]))
  const known = new Set(['old', 'other'])
  return fateOf(before, kind, known, { tasks: after, seen, at: now }).fate
}

describe('what became of a task', () => {
  test('stays: it is the same, and as it was', () => {
    expect(fate([before])).toBe('stays')
  })

  test('moves: another runs in its slot on another node, and has done so for a while', () => {
    expect(fate([stopped, task('running', 'running', { id: 'new', node: 'w2' })])).toBe(
      'moves',
    )
    const late = task('running', 'running', { id: 'new', node: 'w2', since: justNow })
    expect(fate([stopped, late])).toBe('unclear')
  })

  test('waits: another is pending, with a reason', () => {
    const err = 'no suitable node (host-mode port already in use on 4 nodes)'
    expect(fate([stopped, task('ready', 'pending', { id: 'new', err })])).toBe('waits')
    expect(fate([stopped, task('ready', 'pending', { id: 'new' })])).toBe('unclear')
  })

  test('not replaced: nothing wants to run in its slot', () => {
    expect(fate([stopped])).toBe('not-replaced')
    const other = task('running', 'running', { id: 'other', node: 'w2', slot: 2 })
    expect(fate([stopped, other])).toBe('not-replaced')
  })

  test('fails: others came in its place and could not run', () => {
    const err = 'No such image: x'
    const first = task('shutdown', 'rejected', { id: 'a', node: 'w2', err })
    const next = task('ready', 'ready', { id: 'b', node: 'w3' })
    expect(fate([stopped, first, next])).toBe('fails')
    expect(fate([stopped, next], { gone: [first] })).toBe('fails')
    expect(fate([stopped, first])).toBe('fails')
  })

  test('moves: others failed first, and then one ran', () => {
    const first = task('shutdown', 'rejected', { id: 'a', node: 'w2', err: 'no path' })
    const then = task('running', 'running', { id: 'b', node: 'w3' })
    expect(fate([stopped, first, then])).toBe('moves')
  })

  test('moves: what always crashes crashes elsewhere', () => {
    const kind = { global: false, crashes: true }
    const err = 'task: non-zero exit (1)'
    const ran = task('shutdown', 'failed', { id: 'a', node: 'w2', err })
    const next = task('ready', 'ready', { id: 'b', node: 'w2' })
    expect(fate([stopped, ran, next], { kind })).toBe('moves')
  })

  test('stops: a global task that is gone, whatever runs on other nodes', () => {
    const kind = { global: true, crashes: false }
    const other = task('running', 'running', { id: 'other', node: 'w2' })
    expect(fate([stopped, other], { kind })).toBe('stops')
  })
})
