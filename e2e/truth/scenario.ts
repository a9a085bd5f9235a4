/**
 * A cluster and what is done to its nodes, as plain data: drawn from a seed, and enough to
 * set the same up again. Where the swarm then puts the tasks is the swarm's affair.
 */
export type NodeName = string

export type Labels = Readonly<Record<string, string>>

/**
 * Where a service keeps what it writes: at /data, if no target is named. Sources may hold
 * templates.
 */
export type MountPlan =
  | { kind: 'volume'; source: string; target?: string }
  /** The local driver over a tmpfs: a name, but nothing that outlives its container. */
  | { kind: 'volatile-volume'; source: string }
  | { kind: 'anonymous' }
  | { kind: 'tmpfs' }
  | { kind: 'bind'; source: string; on: readonly NodeName[]; everywhere: boolean }

export type RestartPlan = {
  condition: 'any' | 'on-failure' | 'none'
  /** 0: no limit. */
  maxAttempts: number
  /** In milliseconds; 0: all of its life. */
  window: number
  /** In milliseconds. */
  delay: number
}

/** What happens to a service after it was deployed, before the first action. */
export type Aftermath =
  | { kind: 'nothing' }
  /** A container of it is ended from outside, as a crash. */
  | { kind: 'killed'; times: number }
  /** An update whose tasks cannot run: it pauses after the first. */
  | { kind: 'bad-update'; what: 'image' | 'command' | 'bind' | 'crash' }
  /** An update whose tasks fit nowhere: the first waits, the others stay as they were. */
  | { kind: 'stuck-update'; what: 'constraint' | 'platform' | 'plugin' | 'reservation' }
  | { kind: 'scaled'; to: number }

export type ServicePlan = {
  name: string
  mode: 'replicated' | 'global' | 'replicated-job' | 'global-job'
  replicas: number
  behaviour: 'idle' | 'store' | 'stubborn' | 'crash' | 'job'
  constraints: readonly string[]
  /** Key of a node label that replicas are spread over. */
  spread: string | null
  maxPerNode: number | null
  hostPort: number | null
  /** Shares of what one node has; 0: none. */
  reserved: { cpu: number; memory: number }
  restart: RestartPlan
  order: 'start-first' | 'stop-first'
  /** Of its updates and rollbacks; 1, if nothing else is said. */
  parallelism?: number
  mount: MountPlan | null
  aftermath: Aftermath
}

export type Action = { node: NodeName; paused: boolean } & (
  | { kind: 'drain' }
  | { kind: 'labels'; set: Labels; unset: readonly string[] }
)

export type Scenario = {
  seed: number
  labels: Readonly<Record<NodeName, Labels>>
  services: readonly ServicePlan[]
  /** A node that takes no tasks all the while, though it may have some. */
  pausedNode: NodeName | null
  /** One after the other; a drained node is activated again before the next. */
  actions: readonly Action[]
}

/**
 * Whether tasks of a service come and go by themselves, so that one of them which changed
 * tells nothing.
 */
export const isUnsteady = ({ behaviour, aftermath, mount }: ServicePlan): boolean =>
  behaviour === 'crash' ||
  aftermath.kind === 'bad-update' ||
  (mount?.kind === 'bind' && !mount.everywhere)
