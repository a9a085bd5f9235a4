import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import type { ClusterState, Task } from '../domain/state.ts'
import { replaceTasks } from './replace.ts'
import { emptyState } from './swarm-facts.ts'
import { aTask } from './task.fixture.ts'

const start = emptyState('unix:///test.sock')
const held = (state: ClusterState) =>
  [...state.tasksByService.values()].flatMap((tasks) => [...tasks.values()])

/** Few ids, services and nodes, so that lists meet. */
const tasks = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    serviceId: fc.constantFrom('web', 'api'),
    nodeId: fc.constantFrom(null, 'n1', 'n2'),
    version: fc.integer({ min: 1, max: 5 }),
  }),
  { selector: ({ id }) => id },
)
const lists = fc.array(tasks.map((list) => list.map((fields) => aTask(fields))))

describe('replacing tasks', () => {
  test('property: both indexes hold the same tasks, and no group is empty', () => {
    fc.assert(
      fc.property(lists, (life) => {
        let state = start
        for (const list of life) state = replaceTasks(state, list, 'all')
        const withNode = held(state).filter(({ nodeId }) => nodeId !== null)
        const byNode = [...state.tasksByNode.values()].flatMap((group) => [
          ...group.values(),
        ])
        expect(new Set(byNode)).toEqual(new Set(withNode))
        for (const group of [
          ...state.tasksByService.values(),
          ...state.tasksByNode.values(),
        ]) {
          expect(group.size).toBeGreaterThan(0)
        }
      }),
    )
  })

  test('property: a whole list is the whole truth, older versions too', () => {
    fc.assert(
      fc.property(lists, (life) => {
        let state = start
        for (const list of life) state = replaceTasks(state, list, 'all')
        const truth = new Map(life.at(-1)?.map(({ id, version }) => [id, version]))
        expect(new Map(held(state).map(({ id, version }) => [id, version]))).toEqual(truth)
      }),
    )
  })

  test('the same list again is the same state', () => {
    const list = [aTask({ id: 'a' }), aTask({ id: 'b' })]
    const once = replaceTasks(start, list, 'all')
    const copies: Task[] = list.map((task) => ({ ...task }))
    expect(replaceTasks(once, copies, 'all')).toBe(once)
  })

  test('a look at one service leaves the groups of the others untouched', () => {
    const list = [
      aTask({ id: 'a', serviceId: 'web' }),
      aTask({ id: 'b', serviceId: 'api' }),
    ]
    const before = replaceTasks(start, list, 'all')
    const after = replaceTasks(before, [], { services: new Set(['web']) })
    expect(after.tasksByService.has('web')).toBe(false)
    expect(after.tasksByService.get('api')).toBe(before.tasksByService.get('api'))
  })

  test('a task that was asked for by id and did not come is gone', () => {
    const before = replaceTasks(start, [aTask({ id: 'a' }), aTask({ id: 'b' })], 'all')
    const after = replaceTasks(before, [], { tasks: new Map([['a', 'web']]) })
    expect(held(after).map(({ id }) => id)).toEqual(['b'])
  })

  test('tasks are looked for in their own services alone, those that are gone as well', () => {
    const list = Array.from({ length: 9 }, (_, i) =>
      aTask({ id: `t${i}`, serviceId: `s${i}` }),
    )
    const before = replaceTasks(start, list, 'all')
    const asked: string[] = []
    const groups = new Map(before.tasksByService)
    vi.spyOn(groups, 'get').mockImplementation((id) => {
      asked.push(id)
      return before.tasksByService.get(id)
    })
    const changed = aTask({ id: 't4', serviceId: 's4', version: 2 })
    const state = { ...before, tasksByService: groups }
    const scope = new Map([
      ['t4', 's4'],
      ['t5', 's5'],
    ])
    const after = replaceTasks(state, [changed], { tasks: scope })
    expect(after.tasksByService.get('s4')?.get('t4')).toBe(changed)
    expect(after.tasksByService.has('s5')).toBe(false)
    expect(new Set(asked)).toEqual(new Set(['s4', 's5']))
  })

  test('being outdated is news although the task did not change', () => {
    const before = replaceTasks(start, [aTask({ id: 'a', upToDate: true })], 'all')
    const after = replaceTasks(before, [aTask({ id: 'a', upToDate: false })], 'all')
    expect(held(after)[0]?.upToDate).toBe(false)
  })
})
