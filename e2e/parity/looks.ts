/** A task at one look, as far as its story is told from it. */
export type TaskLook = {
  ID: string
  ServiceID: string
  Slot?: number
  NodeID?: string
  CreatedAt: string
  DesiredState: string
  /** The delay in nanoseconds. */
  Spec: { ContainerSpec: { Image: string }; RestartPolicy?: { Delay?: number } }
  JobIteration?: { Index: number }
  Status: {
    Timestamp: string
    State: string
    Message?: string
    Err?: string
    ContainerStatus?: { ExitCode?: number }
  }
}

export type ServiceLook = {
  ID: string
  Spec: { Mode: { Global?: object; GlobalJob?: object } }
  UpdateStatus?: { State: string; Message: string }
}

export type NodeLook = {
  Description: { Hostname: string }
  Spec: { Availability: string; Role: string }
  Status: { State: string; Message?: string }
  ManagerStatus?: { Leader?: boolean; Reachability: string }
}
