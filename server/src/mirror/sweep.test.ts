import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aState, aTask } from '../domain/entities.fixture.ts'
import type { ClusterState, Task } from '../domain/state.ts'
import { replaceTasks, type TaskScope } from './replace.ts'
import { beginSweep } from './sweep.ts'

const places = ['a1', 'a2', 'b1', 'b2'] as const
type Place = (typeof places)[number]
const serviceOf = (id: string) => id.slice(0, 1)

/** What the swarm does, and which reading follows at once, if one does. */
const step = fc.record({
  id: fc.constantFrom(...places),
  gone: fc.boolean(),
  read: fc.constantFrom<'task' | 'service' | 'all' | null>('task', 'service', 'all', null),
})

const held = ({ tasksByService }: ClusterState): Map<string, number> =>
  new Map([...tasksByService.values()].flatMap((group) => [...group.values()].map(pair)))
const pair = ({ id, version }: Task): [string, number] => [id, version]

function scopeOf(read: 'task' | 'service' | 'all', id: Place): TaskScope {
  if (read === 'all') return 'all'
  return read === 'task'
    ? { tasks: new Map([[id, serviceOf(id)]]) }
    : { services: new Set([serviceOf(id)]) }
}

const isWithin = (scope: TaskScope, { id, serviceId }: Task): boolean =>
  scope === 'all' ||
  ('tasks' in scope && scope.tasks.has(id)) ||
  ('services' in scope && scope.services.has(serviceId))

test('never undoes what was read since it was asked for, and brings the rest', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 6 }),
      fc.array(step, { maxLength: 6 }),
      async (before, after) => {
        const swarm = new Map<string, Task>()
        let version = 0
        let state = aState({ services: [], tasks: [] })
        const play = (
          steps: typeof before,
          told: (scope: TaskScope, id: Place) => void,
        ) => {
          for (const { id, gone, read } of steps) {
            version += 1
            if (gone) swarm.delete(id)
            else swarm.set(id, aTask({ id, version, serviceId: serviceOf(id) }))
            if (read === null) continue
            const scope = scopeOf(read, id)
            const listed = [...swarm.values()].filter((task) => isWithin(scope, task))
            state = replaceTasks(state, listed, scope)
            told(scope, id)
          }
        }
        play(before, () => {})
        const listed = [...swarm.values()]
        const sweep = beginSweep(Promise.resolve(listed), () => {})
        const read = new Set<string>()
        play(after, (scope) => {
          sweep.passOver(scope)
          for (const id of places) {
            if (isWithin(scope, aTask({ id, serviceId: serviceOf(id) }))) read.add(id)
          }
        })
        await Promise.resolve()
        expect(sweep.hasCome()).toBe(true)
        const was = held(state)
        const is = held(sweep.apply(state))
        for (const id of places) {
          const version = listed.find((task) => task.id === id)?.version
          expect(is.get(id), id).toBe(read.has(id) ? was.get(id) : version)
        }
      },
    ),
  )
})

test('is applied once it has come, and no sooner', async () => {
  let rang = 0
  const list = Promise.withResolvers<Task[]>()
  const sweep = beginSweep(list.promise, () => {
    rang += 1
  })
  const state = aState({ services: [], tasks: [] })
  expect(sweep.hasCome()).toBe(false)
  expect(() => sweep.apply(state)).toThrow('has not come')
  list.resolve([aTask()])
  await list.promise
  expect([sweep.hasCome(), rang]).toEqual([true, 1])
  expect(held(sweep.apply(state)).size).toBe(1)
})
