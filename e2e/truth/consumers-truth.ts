import {
  type ConsumerRole,
  type StoredKind,
  storedKinds,
} from '@skep/shared/contract/stored'
import {
  names,
  type RawService,
  type RawStored,
  type RawSwarm,
  type RawTask,
  referencesOf,
  storedIn,
} from './consumers-raw.ts'
import { isLive } from './engine.ts'

type Pair = { kind: StoredKind; object: string; service: string }

/** An object that there is, a service that there is, and why the one needs the other. */
export type Triple = Pair & { role: ConsumerRole }

/** One file of the spec of now. */
export type Mount = Pair & { target: string; uid: string; gid: string; mode: string }

/** How many tasks of a service have an object. */
export type Held = Pair & { tasks: number }

/**
 * Who needs what, by the engine's own lists and by nothing that the console says or does.
 * `current`: the spec names the object. `older-task`: it does not, but a task has it that
 * the swarm has given out, or means to, and that has not ended, even if it is told to.
 * `rollback-target`: the spec before names it, whatever else does.
 */
export const triplesOf = (swarm: RawSwarm): Triple[] =>
  ofEach(swarm, (kind, { ID }, { Spec, PreviousSpec }, holders) => {
    const isNamed = names(Spec, kind, ID)
    const isOld = !isNamed && holders.length > 0
    const wasNamed = PreviousSpec !== undefined && names(PreviousSpec, kind, ID)
    return [
      ...(isNamed ? [{ role: 'current' as const }] : []),
      ...(isOld ? [{ role: 'older-task' as const }] : []),
      ...(wasNamed ? [{ role: 'rollback-target' as const }] : []),
    ]
  })

/** How many tasks of each service have what. */
export const heldOf = (swarm: RawSwarm): Held[] =>
  ofEach(swarm, (_kind, _object, _service, { length }) =>
    length > 0 ? [{ tasks: length }] : [],
  )

/** Where the spec of now puts what, and who may read it there. */
export const mountsOf = (swarm: RawSwarm): Mount[] =>
  ofEach(swarm, (kind, { ID }, { Spec }) =>
    referencesOf(Spec.TaskTemplate, kind).flatMap(({ id, File }) => {
      if (id !== ID || !File) return []
      const { Name, UID, GID, Mode } = File
      const folder = kind === 'secret' ? '/run/secrets/' : '/'
      return {
        target: Name.startsWith('/') ? Name : folder + Name,
        uid: UID,
        gid: GID,
        mode: Mode.toString(8).padStart(4, '0'),
      }
    }),
  )

/** Tasks whose service was removed from under them, and that may have something still. */
export function orphansOf({ tasks, services }: RawSwarm): RawTask[] {
  const ids = new Set(services.map(({ ID }) => ID))
  const hasAny = ({ Spec }: RawTask) =>
    storedKinds.some((kind) => referencesOf(Spec, kind).length > 0)
  return tasks.filter((task) => !ids.has(task.ServiceID) && mayHold(task) && hasAny(task))
}

/** What there is to be said of each object and each service. */
function ofEach<T extends object>(
  swarm: RawSwarm,
  say: (
    kind: StoredKind,
    object: RawStored,
    service: RawService,
    holders: readonly RawTask[],
  ) => readonly T[],
): (Pair & T)[] {
  const held = swarm.tasks.filter(mayHold)
  return storedKinds.flatMap((kind) =>
    storedIn(swarm, kind).flatMap((object) =>
      swarm.services.flatMap((service) => {
        const holders = held.filter(
          (task) =>
            task.ServiceID === service.ID &&
            referencesOf(task.Spec, kind).some(({ id }) => id === object.ID),
        )
        const pair = { kind, object: object.Spec.Name, service: service.Spec.Name }
        return say(kind, object, service, holders).map((said) => ({ ...pair, ...said }))
      }),
    ),
  )
}

/** In one of these a node has it, whatever the swarm wants of it by now. */
const given = ['assigned', 'accepted', 'preparing', 'ready', 'starting', 'running']

/** Called off before a node had it, a task keeps its early state for ever and has nothing. */
const mayHold = (task: RawTask): boolean =>
  isLive(task) || given.includes(task.Status.State)
