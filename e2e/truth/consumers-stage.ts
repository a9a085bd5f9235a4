import { until } from '../lab/lab.ts'
import type { Consuming, Plan, Step } from './consumers-plan.ts'
import { consumingSpec, type Ids, type Writing } from './consumers-spec.ts'
import { type Engine, hasEnded, isWaiting, type Service, type Task } from './engine.ts'
import type { Setting } from './setting.ts'

/** How long one write may take to be carried out, in milliseconds. */
const patience = 120_000
/** Two cores start few containers at a time. */
const lanes = 8

/** Makes what a plan names and lets happen to each service what the plan says. */
export async function stageConsumers(
  { swarm }: Pick<Setting, 'swarm'>,
  plan: Plan,
): Promise<void> {
  const ids: Ids = {
    secrets: await keep(swarm, 'secrets', plan.secrets),
    configs: await keep(swarm, 'configs', plan.configs),
  }
  const waiting = [...plan.services]
  const lane = async () => {
    for (;;) {
      const next = waiting.shift()
      if (!next) return
      await live(swarm, ids, next)
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}

/** Answers the ids by name. */
async function keep(
  swarm: Engine,
  list: 'secrets' | 'configs',
  names: readonly string[],
): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  for (const Name of names) ids.set(Name, await make(swarm, list, Name))
  return ids
}

/** Answers the id. */
export async function make(
  swarm: Engine,
  list: 'secrets' | 'configs',
  Name: string,
): Promise<string> {
  const Data = Buffer.from(`of ${Name}`).toString('base64')
  const answer = await swarm.ask('POST', `/${list}/create`, { Name, Data })
  return (answer as { ID: string }).ID // The engine's own answer.
}

/** The life of one service, from its creation on. */
async function live(swarm: Engine, ids: Ids, plan: Consuming): Promise<void> {
  const first = { uses: plan.uses, replicas: plan.replicas, step: null }
  let writing: Writing = { ...first, force: 0, written: 0 }
  const spec = consumingSpec(plan, ids, writing)
  const id = ((await swarm.ask('POST', '/services/create', spec)) as { ID: string }).ID
  await until(() => hasStarted(swarm, id, plan), {
    what: `${plan.name} to run`,
    timeout: patience,
    interval: 400,
  })
  for (const step of plan.steps) {
    if (step.kind === 'remove') {
      await swarm.ask('DELETE', `/services/${id}`)
      return
    }
    writing = written(writing, step)
    const path = step.kind === 'rollback' ? '&rollback=previous' : ''
    await write(swarm, id, path, consumingSpec(plan, ids, writing))
    await until(() => isDone(swarm, id, plan, step), {
      what: `${step.kind} of ${plan.name}, ${plan.history}`,
      timeout: patience,
      interval: 400,
    })
  }
}

function written(before: Writing, step: Step): Writing {
  const next = { ...before, written: before.written + 1 }
  switch (step.kind) {
    case 'swap':
    case 'fails':
    case 'stuck':
      return { ...next, step, uses: step.uses }
    case 'again':
      return { ...next, step, uses: step.uses, force: before.force + 1 }
    case 'scale':
      return { ...next, replicas: step.replicas }
    default:
      return next
  }
}

/** Writes it, again if the swarm wrote something of its own meanwhile. */
async function write(swarm: Engine, id: string, path: string, spec: unknown) {
  await until(
    async () => {
      const { Version } = await read(swarm, id)
      const url = `/services/${id}/update?version=${Version.Index}${path}`
      try {
        await swarm.ask('POST', url, spec)
        return true
      } catch (error) {
        if (`${error}`.includes('out of sequence')) return false
        throw error
      }
    },
    { what: `a write of ${id}`, timeout: patience },
  )
}

const read = async (swarm: Engine, id: string) =>
  (await swarm.ask('GET', `/services/${id}`)) as Service // The engine's own answer.

async function tasksOf(swarm: Engine, id: string): Promise<Task[]> {
  const filters = encodeURIComponent(JSON.stringify({ service: { [id]: true } }))
  return (await swarm.ask('GET', `/tasks?filters=${filters}`)) as Task[]
}

/** Whether every task that was asked for runs, or has run. */
async function hasStarted(
  swarm: Engine,
  id: string,
  { mode, replicas }: Consuming,
): Promise<boolean> {
  const tasks = await tasksOf(swarm, id)
  const wanted = mode.startsWith('global') ? 1 : replicas
  return tasks.length >= wanted && !tasks.some(isMoving)
}

const isMoving = (task: Task): boolean => !hasEnded(task) && task.Status.State !== 'running'

const over = ['completed', 'paused', 'rollback_completed', 'rollback_paused']

/** Whether the swarm has done with a write what it can. */
async function isDone(
  swarm: Engine,
  id: string,
  { mode, replicas }: Consuming,
  step: Step,
): Promise<boolean> {
  if (step.kind === 'relabel' || step.kind === 'scale') return true
  if (step.kind === 'swap' && step.hurried) return true
  if (step.kind === 'stuck') return (await tasksOf(swarm, id)).some(isWaiting)
  // That of a global service whose tasks are not restarted may never be said to be over.
  if (step.kind === 'rollback') return !(await tasksOf(swarm, id)).some(isMoving)
  // A job and what has no tasks are not rolled out.
  if (mode.endsWith('job') || (mode === 'replicated' && replicas === 0)) return true
  const { State = 'nothing' } = (await read(swarm, id)).UpdateStatus ?? {}
  if (over.includes(State)) return true
  throw new Error(`the engine says ${State}`)
}
