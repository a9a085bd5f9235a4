import { image } from '../swarm.ts'
import type { Consuming, Step, Use, Uses } from './consumers-plan.ts'

/** What changes from write to write. */
export type Writing = {
  uses: Uses
  replicas: number
  /** What is wrong with it, if anything. */
  step: Step | null
  /** How often a job was asked to run again, and how often the service was written. */
  force: number
  written: number
}

/** Ids by name, of what the swarm keeps. */
export type Ids = {
  secrets: ReadonlyMap<string, string>
  configs: ReadonlyMap<string, string>
}

const second = 1e9

/** A service as the engine takes it. */
export function consumingSpec(plan: Consuming, ids: Ids, writing: Writing) {
  const { step, uses, written } = writing
  const isJob = plan.mode.endsWith('job')
  const crashes = step?.kind === 'fails' && step.how === 'crash'
  const pace = { Parallelism: 1, Monitor: second, Order: plan.order }
  const FailureAction = step?.kind === 'fails' ? step.action : 'pause'
  return {
    Name: plan.name,
    Labels: { written: String(written) },
    Mode: modeOf(plan, writing.replicas),
    TaskTemplate: {
      ContainerSpec: {
        Image: imageOf(plan, step),
        Env: crashes ? ['CRASH_AFTER=0'] : [],
        StopGracePeriod: (plan.stubborn ? 3600 : 1) * second,
        Secrets: uses.secrets.map((use) => ({
          SecretID: idOf(ids.secrets, use),
          SecretName: use.name,
          File: fileOf(use),
        })),
        Configs: uses.configs.map((use) => ({
          ConfigID: idOf(ids.configs, use),
          ConfigName: use.name,
          File: fileOf(use),
        })),
      },
      // What failed stays as it is: the swarm is to come to rest.
      RestartPolicy: { Condition: 'none' },
      // More than any node has. A constraint would end the tasks of a global service.
      Resources: { Reservations: { NanoCPUs: step?.kind === 'stuck' ? 1e15 : 0 } },
      ForceUpdate: writing.force,
    },
    ...(!isJob && {
      UpdateConfig: { ...pace, FailureAction },
      RollbackConfig: { ...pace, FailureAction: 'pause' },
    }),
  }
}

/** @throws Error where a plan names what nobody made */
function idOf(ids: ReadonlyMap<string, string>, { name }: Use): string {
  const id = ids.get(name)
  if (id === undefined) throw new Error(`nobody made ${name}`)
  return id
}

const fileOf = ({ target, uid, gid, mode }: Use) => ({
  Name: target,
  UID: uid,
  GID: gid,
  Mode: mode,
})

function modeOf({ mode }: Consuming, replicas: number) {
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

function imageOf({ stubborn, ends }: Consuming, step: Step | null): string {
  if (step?.kind === 'fails') {
    return step.how === 'image' ? image('web', 'nosuchtag') : image('web', 'crash')
  }
  if (stubborn) return image('web', 'stubborn')
  return ends ? image('job', 'v1') : image('idle', 'v1')
}
