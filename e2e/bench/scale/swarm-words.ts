/** What the swarm's process is asked; each is answered with what there is to tell. */
export type Asked =
  | { do: 'tell' }
  /** The same, and how many tasks run, which is a walk through all of them. */
  | { do: 'count' }
  /** From now on the states of this service's tasks are written down one by one. */
  | { do: 'watch'; service: string }

/** A task that reached another state. */
export type SlotChange = {
  /** When, by the swarm's own record, in milliseconds since 1970 by this machine's clock. */
  at: number
  slot: string
  task: string
  state: string
}

export type Counts = {
  /** Changes of tasks since the doors opened, as the push feed tells them. */
  changes: number
  /** Of these, states that tasks reached. */
  states: number
}

export type Told = Counts & {
  /** The swarm's own time, in milliseconds since 1970. */
  now: number
  tasks: number
  /** Only told to those who ask for the count. */
  running: number
  /** Of the watched service, since last told. */
  noted: SlotChange[]
}
