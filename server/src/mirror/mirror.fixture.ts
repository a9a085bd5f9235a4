import { expect, onTestFinished, vi } from 'vitest'
import type { ClusterState } from '../domain/state.ts'
import { silent } from '../silent.fixture.ts'
import type { TestEngine } from './engine.fixture.ts'
import { createMirror, type Mirror } from './mirror.ts'

/** A mirror that waits to be started, and is stopped after the test. */
export function aMirror(engine: TestEngine): Mirror {
  const mirror = createMirror([engine], silent)
  onTestFinished(mirror.stop)
  return mirror
}

/** Starts it, and waits until it has read its swarm. */
export async function live(mirror: Mirror): Promise<void> {
  mirror.start()
  const isLive = () => expect(mirror.state().swarm.state).toBe('live')
  await vi.waitFor(isLive, { interval: 5 })
}

/** What followers ask of a mirror that shows what a test puts into it. */
export function aShownMirror(first: ClusterState) {
  let state = first
  const listeners = new Set<() => void>()
  return {
    state: () => state,
    onChange: (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    show: (next: ClusterState) => {
      state = next
      for (const listener of listeners) listener()
    },
  }
}
