import {
  aPace,
  aPrevious,
  aService,
  aSpec,
  aTask,
  byId,
  factsOf,
} from './entities.fixture.ts'
import { now, seconds } from './judge.fixture.ts'
import { occupancy } from './occupancy.ts'
import { rollout } from './rollout.ts'
import type { Node, Service, Spec, Task } from './state.ts'

/** When the rollouts of these scenes began. */
export const began = now - 60 * seconds
const before = began - 3600 * seconds

/** A service of three whose update began a minute ago: 1 at a time, 10 s apart. */
export const updating = (
  fields: Partial<Service> = {},
  pace: Partial<Spec['update']> = {},
) =>
  aService({
    createdAt: before,
    updatedAt: began,
    update: {
      state: 'updating',
      message: 'update in progress',
      startedAt: began,
      completedAt: null,
    },
    previous: aPrevious(),
    spec: aSpec({
      update: aPace({ delayNs: 10e9, monitorNs: 5e9, ...pace }),
      rollback: aPace({ delayNs: 0, monitorNs: 8e9, ...pace }),
    }),
    ...fields,
  })

/** A task on the spec that is left. */
export const old = (slot: number, fields: Partial<Task> = {}): Task =>
  aTask({
    id: `old${slot}`,
    slot,
    image: 'demo/web:v0',
    createdAt: before,
    upToDate: false,
    ...fields,
  })

/** A task on the spec that is rolled out, made and changed so many seconds ago. */
export const fresh = (
  slot: number,
  made: number,
  changed: number,
  fields: Partial<Task> = {},
): Task => {
  const at = now - changed * seconds
  return aTask({
    id: `new${slot}-${made}`,
    slot,
    createdAt: now - made * seconds,
    since: at,
    updatedAt: at,
    ...fields,
  })
}

export const failedFresh = (slot: number, made: number, ended: number): Task =>
  fresh(slot, made, ended, {
    state: 'failed',
    desired: 'shutdown',
    error: 'task: non-zero exit (1)',
    exitCode: 1,
  })

export function judgeRollout(
  service: Service,
  tasks: readonly Task[],
  { at = now, nodes }: { at?: number; nodes?: readonly Node[] } = {},
) {
  const facts = factsOf(nodes)
  const all = byId(tasks)
  return rollout(service, all, facts, at, occupancy(service, all, facts))
}
