import { modeOf } from '../orchestrator/modes.ts'
import { parseConstraints } from '../scheduler/constraints.ts'
import type { Service } from '../store/objects.ts'
import type {
  Port,
  Resources,
  RestartPolicy,
  ServiceSpec,
  UpdateConfig,
} from '../store/specs.ts'
import type { Store } from '../store/store.ts'
import { checkContainer, checkTargets } from './container-checks.ts'
import { invalid, rpc } from './problem.ts'

/** swarmkit's `^[a-zA-Z0-9](?:[-_]*[A-Za-z0-9]+)*$`, without the backtracking that Go has not. */
const DNS_NAME = /^[a-zA-Z0-9](?:[-_a-zA-Z0-9]*[a-zA-Z0-9])?$/
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
  const { ContainerSpec = {} } = TaskTemplate
  checkResources(TaskTemplate.Resources?.Limits)
  checkResources(TaskTemplate.Resources?.Reservations)
  checkRestarts(TaskTemplate.RestartPolicy)
  try {
    parseConstraints(TaskTemplate.Placement?.Constraints ?? [])
  } catch (error) {
    throw rpc('Unknown', error instanceof Error ? error.message : String(error))
  }
  checkTargets(ContainerSpec)
  checkContainer(ContainerSpec)
  checkMode(spec)
  checkPorts(EndpointSpec?.Ports ?? [], EndpointSpec?.Mode ?? 'vip')
}

function checkMode(spec: ServiceSpec): void {
  const { Replicated, ReplicatedJob } = spec.Mode
  if ((Replicated?.Replicas ?? 0) < 0) {
    throw invalid('Number of replicas must be non-negative')
  }
  if ((ReplicatedJob?.MaxConcurrent ?? 0) < 0) {
    throw invalid('Maximum concurrent jobs must not be negative')
  }
  if ((ReplicatedJob?.TotalCompletions ?? 0) < 0) {
    throw invalid('Total completed jobs must not be negative')
  }
  const mode = modeOf(spec)
  if (mode !== 'replicated-job' && mode !== 'global-job') checkUpdate(spec.UpdateConfig)
  else if (spec.UpdateConfig) throw invalid('Jobs may not have an update config')
}

function checkRestarts({ Delay = 0, Window = 0 }: RestartPolicy = {}): void {
  if (Delay < 0) throw invalid('TaskSpec: restart-delay cannot be negative')
  if (Window < 0) throw invalid('TaskSpec: restart-window cannot be negative')
}

function checkUpdate({ Delay = 0, Monitor = 0, MaxFailureRatio = 0 }: UpdateConfig = {}) {
  if (Delay < 0) throw invalid('TaskSpec: update-delay cannot be negative')
  if (Monitor < 0) throw invalid('TaskSpec: update-monitor cannot be negative')
  if (MaxFailureRatio < 0 || MaxFailureRatio > 1) {
    throw invalid('TaskSpec: update-maxfailureratio cannot be less than 0 or bigger than 1')
  }
}

function checkName(name: string): void {
  if (name === '') throw invalid('name must be provided')
  if (!DNS_NAME.test(name)) throw invalid('name must be valid as a DNS name component')
  if (name.length > LONGEST_NAME) throw invalid('name must be 63 characters or fewer')
}

function checkResources({ NanoCPUs = 0, MemoryBytes = 0 }: Resources = {}): void {
  if (NanoCPUs !== 0 && NanoCPUs < LEAST_CPU) {
    // Go writes two digits of an exponent.
    const cpus = String(NanoCPUs / 1e9).replace(/e-(\d)$/, 'e-0$1')
    throw invalid(`invalid cpu value ${cpus}: Must be at least 0.001`)
  }
  if (MemoryBytes !== 0 && MemoryBytes < LEAST_MEMORY) {
    throw invalid(`invalid memory value ${MemoryBytes}: Must be at least 4MiB`)
  }
}

function checkPorts(ports: readonly Port[], mode: string): void {
  const seen = new Set<string>()
  for (const { PublishMode, PublishedPort = 0, Protocol } of ports) {
    if (mode === 'dnsrr' && PublishMode === 'ingress') {
      throw invalid(
        "EndpointSpec: port published with ingress mode can't be used with dnsrr mode",
      )
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
  const secrets = Secrets.filter(
    ({ SecretID, SecretName }) => store.secrets.get(SecretID)?.Spec.Name !== SecretName,
  )
  const configs = Configs.filter(
    ({ ConfigID, ConfigName }) => store.configs.get(ConfigID)?.Spec.Name !== ConfigName,
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
