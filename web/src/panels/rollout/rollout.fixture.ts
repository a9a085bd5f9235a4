import type { Rollout } from '@skep/shared/contract/rollout'

/** An update in its middle; a test names only what it is about. */
export const aRollout = (fields: Partial<Rollout> = {}): Rollout => ({
  kind: 'update',
  automatic: null,
  state: 'running',
  startedAt: '2026-11-21T14:02:00.000Z',
  lanes: { toUpdate: 3, inFlight: 2, verifying: 1, updated: 4, total: 10 },
  parallelism: 2,
  wave: { n: 4, of: 5 },
  order: 'stop-first',
  delayNs: 10e9,
  monitorNs: 30e9,
  failures: { seen: 2, tolerated: 2, action: 'pause' },
  verifyingUntil: null,
  finish: null,
  versions: [],
  stuck: [],
  ...fields,
})
