import { taskName } from '../agent/containers.ts'
import { isTaskDirty } from '../orchestrator/dirty.ts'
import type { Task } from '../store/objects.ts'
import { isTaskState } from '../store/states.ts'
import type { Call } from './call.ts'
import { type Filters, filtersOf, matchesLabels, matchesPrefix } from './filters.ts'
import { find } from './find.ts'
import { Problem } from './problem.ts'
import { taskText } from './render.ts'
import type { Routes } from './router.ts'

const FULL_ID = 25

/** @see moby/moby daemon/cluster/filters.go newListTasksFilters */
const FILTERS = [
  'name',
  'id',
  'label',
  'service',
  'node',
  'desired-state',
  '_up-to-date',
  'runtime',
]

export const TASK_ROUTES: Routes = {
  'GET /tasks': (call) => {
    const filters = filtersOf(call.query, FILTERS)
    const found = candidates(call, filters).filter(predicate(call, filters))
    found.sort((a, b) => (a.ID < b.ID ? -1 : 1))
    return { kind: 'text', status: 200, body: `[${found.map(taskText).join(',')}]\n` }
  },

  'GET /tasks/{}': ({ swarm, params: [text = ''] }) => {
    const task = findTask(swarm.store.tasks, text)
    return { kind: 'text', status: 200, body: `${taskText(task)}\n` }
  },
}

export function findTask(tasks: Call['swarm']['store']['tasks'], text: string): Task {
  const exact = tasks.get(text)
  if (exact) return exact
  const named = [...tasks.values()].filter((task) => taskName(task) === text)
  const [task] = named
  return task ?? find(tasks, 'task', text)
}

/** As few as an index gives, so that asking for one service does not walk all tasks. */
function candidates({ swarm }: Call, filters: Filters): Task[] {
  const { store } = swarm
  const ids = filters.get('id')
  if (ids?.every((id) => id.length === FULL_ID)) {
    return [...new Set(ids)].flatMap((id) => store.tasks.get(id) ?? [])
  }
  const services = filters.get('service')
  if (services) {
    const found = services.map((text) => find(store.services, 'service', text).ID)
    return [...new Set(found)].flatMap((id) => store.tasks.by('service', id))
  }
  const nodes = filters.get('node')
  if (nodes) {
    const found = nodes.map((text) => swarm.findNode(text).ID)
    return [...new Set(found)].flatMap((id) => store.tasks.by('node', id))
  }
  return [...store.tasks.values()]
}

function predicate({ swarm }: Call, filters: Filters): (task: Task) => boolean {
  const { store } = swarm
  const states = filters.get('desired-state')?.map((state) => state.toLowerCase())
  const unknown = states?.find((state) => !isTaskState(state))
  if (unknown !== undefined) {
    throw new Problem(500, `Invalid desired-state filter: '${unknown}'`)
  }
  const services = filters.get('service')?.map((t) => find(store.services, 'service', t).ID)
  const nodes = filters.get('node')?.map((text) => swarm.findNode(text).ID)
  const wantsCurrent = filters.has('_up-to-date')
  const [ids, names, labels] = [
    filters.get('id'),
    filters.get('name'),
    filters.get('label'),
  ]

  return (task) =>
    (!states || states.includes(task.DesiredState)) &&
    (!services || services.includes(task.ServiceID)) &&
    (!nodes || nodes.includes(task.NodeID ?? '')) &&
    matchesPrefix(ids, task.ID) &&
    (!names || matchesPrefix(names, taskName(task))) &&
    matchesLabels(labels, task.hidden.serviceLabels) &&
    (!wantsCurrent || isCurrent(swarm.store, task))
}

function isCurrent(store: Call['swarm']['store'], task: Task): boolean {
  const service = store.services.get(task.ServiceID)
  if (!service) return false
  return !isTaskDirty(service, task, store.nodes.get(task.NodeID ?? ''))
}
