import { image } from '../swarm.ts'
import type { Aftermath, MountPlan, ServicePlan } from './scenario.ts'

/** What one node has to give. */
export type Room = { NanoCPUs: number; MemoryBytes: number }

const second = 1e9

/** A plan as the engine takes it. */
export function specOf(plan: ServicePlan, room: Room) {
  const job = plan.mode === 'replicated-job' || plan.mode === 'global-job'
  return {
    Name: plan.name,
    Mode: modeOf(plan),
    TaskTemplate: {
      ContainerSpec: {
        Image: imageOf(plan),
        StopGracePeriod: second,
        Env: [...(plan.behaviour === 'crash' ? ['CRASH_AFTER=0'] : []), 'STEPS=1000000'],
        Mounts: plan.mount ? [mountOf(plan.mount)] : [],
      },
      Resources: {
        Reservations: {
          NanoCPUs: Math.round(plan.reserved.cpu * room.NanoCPUs),
          MemoryBytes: Math.round(plan.reserved.memory * room.MemoryBytes),
        },
      },
      RestartPolicy: {
        Condition: plan.restart.condition,
        Delay: plan.restart.delay * 1e6,
        MaxAttempts: plan.restart.maxAttempts,
        Window: plan.restart.window * 1e6,
      },
      Placement: {
        Constraints: plan.constraints,
        ...(plan.maxPerNode !== null && { MaxReplicas: plan.maxPerNode }),
        ...(plan.spread !== null && {
          Preferences: [{ Spread: { SpreadDescriptor: `node.labels.${plan.spread}` } }],
        }),
      },
      ForceUpdate: 0,
    },
    ...(!job && {
      UpdateConfig: paceOf(plan),
      RollbackConfig: paceOf(plan),
    }),
    EndpointSpec: {
      Mode: 'vip',
      Ports:
        plan.hostPort === null
          ? []
          : [
              {
                Protocol: 'tcp',
                TargetPort: 80,
                PublishedPort: plan.hostPort,
                PublishMode: 'host',
              },
            ],
    },
  }
}

const paceOf = ({ order, parallelism = 1 }: ServicePlan) => ({
  Parallelism: parallelism,
  Delay: 0,
  FailureAction: 'pause',
  Monitor: second,
  MaxFailureRatio: 0,
  Order: order,
})

type Spec = ReturnType<typeof specOf>

/** The spec of the update that goes wrong. */
export function afterUpdate(
  spec: Spec,
  { what }: Extract<Aftermath, { kind: 'bad-update' | 'stuck-update' }>,
  room: Room,
): unknown {
  const { TaskTemplate: template } = spec
  const container = (change: object) => ({
    ...spec,
    TaskTemplate: {
      ...template,
      ContainerSpec: { ...template.ContainerSpec, ...change },
    },
  })
  const task = (change: object) => ({ ...spec, TaskTemplate: { ...template, ...change } })
  const { Mounts, Env } = template.ContainerSpec
  switch (what) {
    case 'image':
      return container({ Image: image('web', 'nosuchtag') })
    case 'command':
      return container({ Command: ['/no/such/binary'] })
    case 'crash':
      return container({ Image: image('web', 'crash'), Env: [...Env, 'CRASH_AFTER=0'] })
    case 'bind': {
      const missing = { Type: 'bind', Source: '/opt/truth/missing', Target: '/missing' }
      return container({ Mounts: [...Mounts, missing] })
    }
    case 'constraint': {
      const Constraints = [...template.Placement.Constraints, 'node.labels.zone==nowhere']
      return task({ Placement: { ...template.Placement, Constraints } })
    }
    case 'platform': {
      const Platforms = [{ Architecture: 's390x', OS: 'linux' }]
      return task({ Placement: { ...template.Placement, Platforms } })
    }
    case 'plugin':
      return task({ LogDriver: { Name: 'no-such-driver' } })
    case 'reservation':
      return task({ Resources: { Reservations: { NanoCPUs: room.NanoCPUs * 2 } } })
  }
}

function modeOf({ mode, replicas }: ServicePlan) {
  switch (mode) {
    case 'replicated':
      return { Replicated: { Replicas: replicas } }
    case 'global':
      return { Global: {} }
    case 'replicated-job':
      return { ReplicatedJob: { MaxConcurrent: replicas, TotalCompletions: replicas } }
    case 'global-job':
      return { GlobalJob: {} }
  }
}

function imageOf({ behaviour }: ServicePlan): string {
  switch (behaviour) {
    case 'idle':
      return image('idle', 'v1')
    case 'store':
      return image('store', 'v1')
    case 'job':
      return image('job', 'v1')
    case 'stubborn':
    case 'crash':
      return image('web', behaviour)
  }
}

function mountOf(mount: MountPlan) {
  const Target = '/data'
  switch (mount.kind) {
    case 'volume':
      return { Type: 'volume', Source: mount.source, Target: mount.target ?? Target }
    case 'volatile-volume': {
      const Options = { type: 'tmpfs', device: 'tmpfs', o: 'size=1m' }
      const VolumeOptions = { DriverConfig: { Name: 'local', Options } }
      return { Type: 'volume', Source: mount.source, Target, VolumeOptions }
    }
    case 'anonymous':
      return { Type: 'volume', Target }
    case 'tmpfs':
      return { Type: 'tmpfs', Target }
    case 'bind':
      return { Type: 'bind', Source: mount.source, Target }
  }
}
