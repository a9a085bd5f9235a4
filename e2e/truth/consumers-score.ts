import type { Consumer, ConsumerRole, Stored } from '@skep/shared/contract/stored'
import type { RawSwarm } from './consumers-raw.ts'
import {
  type Held,
  heldOf,
  type Mount,
  mountsOf,
  type Triple,
  triplesOf,
} from './consumers-truth.ts'

/** What was to be found, and what was found otherwise. */
export type Score<T> = {
  expected: readonly T[]
  missed: readonly T[]
  /** Told, and not so. */
  invented: readonly T[]
}

/** What the console lists, held against what there is. */
export type Scores = {
  /** Who needs what, and why. */
  triples: Score<Triple>
  /** The objects themselves. */
  objects: Score<{ kind: string; id: string; name: string }>
  /** Where they are in containers, and for whom. */
  mounts: Score<Mount>
  /** How many tasks have them. */
  held: Score<Held>
}

export const scoresOf = (swarm: RawSwarm, items: readonly Stored[]): Scores => ({
  triples: scoreOf(
    triplesOf(swarm),
    consumersIn(items, (of, { roles }) => roles.map((role) => ({ ...of, role }))),
  ),
  objects: scoreOf(
    [
      ...swarm.secrets.map((one) => ({ kind: 'secret', id: one.ID, name: one.Spec.Name })),
      ...swarm.configs.map((one) => ({ kind: 'config', id: one.ID, name: one.Spec.Name })),
    ],
    items.map(({ kind, id, name }) => ({ kind, id, name })),
  ),
  mounts: scoreOf(
    mountsOf(swarm),
    consumersIn(items, (of, { mounts }) =>
      mounts.map(({ target, uid, gid, mode }) => ({ ...of, target, uid, gid, mode })),
    ),
  ),
  held: scoreOf(
    heldOf(swarm),
    consumersIn(items, (of, { tasks }) => (tasks > 0 ? [{ ...of, tasks }] : [])),
  ),
})

const consumersIn = <T>(
  items: readonly Stored[],
  say: (of: Omit<Triple, 'role'>, consumer: Consumer) => readonly T[],
): T[] =>
  items.flatMap(({ kind, name, consumers }) =>
    consumers.flatMap((one) => say({ kind, object: name, service: one.service }, one)),
  )

/** Of flat things whose fields are in the same order. What is told twice is invented once. */
export function scoreOf<T extends object>(
  expected: readonly T[],
  told: readonly T[],
): Score<T> {
  const said = new Map(told.map((one) => [keyOf(one), one]))
  const known = new Set(expected.map(keyOf))
  const twice = told.filter((one) => said.get(keyOf(one)) !== one)
  return {
    expected,
    missed: expected.filter((one) => !said.has(keyOf(one))),
    invented: [...told.filter((one) => !known.has(keyOf(one))), ...twice],
  }
}

const keyOf = (one: object): string => JSON.stringify(Object.values(one))

/** Whatever is otherwise, in words; empty where all is right. */
export const differencesIn = (scores: Scores): string[] =>
  Object.values(scores).flatMap(({ missed, invented }) => [
    ...missed.map((one) => `missed ${Object.values(one).join(' ')}`),
    ...invented.map((one) => `invented ${Object.values(one).join(' ')}`),
  ])

/** How many of one role, or of all. */
export const countsOf = (
  { expected, missed, invented }: Score<Triple>,
  role: ConsumerRole | null = null,
) => {
  const count = (all: readonly Triple[]) =>
    all.filter((one) => role === null || one.role === role).length
  return {
    expected: count(expected),
    found: count(expected) - count(missed),
    missed: count(missed),
    invented: count(invented),
  }
}
