import { modeOf } from '../orchestrator/modes.ts'
import { parseConstraints } from '../scheduler/constraints.ts'
import type { Service } from '../store/objects.ts'
import type { Port, Resources, ServiceSpec } from '../store/specs.ts'
import type { Store } from '../store/store.ts'
import { invalid, rpc } from './problem.ts'

const DNS_NAME = /^[a-zA-Z0-9](?:[-_]*[A-Za-z0-9]+)*$/
const LONGEST_NAME = 63
const LEAST_CPU = 1e6
const LEAST_MEMORY = 4 * 1024 * 1024

/**
 * What the managers refuse in a spec, in their order and words.
 * @see moby/swarmkit manager/controlapi/service.go validateServiceSpec
 */
export function checkServiceSpec(spec: ServiceSpec): void {
  checkName(spec.Name)
  const { TaskTemplate, EndpointSpec } = spec
  checkResources(TaskTemplate.Resources?.Limits)
  checkResources(TaskTemplate.Resources?.Reservations)
  try {
    parseConstraints(TaskTemplate.Placement?.Constraints ?? [])
  } catch (error) {
    throw rpc('Unknown', error instanceof Error ? error.message : String(error))
  }
  if (!TaskTemplate.ContainerSpec) throw invalid('ContainerSpec: missing in service spec')
  if (!TaskTemplate.ContainerSpec.Image) {
    throw invalid('ContainerSpec: image reference must be provided')
  }
  checkPorts(EndpointSpec?.Ports ?? [], EndpointSpec?.Mode ?? 'vip')
  const mode = modeOf(spec)
  if ((mode === 'replicated-job' || mode === 'global-job') && spec.UpdateConfig) {
    throw invalid('Jobs may not have an update config')
  }
}

function checkName(name: string): void {
  if (name === '') throw invalid('name must be provided')
  if (!DNS_NAME.test(name)) throw invalid('name must be valid as a DNS name component')
  if (name.length > LONGEST_NAME) throw invalid('name must be 63 characters or fewer')
}

function checkResources({ NanoCPUs = 0, MemoryBytes = 0 }: Resources = {}): void {
  if (NanoCPUs !== 0 && NanoCPUs < LEAST_CPU) {
    throw invalid(`invalid cpu value ${NanoCPUs / 1e9}: Must be at least 0.001`)
  }
  if (MemoryBytes !== 0 && MemoryBytes < LEAST_MEMORY) {
    throw invalid(`invalid memory value ${MemoryBytes}: Must be at least 4MiB`)
  }
}

function checkPorts(ports: readonly Port[], mode: string): void {
  const seen = new Set<string>()
  for (const { PublishMode, PublishedPort = 0, TargetPort = 0, Protocol } of ports) {
    if (mode === 'dnsrr' && PublishMode === 'ingress') {
      throw invalid(
        "EndpointSpec: port published with ingress mode can't be used with dnsrr mode",
      )
    }
    if (TargetPort === 0) {
      throw invalid('EndpointSpec: duplicate published ports provided')
    }
    const key = `${PublishedPort}/${Protocol}`
    if (PublishedPort === 0) continue
    if (seen.has(key)) throw invalid('EndpointSpec: duplicate published ports provided')
    seen.add(key)
  }
}

/** @see moby/swarmkit manager/controlapi/service.go checkPortConflicts */
export function checkPortConflicts(
  store: Store,
  { EndpointSpec }: ServiceSpec,
  ownId: string | null,
): void {
  const wanted = (EndpointSpec?.Ports ?? []).filter(
    ({ PublishedPort = 0 }) => PublishedPort > 0,
  )
  if (wanted.length === 0) return
  for (const other of store.services.values()) {
    if (other.ID === ownId) continue
    const ports = [
      ...(other.Spec.EndpointSpec?.Ports ?? []),
      ...(other.Endpoint.Ports ?? []),
    ]
    for (const port of ports) {
      const clash = wanted.find((own) => clashes(own, port))
      if (!clash) continue
      const as = port.PublishMode === 'host' ? 'a host-published' : 'an ingress'
      throw invalid(
        `port '${clash.PublishedPort}' is already in use by service '${other.Spec.Name}' (${other.ID}) as ${as} port`,
      )
    }
  }
}

/** Several services may want the same port of the host: the scheduler keeps them apart. */
function clashes(own: Port, other: Port): boolean {
  if (own.PublishedPort !== other.PublishedPort || own.Protocol !== other.Protocol) {
    return false
  }
  return !(own.PublishMode === 'host' && other.PublishMode === 'host')
}

/** @see moby/swarmkit manager/controlapi/service.go checkSecretExistence */
export function checkReferences(store: Store, { TaskTemplate }: ServiceSpec): void {
  const { Secrets = [], Configs = [] } = TaskTemplate.ContainerSpec ?? {}
  const secrets = Secrets.filter(({ SecretID }) => !store.secrets.has(SecretID))
  const configs = Configs.filter(
    ({ ConfigID }) => ConfigID !== undefined && !store.configs.has(ConfigID),
  )
  refuse(
    'secret',
    secrets.map(({ SecretName }) => SecretName),
  )
  refuse(
    'config',
    configs.map(({ ConfigName }) => ConfigName),
  )
}

function refuse(what: string, names: readonly string[]): void {
  if (names.length === 0) return
  throw invalid(`${what}${names.length > 1 ? 's' : ''} not found: ${names.join(', ')}`)
}

export function checkSameKind(service: Service, spec: ServiceSpec): void {
  if (modeOf(service.Spec) !== modeOf(spec)) {
    throw rpc('Unimplemented', 'service mode change is not allowed')
  }
  if (service.Spec.Name !== spec.Name) {
    throw rpc('Unimplemented', 'renaming services is not supported')
  }
}
