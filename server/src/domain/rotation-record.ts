import type { Operation } from '@skep/shared/contract/operation'
import type { Rotation, RotationConsumer } from '@skep/shared/contract/rotation'
import { instant } from './instant.ts'
import type { ClusterState, Millis, Reference, Service } from './state.ts'
import { targetOf } from './stored/consumers.ts'

/** A rotation as it is written down. The value that it brought is in none of it. */
export type RotationRecord = Omit<Rotation, 'consumers' | 'retire'> & {
  readonly consumers: readonly RotatedConsumer[]
  /** How long the old one stays once every consumer has converged. */
  readonly windowHours: number
}

/** A consumer, with what must be remembered to go on with it. */
export type RotatedConsumer = RotationConsumer & {
  /** When its update was last about to be sent. */
  readonly sentAt: string | null
  /** When its update came to an end, good or bad. */
  readonly endedAt: string | null
  /** Whether it was seen to refer to the new one. */
  readonly applied: boolean
  /** The spec that is watched, where no operation is. */
  readonly specHash: string | null
  /** Warnings that whoever began or resumed this has seen. */
  readonly acknowledged: readonly string[]
  /** Id of the operation that rolled it back. */
  readonly rollback: string | null
  /** What its health was judged by when it converged. */
  readonly health: string | null
}

/** What a rotation is judged on. */
export type Seen = {
  readonly state: ClusterState
  /** By the managers' clock. */
  readonly now: Millis
  /** As it stands; null where it is not known any more. */
  readonly operation: (id: string) => Operation | null
}

/** The moment of a look, by the console's own clock, as what it writes down is dated. */
export const dated = ({ state, now }: Pick<Seen, 'state' | 'now'>): string =>
  instant(now - state.swarm.clockAhead)

const referencesOf = (kind: Rotation['kind'], service: Service): readonly Reference[] =>
  kind === 'secret' ? service.spec.secrets : service.spec.configs

/** Which of the two a service refers to; one that has both still has the old one. */
export function reads(
  { kind, from, to }: Pick<RotationRecord, 'kind' | 'from' | 'to'>,
  service: Service,
): 'old' | 'new' | 'neither' {
  const ids = referencesOf(kind, service).map(({ id }) => id)
  if (ids.includes(from.id)) return 'old'
  return to.id !== null && ids.includes(to.id) ? 'new' : 'neither'
}

/** A consumer before anything was sent to it. */
export const waitingConsumer = (
  kind: Rotation['kind'],
  from: string,
  service: Service,
  acknowledged: readonly string[],
): RotatedConsumer => ({
  service: service.name,
  serviceId: service.id,
  state: 'waiting',
  operation: null,
  sentence: '',
  targets: targetsOf(kind, from, service),
  sentAt: null,
  endedAt: null,
  applied: false,
  specHash: null,
  acknowledged,
  rollback: null,
  health: null,
})

/** Where a service finds the object, as whole paths. */
export const targetsOf = (kind: Rotation['kind'], id: string, service: Service): string[] =>
  referencesOf(kind, service).flatMap((one) =>
    one.id === id ? targetOf(kind, one.target) : [],
  )

/** The services that are asked for this object now, by name. */
export const consumersNow = (
  { services }: Pick<ClusterState, 'services'>,
  kind: Rotation['kind'],
  id: string,
): Service[] =>
  [...services.values()]
    .filter((service) => referencesOf(kind, service).some((one) => one.id === id))
    .sort((a, b) => (a.name < b.name ? -1 : 1))

/** `web`, `web and api`, `web, api and 3 others`. */
export function listed(names: readonly string[]): string {
  const [last = ''] = names.slice(-1)
  if (names.length < 2) return last
  if (names.length > 4) {
    return `${names.slice(0, 3).join(', ')} and ${names.length - 3} others`
  }
  return `${names.slice(0, -1).join(', ')} and ${last}`
}
