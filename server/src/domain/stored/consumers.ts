import type { Consumer, StoredKind, StoredMount } from '@skep/shared/contract/stored'
import type { ClusterState, Reference, Service, TaskMap } from '../state.ts'
import { isOver } from '../task-life.ts'
import { tasksOfService } from '../tasks-of.ts'
import { mountFinding, octal } from './mount-finding.ts'

/**
 * Who uses the secrets and configs, by the id of the object, each by name of the service:
 * those whose spec names it, those with a task from an older spec that is not over yet, and
 * those that a rollback would bring it back to. The last are not looked at by the engine
 * before it removes an object. Tasks of services that were removed use nothing any more.
 * @see moby/swarmkit manager/controlapi/secret.go, RemoveSecret
 */
export function consumersOf(state: ClusterState): Consumers {
  const known = ofState.get(state)
  if (known) return known
  const found = consumersIn(state)
  ofState.set(state, found)
  return found
}

export type Consumers = ReadonlyMap<string, readonly Consumer[]>

/** A state never changes, and several views of it ask the same. */
const ofState = new WeakMap<ClusterState, Consumers>()

function consumersIn(state: ClusterState): Consumers {
  const consumers = new Map<string, Consumer[]>()
  for (const service of byName(state.services.values())) {
    for (const [id, use] of usesOf(service, tasksOfService(state, service.id))) {
      const others = consumers.get(id)
      if (others) others.push(use)
      else consumers.set(id, [use])
    }
  }
  return consumers
}

const byName = (services: Iterable<Service>): Service[] =>
  [...services].sort((a, b) => (a.name < b.name ? -1 : 1))

/** What one service uses, by id. */
function usesOf(service: Service, tasks: TaskMap): ReadonlyMap<string, Consumer> {
  const uses = new Map<string, Consumer>()
  const use = (id: string): Consumer => {
    const held = uses.get(id)
    if (held) return held
    const { name, stack } = service
    const made: Consumer = { service: name, stack, roles: [], tasks: 0, mounts: [] }
    uses.set(id, made)
    return made
  }
  const give = (id: string, role: Consumer['roles'][number]): Consumer => {
    const consumer = use(id)
    if (!consumer.roles.includes(role)) consumer.roles.push(role)
    return consumer
  }
  const { spec, previous } = service
  for (const reference of spec.secrets) {
    give(reference.id, 'current').mounts.push(mountOf('secret', reference, spec))
  }
  for (const reference of spec.configs) {
    give(reference.id, 'current').mounts.push(mountOf('config', reference, spec))
  }
  for (const task of tasks.values()) {
    if (task.storedIds.length === 0 || isOver(task)) continue
    for (const id of new Set(task.storedIds)) {
      const consumer = use(id)
      consumer.tasks += 1
      if (!consumer.roles.includes('current')) give(id, 'older-task')
    }
  }
  for (const { id } of previous?.secrets ?? []) give(id, 'rollback-target')
  for (const { id } of previous?.configs ?? []) give(id, 'rollback-target')
  return uses
}

const mountOf = (
  kind: StoredKind,
  reference: Reference,
  user: Pick<Service['spec'], 'user' | 'groups'>,
): StoredMount => ({
  target: targetOf(kind, reference.target),
  uid: reference.uid,
  gid: reference.gid,
  mode: octal(reference.mode),
  finding: mountFinding(reference, user),
})

/**
 * The whole path of the file in a container.
 * @see moby/moby container/container_unix.go, SecretMounts and ConfigMounts
 */
export function targetOf(kind: StoredKind, target: string | null): string {
  if (target === null) return 'no file: for the runtime only'
  if (target.startsWith('/') || /^[a-z]:[\\/]/i.test(target)) return target
  return kind === 'secret' ? `/run/secrets/${target}` : `/${target}`
}
