/** @see moby/swarmkit api/types.proto TaskState: a clock that never goes back */
const ORDER = {
  new: 0,
  pending: 64,
  assigned: 192,
  accepted: 256,
  preparing: 320,
  ready: 384,
  starting: 448,
  running: 512,
  complete: 576,
  shutdown: 640,
  failed: 704,
  rejected: 768,
  remove: 800,
  orphaned: 832,
} as const

export type TaskState = keyof typeof ORDER

/** Below zero when `a` comes before `b`, above when after. */
export function compareStates(a: TaskState, b: TaskState): number {
  return ORDER[a] - ORDER[b]
}

/** Beyond running: it has ended, or is meant to. */
export function isPastRunning(state: TaskState): boolean {
  return ORDER[state] > ORDER.running
}

export function isTaskState(word: string): word is TaskState {
  return Object.hasOwn(ORDER, word)
}
