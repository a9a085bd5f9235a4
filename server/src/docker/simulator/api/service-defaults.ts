import { DEFAULT_RESTART_DELAY } from '../orchestrator/restarts.ts'
import type { Service } from '../store/objects.ts'
import type { UpdateConfig } from '../store/specs.ts'
import { serviceShown } from './render.ts'

const UPDATE: UpdateConfig = {
  Parallelism: 1,
  FailureAction: 'pause',
  Monitor: 5e9,
  MaxFailureRatio: 0,
  Order: 'stop-first',
}

/**
 * What `GET /services/{id}?insertDefaults=true` adds for people to read.
 * @see moby/swarmkit api/defaults/service.go InterpolateService
 */
export function insertDefaults(given: Service): object {
  const service = serviceShown(given)
  const { Spec } = service
  const { TaskTemplate } = Spec
  return {
    ...service,
    Spec: {
      ...Spec,
      TaskTemplate: {
        ...TaskTemplate,
        ContainerSpec: {
          StopGracePeriod: 10e9,
          DNSConfig: {},
          ...TaskTemplate.ContainerSpec,
        },
        Resources: TaskTemplate.Resources ?? {},
        RestartPolicy: {
          Condition: 'any',
          Delay: DEFAULT_RESTART_DELAY,
          MaxAttempts: 0,
          ...TaskTemplate.RestartPolicy,
        },
        Placement: TaskTemplate.Placement ?? {},
      },
      UpdateConfig: Spec.UpdateConfig ?? UPDATE,
      RollbackConfig: Spec.RollbackConfig ?? UPDATE,
    },
  }
}
