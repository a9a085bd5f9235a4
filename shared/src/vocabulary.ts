import type { AttentionKind, Tone } from './contract/attention.ts'
import type { NodeStatus } from './contract/node.ts'
import type { DataOutcome, TaskOutcome } from './contract/node-preview.ts'
import type { FilterId } from './contract/placement.ts'
import type { RotationState, RotationStep } from './contract/rotation.ts'
import type { SlotStatus, Verdict } from './contract/service.ts'
import type {
  FoundThere,
  IfItMoves,
  PlacementVerdict,
  StateBadge,
  StateClass,
  StorageKind,
} from './contract/stateful.ts'
import type { ConsumerRole, StoredFlag, StoredKind } from './contract/stored.ts'
import type { SwarmState } from './contract/swarm.ts'
import type { TaskState } from './contract/task-state.ts'
import type { PublishState, VolumeAvailability, VolumeScope } from './contract/volume.ts'

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
  | 'drum'

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
  electing: { mark: 'triangle', tone: 'warning', label: 'Electing or busy' },
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
  'rotation-stopped': 'disc-bars',
  'service-degraded': 'triangle',
  unplaced: 'circle-dashed',
  'node-down': 'diamond-cross',
  stuck: 'triangle',
  flapping: 'triangle-wave',
  misplaced: 'triangle',
  'state-stranded': 'diamond-cross',
  'replicas-on-local': 'triangle',
  'window-closed': 'disc-hollow',
  posture: 'disc-hollow',
}

/** What becomes of the tasks of a node, as a group of them is headed. */
export const outcomeWords: Record<TaskOutcome, Word & { meaning: string }> = {
  moves: {
    mark: 'ring-open',
    tone: 'progress',
    label: 'Moves',
    meaning: 'A replacement starts on one of the nodes named; the swarm decides on which.',
  },
  'may-wait': {
    mark: 'circle-dashed',
    tone: 'warning',
    label: 'May wait',
    meaning:
      'Others compete for the last room or the same volume, or a volume is not known: some of these may find no place.',
  },
  waits: {
    mark: 'circle-dashed',
    tone: 'warning',
    label: 'Will wait',
    meaning: 'No other node takes it.',
  },
  stops: {
    mark: 'disc-hollow',
    tone: 'neutral',
    label: 'Stops',
    meaning: 'A global service has one task fewer.',
  },
  'not-replaced': {
    mark: 'triangle',
    tone: 'warning',
    label: 'Not replaced',
    meaning: 'The restart policy forbids it, or its attempts are used up.',
  },
  stays: {
    mark: 'disc-flag',
    tone: 'neutral',
    label: 'Stays',
    meaning: "A drain does not stop a job's task.",
  },
  fails: {
    mark: 'diamond-cross',
    tone: 'critical',
    label: 'Fails',
    meaning: 'It moves on paper, and runs nowhere.',
  },
}

/** What a replacement finds of its data. */
export const dataWords: Record<DataOutcome, Word> = {
  none: { mark: 'disc-hollow', tone: 'neutral', label: 'No data' },
  keeps: { mark: 'drum', tone: 'neutral', label: 'Keeps its data' },
  'starts-empty': { mark: 'triangle', tone: 'critical', label: 'Starts empty' },
  'other-data': { mark: 'triangle', tone: 'critical', label: 'May find old data' },
  unknown: { mark: 'circle-dashed', tone: 'warning', label: 'Cannot tell' },
}

export const stateClassWords: Record<StateClass, { label: string; meaning: string }> = {
  stateless: { label: 'Stateless', meaning: 'Holds no data: it moves freely.' },
  soft: { label: 'Soft state', meaning: 'A cache or a session store: rebuilds itself.' },
  'durable-single': {
    label: 'Single copy',
    meaning: 'One task holds data that nobody else has.',
  },
  'durable-clustered': {
    label: 'Clustered',
    meaning: 'Its software replicates its data itself: one volume for each member.',
  },
  'replicas-on-local': {
    label: 'Copies that differ',
    meaning: 'Replicas write to local volumes of one name: each has its own truth.',
  },
  external: {
    label: 'Held elsewhere',
    meaning: 'Its data is on a shared or remote store.',
  },
  unknown: { label: 'Cannot tell', meaning: 'Whether it holds data cannot be told.' },
}

export const placementWords: Record<PlacementVerdict, Word> = {
  pinned: { mark: 'drum', tone: 'neutral', label: 'Pinned' },
  loose: { mark: 'triangle', tone: 'warning', label: 'Loosely pinned' },
  unpinned: { mark: 'triangle', tone: 'warning', label: 'Not pinned' },
  unschedulable: { mark: 'circle-dashed', tone: 'warning', label: 'No node fits' },
  misplaced: { mark: 'triangle', tone: 'critical', label: 'Misplaced' },
}

export const foundThereWords: Record<FoundThere, string> = {
  'probably-empty': 'probably empty there',
  'older-copy': 'an older copy may be there',
}

export const ifItMovesWords: Record<IfItMoves, Word> = {
  keeps: { mark: 'disc-check', tone: 'ok', label: 'Keeps its data' },
  'starts-empty': { mark: 'triangle', tone: 'critical', label: 'Starts empty' },
  refuses: { mark: 'disc-bars', tone: 'neutral', label: 'Refuses to start' },
  'cannot-tell': { mark: 'circle-dashed', tone: 'warning', label: 'Cannot tell' },
}

/** What a move does to a service's data, and how grave that is: a cache begins anew anyway. */
export function moveWord({ class: kind, ifItMoves }: StateBadge): Word {
  const word = ifItMovesWords[ifItMoves]
  return kind === 'soft' ? { ...word, tone: 'neutral' } : word
}

export const storageWords: Record<StorageKind, string> = {
  'container-layer': 'container layer',
  'local-volume': 'local volume',
  'remote-volume': 'remote volume',
  bind: 'path on the node',
  tmpfs: 'memory',
  anonymous: 'anonymous volume',
  plugin: 'volume of a plugin',
  csi: 'cluster volume',
}

/** The scheduler's filters, as the head of a column. */
export const filterWords: Record<FilterId, string> = {
  ready: 'Ready',
  resources: 'Resources',
  plugins: 'Plugins',
  constraints: 'Constraints',
  platform: 'Platform',
  'host-port': 'Host port',
  'max-replicas': 'Replicas per node',
  volumes: 'Volumes',
}

/** How a service holds data, in a word beside its name: loud only where that is a risk. */
export function stateWord({ class: kind, placement, ifItMoves }: StateBadge): Word | null {
  const quiet = (label: string): Word => ({ mark: 'drum', tone: 'neutral', label })
  if (kind === 'stateless') return null
  if (placement === 'misplaced')
    return { mark: 'triangle', tone: 'critical', label: 'Misplaced data' }
  if (kind === 'replicas-on-local')
    return { mark: 'triangle', tone: 'warning', label: 'Copies that differ' }
  if (kind === 'soft') return quiet('Soft state')
  if (placement === 'unschedulable')
    return { mark: 'circle-dashed', tone: 'warning', label: 'Data, no node fits' }
  if (ifItMoves === 'starts-empty' && placement !== 'pinned')
    return { mark: 'triangle', tone: 'warning', label: 'Starts empty if moved' }
  if (kind === 'unknown' || ifItMoves === 'cannot-tell')
    return { mark: 'circle-dashed', tone: 'neutral', label: 'Data, cannot tell' }
  if (placement === 'pinned') return quiet('Pinned data')
  if (kind === 'external' || ifItMoves === 'keeps') return quiet('Data held elsewhere')
  if (kind === 'durable-clustered') return quiet('Clustered data')
  return quiet('Holds data')
}

export const storedWords: Record<StoredKind, { one: string; many: string }> = {
  secret: { one: 'secret', many: 'secrets' },
  config: { one: 'config', many: 'configs' },
}

/** What there is to say of a secret or config beside its name; loud only where it matters. */
export const storedFlagWords: Record<StoredFlag, Word & { meaning: string }> = {
  'only-rollback': {
    mark: 'triangle',
    tone: 'warning',
    label: 'Only for rollback',
    meaning:
      'Nothing runs with it, but a rollback target names it. The engine would let it go.',
  },
  'credential-like': {
    mark: 'triangle',
    tone: 'warning',
    label: 'May hold a credential',
    meaning:
      'Something in it looks like one. Whoever may read the swarm reads a config; a secret is kept back.',
  },
  'rotation-due': {
    mark: 'triangle',
    tone: 'warning',
    label: 'Rotation due',
    meaning: 'It is older than its label, or the house rule, allows.',
  },
  'shared-widely': {
    mark: 'circle-dashed',
    tone: 'neutral',
    label: 'Shared widely',
    meaning: 'Many services hold it: whoever reads it in one has it for all.',
  },
  unused: {
    mark: 'disc-hollow',
    tone: 'neutral',
    label: 'Unused',
    meaning: 'No spec, running task or rollback target names it.',
  },
  'old-version': {
    mark: 'disc-flag',
    tone: 'neutral',
    label: 'Old version',
    meaning: 'Its family has a newer one.',
  },
}

/** Why a service counts as a consumer. */
export const consumerRoleWords: Record<ConsumerRole, Word & { meaning: string }> = {
  current: {
    mark: 'disc-check',
    tone: 'neutral',
    label: 'Current spec',
    meaning: 'Its spec names it.',
  },
  'older-task': {
    mark: 'ring-open',
    tone: 'neutral',
    label: 'Older tasks',
    meaning: 'A task that still runs was made from an older spec that named it.',
  },
  'rollback-target': {
    mark: 'triangle',
    tone: 'warning',
    label: 'Rollback target',
    meaning: 'Rolling back needs it. The engine does not look at this before it removes.',
  },
}

/** How one consumer of a rotation stands. */
export const rotationStateWords: Record<RotationState, Word> = {
  waiting: { mark: 'disc-hollow', tone: 'neutral', label: 'Waiting' },
  updating: { mark: 'ring-turning', tone: 'progress', label: 'Updating' },
  converged: { mark: 'disc-check', tone: 'ok', label: 'Converged' },
  failed: { mark: 'diamond-cross', tone: 'critical', label: 'Did not converge' },
  'rolled-back': { mark: 'triangle', tone: 'warning', label: 'Rolled back' },
  superseded: { mark: 'disc-bars', tone: 'warning', label: 'Changed by somebody else' },
}

export const rotationStepWords: Record<RotationStep, string> = {
  create: 'Create',
  update: 'Update',
  verify: 'Verify',
  retire: 'Retire',
}

/** Where the data of a volume is. */
export const volumeScopeWords: Record<VolumeScope, string> = {
  'node-local': 'each node its own',
  remote: 'behind the network',
  cluster: 'cluster volume (CSI)',
  unknown: 'cannot tell',
}

/** Whether tasks are given a cluster volume. */
export const volumeAvailabilityWords: Record<VolumeAvailability, string> = {
  active: 'active',
  pause: 'paused: no new task is given it',
  drain: 'drained: no task is given it',
  unknown: 'availability cannot be told',
}

/** How far a cluster volume has come to a node, or away from it. */
export const publishStateWords: Record<PublishState, string> = {
  'pending-publish': 'on its way there',
  published: 'published there',
  'pending-node-unpublish': 'being taken away',
  'pending-controller-unpublish': 'being taken away',
  unknown: 'cannot tell how far',
}
