import type {
  EndpointSpec,
  Mode,
  ServiceSpec,
  TaskSpec,
  UpdateConfig,
} from '../store/specs.ts'
import { type Fields, fieldsOf, labelsOf, textOf, withoutEmpty } from './fields.ts'
import { Problem } from './problem.ts'

/**
 * A spec as the engine shows it after it was sent: defaults that it writes out, and
 * without what says nothing. Networks are told by id.
 * @see moby/moby daemon/cluster/convert/service.go
 * @param networkId throws where there is none of this name
 */
export function serviceSpecOf(
  body: unknown,
  networkId: (name: string) => string,
): ServiceSpec {
  const sent = fieldsOf(body)
  const template = taskSpecOf(fieldsOf(sent.TaskTemplate), networkId)
  return {
    Name: textOf(sent.Name),
    Labels: labelsOf(sent.Labels),
    TaskTemplate: template,
    Mode: modeOf(fieldsOf(sent.Mode)),
    ...updateConfig('UpdateConfig', sent.UpdateConfig),
    ...updateConfig('RollbackConfig', sent.RollbackConfig),
    ...networks(sent.Networks, networkId),
    ...(sent.EndpointSpec ? { EndpointSpec: endpointOf(fieldsOf(sent.EndpointSpec)) } : {}),
  }
}

function taskSpecOf(sent: Fields, networkId: (name: string) => string): TaskSpec {
  const { ContainerSpec, Resources, RestartPolicy, Placement, Networks, LogDriver } = sent
  const { ForceUpdate, Runtime, PluginSpec: _, NetworkAttachmentSpec: __, ...rest } = sent
  const attachments = networks(Networks, networkId)
  if (Runtime && Runtime !== 'container') throw new Problem(400, 'unsupported runtime')
  if (!ContainerSpec) throw new Problem(400, 'mismatched Runtime and *Spec fields')
  // The fields are what the API says: they were sent as such, and checked where used.
  return {
    ...rest,
    ContainerSpec: containerOf(fieldsOf(ContainerSpec)),
    ...(Resources ? { Resources: resourcesOf(fieldsOf(Resources)) } : {}),
    ...(RestartPolicy ? { RestartPolicy: restartPolicyOf(fieldsOf(RestartPolicy)) } : {}),
    ...(Placement ? { Placement: withoutEmpty(fieldsOf(Placement)) } : {}),
    ...(LogDriver ? { LogDriver: withoutEmpty(fieldsOf(LogDriver)) } : {}),
    ...attachments,
    ForceUpdate: typeof ForceUpdate === 'number' ? ForceUpdate : 0,
    Runtime: 'container',
  } as TaskSpec
}

function containerOf(sent: Fields): object {
  const { DNSConfig, Init, Healthcheck, Privileges, Mounts, ...rest } = sent
  return {
    ...withoutEmpty(rest),
    ...(typeof Init === 'boolean' && { Init }),
    ...(Privileges !== undefined && Privileges !== null && { Privileges }),
    ...(Healthcheck ? { Healthcheck: withoutEmpty(fieldsOf(Healthcheck)) } : {}),
    ...(Array.isArray(Mounts) &&
      Mounts.length > 0 && {
        Mounts: Mounts.map((mount) => mountOf(fieldsOf(mount))),
      }),
    ...(DNSConfig !== undefined &&
      DNSConfig !== null && { DNSConfig: withoutEmpty(fieldsOf(DNSConfig)) }),
    Isolation: ['hyperv', 'process'].includes(textOf(sent.Isolation))
      ? sent.Isolation
      : 'default',
  }
}

const MOUNTS = ['bind', 'volume', 'tmpfs', 'npipe', 'cluster']

/** Without a type it is the first of them. */
function mountOf(sent: Fields): object {
  const type = textOf(sent.Type)
  if (type !== '' && !MOUNTS.includes(type.toLowerCase())) {
    throw new Problem(400, `invalid MountType: ${JSON.stringify(type)}`)
  }
  return { Type: type.toLowerCase() || 'bind', ...withoutEmpty({ ...sent, Type: '' }) }
}

function resourcesOf({ Limits, Reservations }: Fields): object {
  return {
    ...(Limits ? { Limits: withoutEmpty(fieldsOf(Limits)) } : {}),
    ...(Reservations ? { Reservations: withoutEmpty(fieldsOf(Reservations)) } : {}),
  }
}

/** @see moby/moby daemon/cluster/convert/service.go restartPolicyFromGRPC */
function restartPolicyOf({ Condition, Delay, MaxAttempts, Window }: Fields): object {
  const condition = textOf(Condition) || 'any'
  if (!['any', 'on-failure', 'none'].includes(condition)) {
    throw new Problem(400, `invalid RestartCondition: "${condition}"`)
  }
  return {
    Condition: condition,
    ...(typeof Delay === 'number' && { Delay }),
    MaxAttempts: typeof MaxAttempts === 'number' ? MaxAttempts : 0,
    ...(typeof Window === 'number' && { Window }),
  }
}

function modeOf(sent: Fields): Mode {
  const given = ['Replicated', 'Global', 'ReplicatedJob', 'GlobalJob'].filter(
    (n) => sent[n],
  )
  if (given.length > 1) {
    throw new Problem(400, 'must specify only one service mode')
  }
  if (sent.Global) return { Global: {} }
  if (sent.GlobalJob) return { GlobalJob: {} }
  if (sent.ReplicatedJob) {
    const { MaxConcurrent, TotalCompletions } = fieldsOf(sent.ReplicatedJob)
    const most = typeof MaxConcurrent === 'number' ? MaxConcurrent : 1
    const total = typeof TotalCompletions === 'number' ? TotalCompletions : most
    return { ReplicatedJob: { MaxConcurrent: most, TotalCompletions: total } }
  }
  const { Replicas } = fieldsOf(sent.Replicated)
  return { Replicated: { Replicas: typeof Replicas === 'number' ? Replicas : 1 } }
}

/** @see moby/moby daemon/cluster/convert/service.go updateConfigFromGRPC */
function updateConfig(
  name: 'UpdateConfig' | 'RollbackConfig',
  value: unknown,
): Partial<Record<typeof name, UpdateConfig>> {
  if (!value) return {}
  const sent = fieldsOf(value)
  const action = textOf(sent.FailureAction) || 'pause'
  const order = textOf(sent.Order) || 'stop-first'
  if (!['pause', 'continue', 'rollback'].includes(action)) {
    throw new Problem(400, `unrecognized update failure action ${action}`)
  }
  if (!['stop-first', 'start-first'].includes(order)) {
    throw new Problem(400, `unrecognized update order ${order}`)
  }
  const config = {
    Parallelism: typeof sent.Parallelism === 'number' ? sent.Parallelism : 0,
    ...withoutEmpty({ Delay: sent.Delay }),
    FailureAction: action,
    ...withoutEmpty({ Monitor: sent.Monitor }),
    MaxFailureRatio: typeof sent.MaxFailureRatio === 'number' ? sent.MaxFailureRatio : 0,
    Order: order,
  }
  // Its words were checked above.
  return { [name]: config as UpdateConfig }
}

function endpointOf(sent: Fields): EndpointSpec {
  const ports = Array.isArray(sent.Ports) ? sent.Ports.map(fieldsOf) : []
  const Mode = textOf(sent.Mode) || 'vip'
  if (Mode !== 'vip' && Mode !== 'dnsrr') {
    throw new Problem(400, `invalid resolution mode: "${Mode}"`)
  }
  return {
    Mode,
    ...(ports.length > 0 && {
      Ports: ports.map((port) => ({
        ...withoutEmpty({ Name: port.Name }),
        Protocol: ['udp', 'sctp'].includes(textOf(port.Protocol))
          ? textOf(port.Protocol)
          : 'tcp',
        ...withoutEmpty({ TargetPort: port.TargetPort, PublishedPort: port.PublishedPort }),
        PublishMode: port.PublishMode === 'host' ? ('host' as const) : ('ingress' as const),
      })),
    }),
  }
}

function networks(value: unknown, networkId: (name: string) => string) {
  if (!Array.isArray(value) || value.length === 0) return {}
  return {
    Networks: value.map(fieldsOf).map((use) => ({
      ...withoutEmpty(use),
      Target: networkId(textOf(use.Target)),
    })),
  }
}
