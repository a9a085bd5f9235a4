import { type Lab, until } from '../lab/lab.ts'
import { type Engine, hasEnded, isLive, isWaiting, type Task } from './engine.ts'
import type { Ground, ServiceSpec, Turn } from './unschedulable-plan.ts'

const prefix = 'placement-'

/** Makes the swarm what a turn plans, from nodes to what cannot be placed on them. */
export async function stage(lab: Lab, engine: Engine, plan: Turn): Promise<void> {
  const names = Object.keys(plan.nodes)
  for (const name of names) {
    const labels = plan.nodes[name]?.labels ?? {}
    await engine.changeNode(name, (spec) => ({
      ...spec,
      Labels: { ...spec.Labels, ...labels },
    }))
  }
  for (const spec of plan.fillers) await create(engine, spec)
  if (plan.lingering) {
    await create(engine, plan.lingering)
    await settled(engine)
    await scaleToNone(engine, plan.lingering)
  }
  await settled(engine)
  for (const name of names) {
    const Availability = plan.nodes[name]?.availability ?? 'active'
    await engine.changeNode(name, (spec) => ({ ...spec, Availability }))
  }
  if (plan.down !== null) {
    await lab.kill(plan.down)
    await nodeIs(engine, plan.down, 'down')
  }
  for (const spec of plan.asking) await create(engine, spec)
}

/** Takes back all that a turn did, and waits until nothing of it is left. */
export async function restored(lab: Lab, engine: Engine, ground: Ground): Promise<void> {
  for (const { Spec, ID } of await engine.services()) {
    if (Spec.Name.startsWith(prefix)) await engine.ask('DELETE', `/services/${ID}`)
  }
  const down = (await engine.nodes()).filter(({ Status }) => Status.State !== 'ready')
  for (const { Description } of down) {
    await lab.start(Description.Hostname)
    await nodeIs(engine, Description.Hostname, 'ready')
  }
  for (const { name } of ground.nodes) {
    await engine.changeNode(name, ({ Labels = {}, ...spec }) => {
      const { zone, Disk, nudge, ...kept } = Labels
      return { ...spec, Availability: 'active', Labels: kept }
    })
  }
  await until(
    async () => {
      const services = new Set((await engine.services()).map(({ ID }) => ID))
      const left = (await engine.tasks()).filter(
        ({ ServiceID }) => !services.has(ServiceID),
      )
      return left.every(hasEnded)
    },
    { what: 'tasks of services that were removed to end', timeout: 60_000 },
  )
}

/**
 * Waits until the scheduler has nothing more to say, and answers the state of then. It
 * looks again at what waits only when something happens, so a label of m1 is changed.
 */
export async function settled(engine: Engine): Promise<string> {
  let nudge = 0
  return until(
    async () => {
      const tasks = await engine.tasks()
      const restless = tasks.filter((task) => !rests(task))
      if (restless.length > 0) throw new Error(told(restless))
      const before = told(tasks)
      nudge += 1
      await engine.changeNode('m1', (spec) => ({
        ...spec,
        Labels: { ...spec.Labels, nudge: String(nudge) },
      }))
      // The scheduler gathers changes for a second at most, then looks at all that waits.
      await new Promise((wake) => setTimeout(wake, 1_500))
      if ((await snapshot(engine)) === before) return before
      throw new Error('what waits is told otherwise than before')
    },
    { what: 'the swarm to come to rest', timeout: 120_000 },
  )
}

/** Where every task is, and what is said of it. */
export const snapshot = async (engine: Engine): Promise<string> =>
  told(await engine.tasks())

const told = (tasks: readonly Task[]): string =>
  tasks
    .map(({ ID, DesiredState, NodeID, Status }) =>
      [ID, DesiredState, NodeID, Status.State, Status.Err].join(' '),
    )
    .sort()
    .join('\n')

/** It ended, runs, is about to stop, or waits and was told why. */
const rests = (task: Task): boolean =>
  hasEnded(task) || !isLive(task) || task.Status.State === 'running' || isWaiting(task)

const create = (engine: Engine, spec: ServiceSpec) =>
  engine.ask('POST', '/services/create', spec)

async function scaleToNone(engine: Engine, spec: ServiceSpec): Promise<void> {
  const service = (await engine.services()).find(({ Spec }) => Spec.Name === spec.Name)
  if (!service) throw new Error(`${spec.Name} is gone`)
  const path = `/services/${service.ID}/update?version=${service.Version.Index}`
  await engine.ask('POST', path, { ...spec, Mode: { Replicated: { Replicas: 0 } } })
}

const nodeIs = (engine: Engine, name: string, state: string) =>
  until(
    async () =>
      (await engine.nodes()).some(
        ({ Description, Status }) =>
          Description.Hostname === name && Status.State === state,
      ),
    { what: `${name} to be ${state}`, timeout: 60_000 },
  )
