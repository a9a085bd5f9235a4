import { type Fields, fieldsOf, isEmpty, isFields, listOf } from './json.ts'
import { paceOf, type SpecDocument } from './spec-document.ts'

/**
 * A spec with the defaults of the engine written out, so that two that mean the same read
 * the same. For comparing and showing only: never sent.
 * @see moby/swarmkit api/defaults/service.go, moby/moby daemon/cluster/convert
 */
export function withDefaults(document: SpecDocument): Fields {
  const { Mode, EndpointSpec, UpdateConfig, RollbackConfig, TaskTemplate } = document
  const job = Mode.GlobalJob !== undefined || Mode.ReplicatedJob !== undefined
  return {
    ...document,
    TaskTemplate: template(TaskTemplate),
    Mode: mode(Mode),
    // Jobs have no update settings; for all others an absent object means the defaults.
    ...(job && !UpdateConfig ? {} : { UpdateConfig: pace(UpdateConfig) }),
    ...(job && !RollbackConfig ? {} : { RollbackConfig: pace(RollbackConfig) }),
    EndpointSpec: {
      ...EndpointSpec,
      Mode: EndpointSpec?.Mode || 'vip',
      Ports: listOf(EndpointSpec?.Ports).map((port) =>
        filled(port, { Protocol: 'tcp', PublishMode: 'ingress', PublishedPort: 0 }),
      ),
    },
  }
}

/** Fields that this file does not know stay in. */
const pace = (raw: SpecDocument['UpdateConfig']): Fields => ({ ...raw, ...paceOf(raw) })

function mode(raw: SpecDocument['Mode']): Fields {
  if (raw.Global || raw.GlobalJob) {
    return { ...raw, Kind: raw.Global ? 'global' : 'global-job' }
  }
  if (raw.ReplicatedJob) {
    const MaxConcurrent = raw.ReplicatedJob.MaxConcurrent ?? 1
    const TotalCompletions = raw.ReplicatedJob.TotalCompletions ?? MaxConcurrent
    const ReplicatedJob = { ...raw.ReplicatedJob, MaxConcurrent, TotalCompletions }
    return { ...raw, ReplicatedJob, Kind: 'replicated-job' }
  }
  const Replicas = raw.Replicated?.Replicas ?? 1
  return { ...raw, Replicated: { ...raw.Replicated, Replicas }, Kind: 'replicated' }
}

function template(raw: unknown): Fields {
  const task = fieldsOf(raw)
  const { ContainerSpec, RestartPolicy, Resources, Placement } = task
  return {
    ...filled(task, { Runtime: 'container', ForceUpdate: 0 }),
    ...(isFields(ContainerSpec) ? { ContainerSpec: container(ContainerSpec) } : {}),
    RestartPolicy: filled(RestartPolicy, {
      Condition: 'any',
      Delay: 5e9,
      MaxAttempts: 0,
      Window: 0,
    }),
    Resources: {
      ...fieldsOf(Resources),
      Limits: filled(fieldsOf(Resources).Limits, { ...shares, Pids: 0 }),
      Reservations: filled(fieldsOf(Resources).Reservations, shares),
    },
    Placement: filled(Placement, { MaxReplicas: 0 }),
  }
}

const shares = { NanoCPUs: 0, MemoryBytes: 0 }

const container = (raw: Fields): Fields => ({
  ...filled(raw, {
    StopGracePeriod: 10e9,
    Isolation: 'default',
    TTY: false,
    OpenStdin: false,
    ReadOnly: false,
  }),
  Mounts: listOf(raw.Mounts).map((mount) => filled(mount, { ReadOnly: false })),
  Secrets: listOf(raw.Secrets).map(file),
  Configs: listOf(raw.Configs).map(file),
})

function file(raw: unknown): unknown {
  const reference = fieldsOf(raw)
  if (!isFields(reference.File)) return raw
  return {
    ...reference,
    File: filled(reference.File, { UID: '0', GID: '0', Mode: 0o444 }),
  }
}

/** The fields with these where they are absent or empty. */
function filled(raw: unknown, defaults: Fields): Fields {
  const fields = fieldsOf(raw)
  const missing = Object.entries(defaults).filter(([name]) => isEmpty(fields[name]))
  return { ...fields, ...Object.fromEntries(missing) }
}
