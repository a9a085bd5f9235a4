import type { Maintenance, MaintenanceStep } from '@skep/shared/contract/maintenance'
import { convergence } from './convergence.ts'
import { instant } from './instant.ts'
import { serviceNamed } from './names.ts'
import { nodeFacts } from './node-facts.ts'
import type { ClusterState, Millis, Service } from './state.ts'
import { isOver } from './task-life.ts'
import { tasksOfService } from './tasks-of.ts'
import { counted } from './words.ts'

/** What a step looks like now, without what is remembered of it. */
type Look = { readonly done: boolean; readonly sentence: string }

/** Any maintenance that has begun, as the steps stand before anything is looked at. */
export function plannedSteps(
  node: string,
  services: Maintenance['services'],
): MaintenanceStep[] {
  const step = (
    id: string,
    title: string,
    by: MaintenanceStep['by'] = 'swarm',
  ): MaintenanceStep => ({
    id,
    title,
    by,
    state: 'waits',
    sentence: '',
    doneAt: null,
    actor: null,
    note: null,
  })
  return [
    ...services.map(({ service }) => step(`stop:${service}`, `Stop ${service}`)),
    step('drain', `Drain ${node}`),
    step('work', 'Do the work', 'person'),
    step('activate', `Activate ${node}`),
    ...services.map(({ service, replicas }) =>
      step(`start:${service}`, `Bring ${service} back to ${replicas}`),
    ),
    ...services.map(({ service }) =>
      step(`verify:${service}`, `Validate the data of ${service}`, 'person'),
    ),
  ]
}

/**
 * The maintenance with its steps as the swarm shows them now. A step is judged when those
 * before it are done: a node that was never drained is not called activated. Services are
 * stopped, and brought back, in any order. What was done once stays dated. It ends when its
 * node is removed: even if the machine joins again, that is another node.
 * @param now by the managers' clock
 */
export function followed(plan: Maintenance, state: ClusterState, now: Millis): Maintenance {
  if (plan.endedAt !== null || state.swarm.state !== 'live') return plan
  if (state.nodes.size > 0 && !state.nodes.has(plan.nodeId)) {
    const sentence = `${plan.node} was removed from the swarm.${leftStopped(plan)}`
    return { ...plan, endedAt: instant(now), ended: 'abandoned', sentence }
  }
  const isWorked = plan.steps.some(({ id, doneAt }) => id === 'work' && doneAt !== null)
  const steps: MaintenanceStep[] = []
  let isReached = true
  for (const stage of Map.groupBy(plan.steps, ({ id }) => kindOf(id)).values()) {
    const seen = stage.map((step) => {
      const look = lookAt(step, plan, state, now)
      const before = step.doneAt !== null
      // Activating the node and bringing services back undoes what came before the work.
      const isPast = before && isWorked && isBeforeWork(step.id)
      const done = isPast || (look.done && (isReached || before))
      return {
        ...step,
        state: done ? 'done' : before ? 'undone' : isReached ? 'next' : 'waits',
        sentence: isPast ? 'Done.' : look.sentence,
        doneAt: step.doneAt ?? (done ? instant(now) : null),
      } satisfies MaintenanceStep
    })
    isReached &&= seen.every(({ state }) => state === 'done')
    steps.push(...seen)
  }
  return { ...plan, steps, sentence: nextWords(steps) }
}

/** What somebody still has to bring back by hand. */
function leftStopped({ steps, services }: Maintenance): string {
  const left = services.filter(({ service }) => {
    const stateOf = (id: string) => steps.find((step) => step.id === id)?.state
    return stateOf(`stop:${service}`) === 'done' && stateOf(`start:${service}`) !== 'done'
  })
  if (left.length === 0) return ''
  const counts = left.map(({ service, replicas }) => `${service} to ${replicas}`)
  return ` Still to bring back: ${counts.join(', ')}.`
}

const kindOf = (id: string): string => id.split(':', 1)[0] ?? id

const isBeforeWork = (id: string): boolean => id === 'drain' || kindOf(id) === 'stop'

function nextWords(steps: readonly MaintenanceStep[]): string {
  const undone = steps.find(({ state }) => state === 'undone')
  if (undone) return `${undone.title} was done and is not any more: ${undone.sentence}`
  const next = steps.find(({ state }) => state === 'next')
  return next ? `Next: ${lowerFirst(next.title)}.` : 'Every step is done.'
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

function lookAt(
  { id, by, doneAt }: MaintenanceStep,
  plan: Maintenance,
  state: ClusterState,
  now: Millis,
): Look {
  if (by === 'person') {
    const done = doneAt !== null
    return { done, sentence: done ? 'Ticked off.' : 'Nobody has ticked this off.' }
  }
  const node = state.nodes.get(plan.nodeId)
  switch (kindOf(id)) {
    case 'drain': {
      if (!node) return { done: false, sentence: `${plan.node} is not in the swarm.` }
      const left = [...(state.tasksByNode.get(node.id)?.values() ?? [])].filter(
        (task) => !isOver(task) && task.jobIteration === null,
      ).length
      if (node.availability !== 'drain')
        return { done: false, sentence: 'It is not drained.' }
      return left === 0
        ? { done: true, sentence: 'Nothing is left on it.' }
        : { done: false, sentence: `${counted(left, 'task')} left.` }
    }
    case 'activate': {
      const active = node?.availability === 'active' && node.state === 'ready'
      return { done: active, sentence: active ? 'Ready and active.' : 'It is not active.' }
    }
    case 'stop':
    case 'start': {
      const name = id.slice(id.indexOf(':') + 1)
      const service = serviceNamed(state, name)
      if (!service)
        return { done: false, sentence: `There is no service ${name} any more.` }
      return kindOf(id) === 'stop'
        ? stopped(service, plan, state)
        : started(service, plan, state, now)
    }
    default:
      return { done: false, sentence: '' }
  }
}

/** Scaled to zero, or made to run elsewhere: what matters is that it leaves this node. */
function stopped(service: Service, { nodeId }: Maintenance, state: ClusterState): Look {
  const asked = service.mode.kind === 'replicated' ? service.mode.replicas : null
  const left = [...tasksOfService(state, service.id).values()].filter(
    (task) => !isOver(task),
  )
  if (asked === 0) {
    return left.length === 0
      ? { done: true, sentence: 'Scaled to zero, nothing runs.' }
      : { done: false, sentence: `${counted(left.length, 'task')} still to stop.` }
  }
  const isElsewhere = left.length > 0 && left.every(({ nodeId: at }) => at && at !== nodeId)
  return isElsewhere
    ? { done: true, sentence: 'It runs elsewhere, and no task of it is here.' }
    : { done: false, sentence: `It is asked for ${asked ?? 'every node'}.` }
}

function started(
  service: Service,
  plan: Maintenance,
  state: ClusterState,
  now: Millis,
): Look {
  const wanted = plan.services.find((one) => one.service === service.name)?.replicas ?? 0
  const asked = service.mode.kind === 'replicated' ? service.mode.replicas : null
  if (asked !== null && asked < wanted) {
    return { done: false, sentence: `It is asked for ${asked}, before it was ${wanted}.` }
  }
  const tasks = tasksOfService(state, service.id)
  const { convergence: found } = convergence(service, tasks, nodeFacts(state.nodes), now)
  return { done: found.verdict === 'converged', sentence: `${found.sentence}.` }
}
