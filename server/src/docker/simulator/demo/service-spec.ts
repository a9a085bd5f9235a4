import { parseReference } from '../agent/reference.ts'
import { digestOf } from '../api/distribution.ts'
import type { Swarm } from '../swarm.ts'
import {
  type LabelText,
  milliseconds,
  type Pace,
  type ServicePlan,
  type Span,
} from './plan.ts'

const GIB = 1024 ** 3
const NAMESPACE = 'com.docker.stack.namespace'

export type Owner = {
  swarm: Swarm
  /** The stack's name. */
  stack: string
  /** When the doors open, in milliseconds since 1970. */
  opening: number
}

/** What `docker stack deploy` sends for a service of the plan. */
export function serviceSpec(
  name: string,
  plan: ServicePlan,
  { swarm, stack, opening }: Owner,
): object {
  const { where, spread, networks = ['default'] } = plan
  const labelText = (label: LabelText) =>
    typeof label === 'string'
      ? label
      : new Date(opening - milliseconds(label.ago)).toISOString()
  const labels = Object.entries(plan.labels ?? {}).map(([key, label]) => [
    key,
    labelText(label),
  ])
  return {
    Name: `${stack}_${name}`,
    Labels: {
      ...Object.fromEntries(labels),
      'com.docker.stack.image': plan.image,
      [NAMESPACE]: stack,
    },
    TaskTemplate: {
      ContainerSpec: containerSpec(plan, swarm, stack),
      Resources: {
        Limits: resources(plan.limits),
        Reservations: resources(plan.reserves),
      },
      RestartPolicy: restartPolicy(plan),
      Placement: {
        Constraints: where ?? [],
        ...(spread && { Preferences: [{ Spread: { SpreadDescriptor: spread } }] }),
      },
      Networks: networks.map((network) => ({
        Target: `${stack}_${network}`,
        Aliases: [name],
      })),
      ForceUpdate: 0,
    },
    Mode: modeOf(plan.runs),
    ...(!isJob(plan) && {
      UpdateConfig: pace(plan.update),
      RollbackConfig: pace(plan.rollback ?? withoutRollback(plan.update)),
    }),
    ...(plan.ports && { EndpointSpec: { Mode: 'vip', Ports: portsOf(plan) } }),
  }
}

/** As the CLI writes it, which asks the registry what the tag stands for. */
export function pinned(image: string): string {
  const { repository, tag } = parseReference(image)
  return tag === 'latest' ? image : `${image}@${digestOf(repository, tag)}`
}

const isJob = ({ runs }: ServicePlan): boolean => typeof runs === 'object'

function containerSpec(plan: ServicePlan, swarm: Swarm, stack: string): object {
  const { env, health, grace, user, volumes = {}, secrets = {}, configs = {} } = plan
  return {
    Image: pinned(plan.image),
    Labels: { [NAMESPACE]: stack },
    ...(env && { Env: Object.entries(env).map(([key, value]) => `${key}=${value}`) }),
    ...(user && { User: user }),
    ...(grace && { StopGracePeriod: nanoseconds(grace) }),
    ...(health && {
      Healthcheck: {
        Test: ['CMD-SHELL', health.test],
        Interval: nanoseconds(health.every),
        Retries: 3,
      },
    }),
    Mounts: Object.entries(volumes).map(([volume, Target]) => ({
      Type: 'volume',
      Source: `${stack}_${volume}`,
      Target,
      VolumeOptions: { Labels: { [NAMESPACE]: stack } },
    })),
    Secrets: Object.entries(secrets).map(([name, file]) => ({
      File: { Name: file, UID: '0', GID: '0', Mode: 0o444 },
      SecretID: idOf(swarm, 'secrets', name),
      SecretName: name,
    })),
    Configs: Object.entries(configs).map(([name, file]) => ({
      File: { Name: file, UID: '0', GID: '0', Mode: 0o444 },
      ConfigID: idOf(swarm, 'configs', name),
      ConfigName: name,
    })),
  }
}

function idOf({ store }: Swarm, kind: 'secrets' | 'configs', name: string): string {
  const [found] = store[kind].by('name', name)
  if (!found) throw new Error(`The story has no ${name} yet.`)
  return found.ID
}

function resources(some: ServicePlan['limits']): object {
  return {
    ...(some?.cpus && { NanoCPUs: some.cpus * 1e9 }),
    ...(some?.gib && { MemoryBytes: some.gib * GIB }),
  }
}

function restartPolicy({ runs, restart }: ServicePlan): object {
  const { on, after = '5 s', most } = restart ?? {}
  return {
    Condition: on ?? (typeof runs === 'object' ? 'on-failure' : 'any'),
    Delay: nanoseconds(after),
    ...(most !== undefined && { MaxAttempts: most }),
  }
}

function modeOf(runs: ServicePlan['runs']): object {
  if (runs === 'everywhere') return { Global: {} }
  if (typeof runs === 'number') return { Replicated: { Replicas: runs } }
  return { ReplicatedJob: { MaxConcurrent: runs.job, TotalCompletions: runs.job } }
}

function pace({ atOnce = 1, delay, monitor, order, onFailure, failures }: Pace = {}) {
  return {
    Parallelism: atOnce,
    ...(delay && { Delay: nanoseconds(delay) }),
    ...(monitor && { Monitor: nanoseconds(monitor) }),
    Order: order ?? 'stop-first',
    FailureAction: onFailure ?? 'pause',
    MaxFailureRatio: failures ?? 0,
  }
}

/** A rollback has nothing to roll back to. */
function withoutRollback(update: Pace = {}): Pace {
  const { delay: _, ...rest } = update
  return { ...rest, onFailure: 'pause' }
}

const portsOf = ({ ports = [], portMode }: ServicePlan) =>
  ports.map((text) => {
    const [outside, inside] = text.split(':').map(Number)
    return {
      Protocol: 'tcp',
      PublishedPort: outside,
      TargetPort: inside,
      PublishMode: portMode ?? 'ingress',
    }
  })

const nanoseconds = (span: Span): number => milliseconds(span) * 1e6
