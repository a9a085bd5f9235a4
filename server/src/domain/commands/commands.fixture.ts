import type { Asked } from '@skep/shared/contract/commands'
import { aMount, aPrevious, aService, aState, aTask } from '../entities.fixture.ts'
import type { Network, Node, Service, Task } from '../state.ts'
import type { Facts } from './facts.ts'
import { preview } from './preview.ts'
import type { SpecDocument, TaskDocument } from './spec-document.ts'

/** A swarm with one service of three replicas, at rest; a test names what is different. */
export const now = 1_800_000_000_000
export const digest = (letter: string) => `sha256:${letter.repeat(64)}`
export const v1 = `demo/web:v1@${digest('1')}`
export const v2 = `demo/web:v2@${digest('2')}`

const pace = {
  Parallelism: 1,
  Delay: 2e9,
  FailureAction: 'pause',
  Monitor: 2e9,
  MaxFailureRatio: 0,
  Order: 'stop-first',
} as const

/** As an engine sends it, with fields that nothing here reads. */
export const aDocument = (
  image = v2,
  fields: Partial<SpecDocument> = {},
  template: Partial<TaskDocument> & Record<string, unknown> = {},
  container: Record<string, unknown> = {},
): SpecDocument => {
  const ContainerSpec: Record<string, unknown> & { Image: string } = {
    Image: image,
    Env: ['DB_PASSWORD=canary-env-1'],
    Isolation: 'default',
    ...container,
  }
  return {
    Name: 'web',
    Labels: { test: 'yes' },
    TaskTemplate: { ContainerSpec, ForceUpdate: 0, ...template },
    Mode: { Replicated: { Replicas: 3 } },
    UpdateConfig: { ...pace },
    RollbackConfig: { ...pace },
    ...fields,
  }
}

export const replicas = (count: number) => ({ Mode: { Replicated: { Replicas: count } } })

type Parts = {
  document?: SpecDocument
  previous?: SpecDocument | null
  update?: NonNullable<Service['update']>['state']
  service?: Partial<Service>
  tasks?: readonly Partial<Task>[]
  nodes?: readonly Node[]
  networks?: readonly Network[]
  others?: readonly Service[]
  foreign?: readonly Task[]
  more?: Partial<Facts>
  live?: boolean
}

function modeOf({ Mode }: SpecDocument): Service['mode'] {
  if (Mode.Global) return { kind: 'global' }
  if (Mode.GlobalJob) return { kind: 'global-job' }
  const { ReplicatedJob: job } = Mode
  if (!job) return { kind: 'replicated', replicas: Mode.Replicated?.Replicas ?? 1 }
  const maxConcurrent = job.MaxConcurrent ?? 1
  const totalCompletions = job.TotalCompletions ?? maxConcurrent
  return { kind: 'replicated-job', maxConcurrent, totalCompletions }
}

/** Facts of the service `web`: on `v2`, from `v1`, its tasks running on nodes n1 to n3. */
export function someFacts(parts: Parts = {}): Facts {
  const { document = aDocument(), update, nodes, networks = [] } = parts
  const previous = parts.previous === undefined ? aDocument(v1) : parts.previous
  const mode = modeOf(document)
  const count = mode.kind === 'replicated' ? mode.replicas : 3
  const perNode = mode.kind === 'global' || mode.kind === 'global-job'
  const image = document.TaskTemplate.ContainerSpec?.Image ?? ''
  const service = aService({
    mode,
    image,
    update: update
      ? { state: update, message: '', startedAt: now - 60_000, completedAt: null }
      : null,
    previous: previous && aPrevious(),
    ...parts.service,
  })
  const tasks =
    parts.tasks ??
    Array.from({ length: count }, (_, i) => ({
      slot: perNode ? null : i + 1,
      nodeId: `n${(i % 3) + 1}`,
    }))
  const all = tasks.map((task, i) => aTask({ id: `t${i}`, image, ...task }))
  return {
    state: aState({
      services: [service, ...(parts.others ?? [])],
      tasks: [...all, ...(parts.foreign ?? [])],
      networks,
      ...(nodes && { nodes }),
      swarm: { state: parts.live === false ? 'no-quorum' : 'live' },
    }),
    service,
    asService: (other) => serviceOf(service, other),
    document,
    previous,
    specVersion: 7,
    secrets: new Set<string>(),
    configs: new Set<string>(),
    digest: null,
    restored: null,
    stays: [],
    history: { currentSince: null, previousSince: null },
    memoryAway: null,
    readOnly: false,
    now,
    ...parts.more,
  }
}

/** The service with another spec, as far as data and placement go. */
function serviceOf(service: Service, document: SpecDocument): Service {
  const { ContainerSpec, Placement, Resources } = document.TaskTemplate
  const mounts = (ContainerSpec?.Mounts ?? []).map((mount) => {
    const { Type, Source, Target, ReadOnly, VolumeOptions } = mount
    const source = Source ?? null
    const driver = VolumeOptions?.DriverConfig?.Name ?? null
    const subpath = VolumeOptions?.Subpath ?? null
    // What else a volume is made with is in none of these documents.
    const same = service.spec.mounts.find(
      (one) =>
        one.source === source &&
        one.target === Target &&
        one.driver === driver &&
        one.subpath === subpath,
    )
    const readOnly = ReadOnly ?? false
    const fields = { type: Type, source, target: Target, readOnly, driver, subpath }
    return same ?? aMount(fields)
  })
  const constraints = Placement?.Constraints ?? []
  const maxReplicasPerNode = Placement?.MaxReplicas ?? null
  const { NanoCPUs: nanoCpus = 0, MemoryBytes: memoryBytes = 0 } =
    Resources?.Reservations ?? {}
  return {
    ...service,
    mode: modeOf(document),
    image: ContainerSpec?.Image ?? '',
    ports: (document.EndpointSpec?.Ports ?? []).map((port) => ({
      published: port.PublishedPort ?? null,
      target: port.TargetPort ?? 0,
      protocol: port.Protocol ?? 'tcp',
      mode: port.PublishMode ?? 'ingress',
    })),
    spec: {
      ...service.spec,
      mounts,
      constraints,
      maxReplicasPerNode,
      platforms: (Placement?.Platforms ?? []).map(({ OS = '', Architecture = '' }) => ({
        os: OS,
        architecture: Architecture,
      })),
      reservations: { nanoCpus, memoryBytes },
    },
  }
}

/** The preview of a command on such facts. */
export const look = (asked: Asked, parts: Parts = {}) => preview(asked, someFacts(parts))

/** Ids of the checks with their levels: `warn only-scale-or-labels`. */
export const checksOf = (asked: Asked, parts: Parts = {}) =>
  look(asked, parts).preview.checks.map(({ level, id }) => `${level} ${id}`)

/** Two of three tasks wait on the old spec while the update of the third is paused. */
export const halfWay = [
  { slot: 1, upToDate: true, image: v2, state: 'starting' },
  { slot: 2, upToDate: false, image: v1 },
  { slot: 3, upToDate: false, image: v1 },
] as const
