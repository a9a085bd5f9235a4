import type { Operation } from '@skep/shared/contract/operation'
import type { Rotation, RotationConsumer } from '@skep/shared/contract/rotation'
import { instant } from './instant.ts'
import type { ClusterState, Millis, Service } from './state.ts'
import { targetOf } from './stored/consumers.ts'
import { ofKind, refersTo } from './stored/of-kind.ts'

/** A rotation as it is written down. The value that it brought is in none of it. */
export type RotationRecord = Omit<Rotation, 'consumers' | 'retire'> & {
  readonly consumers: readonly RotatedConsumer[]
  /** What people did with it since it began, and each time that it was verified. */
  readonly log: readonly RotationEvent[]
  /** How often it was written down, 0 before the first time: whoever writes it names this. */
  readonly revision: number
  /** How long the old one stays once every consumer has converged. */
  readonly windowHours: number
}

/** Something that belongs to the evidence of a rotation. */
export type RotationEvent = {
  readonly at: string
  /** Null where nobody did it: it was seen. */
  readonly actor: string | null
  readonly sentence: string
}

/** The rotation with one more event in its log. */
export const logged = (
  plan: RotationRecord,
  at: string,
  actor: string | null,
  sentence: string,
): RotationRecord => ({ ...plan, log: [...plan.log, { at, actor, sentence }] })

/** A consumer, with what must be remembered to go on with it. */
export type RotatedConsumer = Omit<RotationConsumer, 'rollbackChecks'> & {
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
  /** What was there to be judged then: tasks that go on, tasks that ended, or none. */
  readonly ran: 'goes-on' | 'ended' | 'nothing' | null
  /**
   * What has been the matter with it since it converged, and since when by the console's
   * clock; null while it runs as asked. Records of earlier releases have none.
   */
  readonly relapse?: { readonly since: string; readonly sentence: string } | null
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

/** Which of the two a service refers to; one that has both still has the old one. */
export function reads(
  { kind, from, to }: Pick<RotationRecord, 'kind' | 'from' | 'to'>,
  service: Service,
): 'old' | 'new' | 'neither' {
  const references = ofKind(kind, service.spec)
  if (refersTo(references, from.id)) return 'old'
  return to.id !== null && refersTo(references, to.id) ? 'new' : 'neither'
}

/** Whether the swarm tells of the new object. */
export const isSuccessorThere = (
  { kind, to }: Pick<RotationRecord, 'kind' | 'to'>,
  state: Pick<ClusterState, 'secrets' | 'configs'>,
): boolean => to.id !== null && ofKind(kind, state).has(to.id)

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
  ran: null,
  relapse: null,
})

/** Where a service finds the object, as whole paths. */
export const targetsOf = (kind: Rotation['kind'], id: string, service: Service): string[] =>
  ofKind(kind, service.spec).flatMap((one) =>
    one.id === id ? targetOf(kind, one.target) : [],
  )

/** The services that are asked for this object now, by name. */
export const consumersNow = (
  { services }: Pick<ClusterState, 'services'>,
  kind: Rotation['kind'],
  id: string,
): Service[] =>
  [...services.values()]
    .filter(({ spec }) => refersTo(ofKind(kind, spec), id))
    .sort((a, b) => (a.name < b.name ? -1 : 1))

/** The rotation with those that came to refer to the old one since it began, as waiting. */
export function withLate(plan: RotationRecord, state: ClusterState): RotationRecord {
  const { kind, from, consumers } = plan
  const known = new Set(consumers.map(({ serviceId }) => serviceId))
  const late = consumersNow(state, kind, from.id).filter(({ id }) => !known.has(id))
  return {
    ...plan,
    consumers: [
      ...consumers,
      ...late.map((service) => waitingConsumer(kind, from.id, service, [])),
    ],
  }
}

/** Of a consumer that was not as asked for before anything was changed: the id of a warning. */
export const notConvergedBefore = 'not-converged-before'
