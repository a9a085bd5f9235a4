import { convergence } from './convergence.ts'
import { aService, aSpec, aTask, byId, factsOf } from './entities.fixture.ts'
import type { Mode, Node, Service, Task } from './state.ts'

/** Scenes in which a service is judged: what is not named is an hour old, and well. */
export const seconds = 1000
export const minute = 60 * seconds
export const hour = 60 * minute
export const now = 1_800_000_000_000
export const longAgo = now - hour

export type Scene = {
  service?: Partial<Service>
  tasks?: readonly Partial<Task>[]
  nodes?: readonly Node[]
}

/** A row of a table: the scene, the verdict and sentence it must get, and why. */
export type Row = Scene & { verdict: string; why: string }

/** Judges a service and tasks that are an hour old, unless the scene says otherwise. */
export function judge({ service, tasks = [], nodes }: Scene, at = now) {
  const all = tasks.map((fields, i) =>
    aTask({
      id: `t${i}`,
      createdAt: longAgo,
      since: longAgo,
      updatedAt: longAgo,
      ...fields,
    }),
  )
  const whole = aService({ createdAt: longAgo, updatedAt: longAgo, ...service })
  return convergence(whole, byId(all), factsOf(nodes), at)
}

export const verdictOf = (scene: Scene) => {
  const { convergence } = judge(scene)
  return `${convergence.verdict}: ${convergence.sentence}`
}

export const replicated = (replicas: number): Mode => ({ kind: 'replicated', replicas })
export const one = { mode: replicated(1) }
export const two = { mode: replicated(2) }
export const slot = (number: number, fields: Partial<Task> = {}) => ({
  slot: number,
  ...fields,
})
export const failed = (ago: number, fields: Partial<Task> = {}): Partial<Task> => ({
  state: 'failed',
  desired: 'shutdown',
  error: 'task: non-zero exit (1)',
  createdAt: now - ago - seconds,
  updatedAt: now - ago,
  ...fields,
})
export const pending = (fields: Partial<Task> = {}): Partial<Task> => ({
  state: 'pending',
  nodeId: null,
  error: 'no suitable node (insufficient resources on 3 nodes)',
  ...fields,
})
export const withRestart = (condition: 'none' | 'on-failure') =>
  aSpec({ restart: { condition, delayNs: 0, maxAttempts: 0, windowNs: 0 } })
