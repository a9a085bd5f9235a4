import type { AttentionKind, Tone } from './contract/attention.ts'
import type { NodeStatus } from './contract/node.ts'
import type { SlotStatus, Verdict } from './contract/service.ts'
import type { SwarmState } from './contract/swarm.ts'
import type { TaskState } from './contract/task-state.ts'

/** Silhouette first, so that nothing is lost in grey: what a status looks like. */
export type Mark =
  | 'disc-check'
  | 'ring-filling'
  | 'ring-turning'
  | 'ring-open'
  | 'disc-bars'
  | 'triangle'
  | 'triangle-wave'
  | 'diamond-cross'
  | 'disc-hollow'
  | 'disc-flag'
  | 'circle-dashed'

/** The silhouettes of a slot grid's cells, each of which can be solid or hollow. */
export type Shape =
  | 'square'
  | 'ring'
  | 'dot'
  | 'bar'
  | 'diamond'
  | 'flag'
  | 'circle-dashed'
  | 'square-dashed'

/** A status as every screen says and shows it. */
export type Word = { mark: Mark; tone: Tone; label: string }

export const verdictWords: Record<Verdict, Word> = {
  converged: { mark: 'disc-check', tone: 'ok', label: 'Converged' },
  verifying: { mark: 'ring-filling', tone: 'progress', label: 'Verifying' },
  converging: { mark: 'ring-open', tone: 'progress', label: 'Converging' },
  updating: { mark: 'ring-turning', tone: 'progress', label: 'Updating' },
  'rolling-back': { mark: 'ring-turning', tone: 'progress', label: 'Rolling back' },
  'running-job': { mark: 'ring-open', tone: 'progress', label: 'Job running' },
  paused: { mark: 'disc-bars', tone: 'warning', label: 'Update paused' },
  'rollback-paused': { mark: 'disc-bars', tone: 'warning', label: 'Rollback paused' },
  // All may be running, and yet what was asked for is not what runs.
  'rolled-back': { mark: 'triangle', tone: 'warning', label: 'Rolled back' },
  degraded: { mark: 'triangle', tone: 'warning', label: 'Degraded' },
  flapping: { mark: 'triangle-wave', tone: 'warning', label: 'Flapping' },
  down: { mark: 'diamond-cross', tone: 'critical', label: 'Down' },
  'scaled-to-zero': { mark: 'disc-hollow', tone: 'neutral', label: 'Scaled to zero' },
  complete: { mark: 'disc-flag', tone: 'neutral', label: 'Complete' },
  unknown: { mark: 'circle-dashed', tone: 'neutral', label: 'Unknown' },
}

export const nodeWords: Record<NodeStatus, Word> = {
  ready: { mark: 'disc-check', tone: 'ok', label: 'Ready' },
  paused: { mark: 'disc-bars', tone: 'warning', label: 'Paused' },
  draining: { mark: 'ring-open', tone: 'progress', label: 'Draining' },
  drained: { mark: 'disc-hollow', tone: 'neutral', label: 'Drained' },
  down: { mark: 'diamond-cross', tone: 'critical', label: 'Down' },
  disconnected: { mark: 'triangle', tone: 'warning', label: 'Disconnected' },
  unknown: { mark: 'circle-dashed', tone: 'neutral', label: 'Unknown' },
}

/** What a manager adds to the status of its node. */
export const managerWords: Record<
  'leader' | 'reachable' | 'unreachable' | 'unknown',
  Word
> = {
  leader: { mark: 'disc-flag', tone: 'neutral', label: 'Leader' },
  reachable: { mark: 'disc-check', tone: 'ok', label: 'Reachable' },
  unreachable: { mark: 'diamond-cross', tone: 'critical', label: 'Unreachable' },
  unknown: { mark: 'circle-dashed', tone: 'neutral', label: 'Reachability unknown' },
}

export const swarmWords: Record<SwarmState, Word> = {
  connecting: { mark: 'ring-open', tone: 'progress', label: 'Connecting' },
  live: { mark: 'disc-check', tone: 'ok', label: 'Live' },
  electing: { mark: 'triangle', tone: 'warning', label: 'Electing a leader' },
  'no-quorum': { mark: 'diamond-cross', tone: 'critical', label: 'No quorum' },
  locked: { mark: 'diamond-cross', tone: 'critical', label: 'Locked' },
  'not-a-manager': { mark: 'triangle', tone: 'warning', label: 'Not a manager' },
  'no-swarm': { mark: 'triangle', tone: 'warning', label: 'No swarm' },
  'certificates-expired': {
    mark: 'diamond-cross',
    tone: 'critical',
    label: 'Certificates expired',
  },
  'engine-away': { mark: 'diamond-cross', tone: 'critical', label: 'Engine away' },
  'engine-failing': { mark: 'diamond-cross', tone: 'critical', label: 'Engine failing' },
  denied: { mark: 'triangle', tone: 'warning', label: 'Denied' },
}

/** Browser to swarm, both hops in one word. */
export const linkWords: Record<'connecting' | 'live' | 'late' | 'lost', Word> = {
  connecting: { mark: 'ring-open', tone: 'progress', label: 'Connecting' },
  live: { mark: 'disc-check', tone: 'ok', label: 'Live' },
  late: { mark: 'triangle', tone: 'warning', label: 'Late' },
  lost: { mark: 'diamond-cross', tone: 'critical', label: 'Lost' },
}

/** Docker's own words for tasks. */
export const taskWords: Record<TaskState, Word> = {
  new: { mark: 'disc-hollow', tone: 'neutral', label: 'New' },
  allocated: { mark: 'disc-hollow', tone: 'neutral', label: 'Allocated' },
  pending: { mark: 'disc-hollow', tone: 'neutral', label: 'Pending' },
  assigned: { mark: 'ring-open', tone: 'progress', label: 'Assigned' },
  accepted: { mark: 'ring-open', tone: 'progress', label: 'Accepted' },
  preparing: { mark: 'ring-open', tone: 'progress', label: 'Preparing' },
  ready: { mark: 'ring-open', tone: 'progress', label: 'Ready' },
  starting: { mark: 'ring-open', tone: 'progress', label: 'Starting' },
  running: { mark: 'disc-check', tone: 'ok', label: 'Running' },
  complete: { mark: 'disc-flag', tone: 'neutral', label: 'Complete' },
  shutdown: { mark: 'disc-hollow', tone: 'neutral', label: 'Shutdown' },
  failed: { mark: 'diamond-cross', tone: 'critical', label: 'Failed' },
  rejected: { mark: 'diamond-cross', tone: 'critical', label: 'Rejected' },
  remove: { mark: 'disc-hollow', tone: 'neutral', label: 'Remove' },
  orphaned: { mark: 'circle-dashed', tone: 'neutral', label: 'Orphaned' },
}

/** The word of a task: one that is starting with a health check waits for it. */
export function taskWord(state: TaskState, hasHealthCheck: boolean): Word {
  const word = taskWords[state]
  return state === 'starting' && hasHealthCheck
    ? { ...word, label: 'Starting, waiting for health check' }
    : word
}

/** The cells of a slot grid. */
export const slotWords: Record<SlotStatus, { shape: Shape; tone: Tone; label: string }> = {
  running: { shape: 'square', tone: 'ok', label: 'Running' },
  starting: { shape: 'ring', tone: 'progress', label: 'Starting' },
  pending: { shape: 'dot', tone: 'neutral', label: 'Pending' },
  stopping: { shape: 'bar', tone: 'neutral', label: 'Stopping' },
  failed: { shape: 'diamond', tone: 'critical', label: 'Failed' },
  complete: { shape: 'flag', tone: 'neutral', label: 'Complete' },
  unknown: { shape: 'circle-dashed', tone: 'neutral', label: 'Unknown' },
  empty: { shape: 'square-dashed', tone: 'neutral', label: 'Empty' },
}

/** The silhouette of a row that needs a human; its tone is the row's own. */
export const attentionMarks: Record<AttentionKind, Mark> = {
  quorum: 'diamond-cross',
  'service-down': 'diamond-cross',
  'update-paused': 'disc-bars',
  'rolled-back': 'triangle',
  'service-degraded': 'triangle',
  unplaced: 'circle-dashed',
  'node-down': 'diamond-cross',
  stuck: 'triangle',
  flapping: 'triangle-wave',
  misplaced: 'triangle',
  'state-stranded': 'diamond-cross',
  'replicas-on-local': 'triangle',
  posture: 'disc-hollow',
}
