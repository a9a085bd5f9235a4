import { isJob } from '../orchestrator/modes.ts'
import type { Service } from '../store/objects.ts'
import type { ServiceSpec } from '../store/specs.ts'
import type { Swarm } from '../swarm.ts'
import { find } from './find.ts'
import { outOfSequence, Problem, rpc } from './problem.ts'
import {
  checkPortConflicts,
  checkReferences,
  checkSameKind,
  checkServiceSpec,
} from './service-checks.ts'
import { someName } from './service-names.ts'
import { serviceSpecOf } from './service-spec.ts'

/** @throws Problem with the words of the engine */
export function createService(swarm: Swarm, body: unknown): Service {
  const { store, random } = swarm
  const sent = specOf(swarm, body)
  const spec = { ...sent, Name: sent.Name || someName(random) }
  checkServiceSpec(spec)
  checkPortConflicts(store, spec, null)
  checkReferences(store, spec)
  if (store.services.by('name', spec.Name).length > 0) {
    throw rpc(
      'AlreadyExists',
      `name conflicts with an existing object: service ${spec.Name} already exists`,
    )
  }
  return store.commit(() => {
    const service: Parameters<typeof store.create<'service'>>[1] = {
      ID: random.id(),
      Spec: spec,
      Endpoint: { Spec: {} },
      hidden: { specVersion: store.nextIndex, previousSpecVersion: null },
    }
    const Mode = spec.Mode
    const isOfJobs = Mode.ReplicatedJob !== undefined || Mode.GlobalJob !== undefined
    return store.create('service', {
      ...service,
      ...(isOfJobs && {
        JobStatus: { JobIteration: { Index: 0 }, LastExecution: store.stamp() },
      }),
    })
  })
}

/**
 * @param request as the path, the query and the body say
 * @see moby/swarmkit manager/controlapi/service.go UpdateService
 */
export function updateService(
  swarm: Swarm,
  request: {
    name: string
    version: number
    body: unknown
    rollback: string
    registryAuthFrom?: string
  },
): void {
  const { store } = swarm
  const { version, rollback, registryAuthFrom = '' } = request
  const spec = specOf(swarm, request.body)
  const service = find(store.services, 'service', request.name)
  checkRegistryAuth(service, registryAuthFrom)
  if (rollback !== '' && rollback !== 'none' && rollback !== 'previous') {
    throw new Problem(500, `unrecognized rollback option ${rollback}`)
  }
  checkServiceSpec(spec)
  checkPortConflicts(store, spec, service.ID)
  checkReferences(store, spec)
  checkSameKind(service, spec)
  if (rollback === 'previous' && !service.PreviousSpec) {
    throw rpc('FailedPrecondition', `service ${service.ID} does not have a previous spec`)
  }
  if (version !== service.Version.Index) throw outOfSequence()
  store.commit(() =>
    store.update('service', service.ID, (old) =>
      iterated(
        rollback === 'previous' ? rolledBack(swarm, old) : changed(swarm, old, spec),
        swarm,
      ),
    ),
  )
}

function specOf({ store }: Swarm, body: unknown): ServiceSpec {
  return serviceSpecOf(body, (name) => {
    const network = store.networks.get(name) ?? store.networks.by('name', name)[0]
    if (!network) throw new Problem(500, `network ${name} not found`)
    return network.ID
  })
}

/** @see moby/moby daemon/cluster/services.go UpdateService */
function checkRegistryAuth({ PreviousSpec }: Service, from: string): void {
  if (from === 'previous-spec' && !PreviousSpec) {
    throw new Problem(500, 'service does not have a previous spec')
  }
  if (!['', 'spec', 'previous-spec'].includes(from)) {
    throw new Problem(500, 'unsupported registryAuthFrom value')
  }
}

/** The spec becomes the previous one, whatever has changed; the status is no more. */
function changed({ store }: Swarm, old: Service, spec: ServiceSpec): Service {
  const { UpdateStatus: _, ...rest } = old
  return {
    ...rest,
    Spec: spec,
    PreviousSpec: old.Spec,
    hidden: {
      specVersion: store.nextIndex,
      previousSpecVersion: old.hidden.specVersion,
    },
  }
}

/** The two specs change places. */
function rolledBack({ store }: Swarm, old: Service): Service {
  if (!old.PreviousSpec) return old
  return {
    ...old,
    Spec: old.PreviousSpec,
    PreviousSpec: old.Spec,
    UpdateStatus: {
      State: 'rollback_started',
      StartedAt: store.stamp(),
      Message: 'manually requested rollback',
    },
    hidden: {
      specVersion: old.hidden.previousSpecVersion ?? old.hidden.specVersion,
      previousSpecVersion: old.hidden.specVersion,
    },
  }
}

/** Every update of a job runs it again. */
function iterated(service: Service, { store }: Swarm): Service {
  if (!isJob(service)) return service
  const Index = (service.JobStatus?.JobIteration.Index ?? 0) + 1
  return {
    ...service,
    JobStatus: { JobIteration: { Index }, LastExecution: store.stamp() },
  }
}
