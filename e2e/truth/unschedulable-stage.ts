import { type Lab, until } from '../lab/lab.ts'
import { type Engine, hasEnded, isLive, isWaiting, noneOf, type Task } from './engine.ts'
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
  // First of all, so that it finds room to hold.
  if (plan.lingering) await create(engine, plan.lingering)
  for (const spec of plan.fillers) await create(engine, spec)
  await settled(engine)
  for (const name of names) {
    const Availability = plan.nodes[name]?.availability ?? 'active'
    await engine.changeNode(name, (spec) => ({ ...spec, Availability }))
  }
  if (plan.down !== null) {
    await lab.kill(plan.down)
    await nodeIs(engine, plan.down, 'down')
  }
  if (plan.lingering) await scaleToNone(engine, plan.lingering)
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
      const { zone, Disk, ...kept } = Labels
      return { ...spec, Availability: 'active', Labels: kept }
    })
  }
  for (const { name } of ground.nodes) await endLingering(lab, name)
  await until(
    async () => {
      const services = new Set((await engine.services()).map(({ ID }) => ID))
      return noneOf(engine, (task) => !services.has(task.ServiceID) && !hasEnded(task))
    },
    { what: 'tasks of services that were removed to end', timeout: 60_000 },
  )
}

/** Ends what does not hear. */
async function endLingering(lab: Lab, node: string): Promise<void> {
  const filter = `label=com.docker.swarm.service.name=${prefix}linger`
  const containers = (await lab.docker(node, 'ps', '-q', '--filter', filter)).split(/\s+/)
  for (const id of containers) if (id) await lab.docker(node, 'kill', id)
}

/**
 * Waits until the scheduler has nothing more to say, and answers the state of then. It looks
 * again at what waits only when something happens, so one more task is made to wait. (A
 * change of a node would do as well, but ends the global tasks that wait on it.)
 */
export const settled = (engine: Engine): Promise<string> =>
  until(
    async () => {
      const restless = (await tasksOf(engine)).filter((task) => !rests(task))
      if (restless.length > 0) throw new Error(told(restless))
      const before = await snapshot(engine)
      const nudge = await create(engine, nudging)
      // The scheduler gathers changes for a second at most, then looks at all that waits.
      await new Promise((wake) => setTimeout(wake, 1_500))
      const after = await snapshot(engine)
      await engine.ask('DELETE', `/services/${nudge}`)
      if (after === before) return before
      throw new Error(`${after}\n... was ...\n${before}`)
    },
    { what: 'the swarm to come to rest', timeout: 120_000 },
  )

const nudging = {
  Name: `${prefix}nudge`,
  TaskTemplate: {
    ContainerSpec: { Image: 'none' },
    Placement: { Constraints: ['node.labels.nobody==here'] },
  },
  Mode: { Replicated: { Replicas: 1 } },
}

/** Where every task is, and what is said of it. */
export const snapshot = async (engine: Engine): Promise<string> =>
  told(await tasksOf(engine))

/** Without those of services that were removed: old engines keep them for a while. */
async function tasksOf(engine: Engine): Promise<Task[]> {
  const services = (await engine.services()).filter(
    ({ Spec }) => Spec.Name !== nudging.Name,
  )
  const ids = new Set(services.map(({ ID }) => ID))
  return (await engine.tasks()).filter(({ ServiceID }) => ids.has(ServiceID))
}

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

/** Answers the id of the service. */
async function create(engine: Engine, spec: ServiceSpec | typeof nudging): Promise<string> {
  const answer = await engine.ask('POST', '/services/create', spec)
  return (answer as { ID: string }).ID // The engine's own answer.
}

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
