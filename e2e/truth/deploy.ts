import { until } from '../lab/lab.ts'
import {
  hasEnded,
  isLive,
  isRunning,
  isWaiting,
  noneOf,
  type Service,
  type Task,
} from './engine.ts'
import { isUnsteady, type NodeName, type Scenario, type ServicePlan } from './scenario.ts'
import type { Setting } from './setting.ts'
import { afterUpdate, type Room, specOf } from './spec.ts'
import { untilAtRest } from './watch.ts'

/** A service that runs, with the plan it was made from. */
export type Deployed = { id: string; plan: ServicePlan }

/** How long a cluster may take to come to rest, in milliseconds. */
export const patience = 60_000

/** Makes the cluster of a scenario, up to the moment before its first action. */
export async function deploy(
  setting: Setting,
  { labels, services, pausedNode }: Omit<Scenario, 'actions'>,
): Promise<Deployed[]> {
  const { swarm } = setting
  await Promise.all([
    ...[...setting.nodes.keys()].map((node) =>
      swarm.changeNode(node, (spec) => ({ ...spec, Labels: { ...labels[node] } })),
    ),
    makePaths(setting, services),
  ])
  const room = await roomOf(setting)
  const deployed: Deployed[] = []
  for (const plan of services) {
    const made = await swarm.ask('POST', '/services/create', specOf(plan, room))
    deployed.push({ id: (made as { ID: string }).ID, plan })
  }
  await rest(setting, deployed)
  await killSome(setting, deployed)
  await Promise.all(deployed.map((each) => update(setting, each, room)))
  if (pausedNode) await available(setting, pausedNode, 'pause')
  await rest(setting, deployed)
  return deployed
}

export const available = (
  { swarm }: Setting,
  node: NodeName,
  Availability: 'active' | 'pause' | 'drain',
): Promise<void> => swarm.changeNode(node, (spec) => ({ ...spec, Availability }))

export const unsteadyOf = (deployed: readonly Deployed[]): ReadonlySet<string> =>
  new Set(deployed.flatMap(({ id, plan }) => (isUnsteady(plan) ? id : [])))

/** Waits until the cluster rests; what never rests has had its chance after a while. */
export function rest({ swarm }: Setting, deployed: readonly Deployed[]) {
  const started = Date.now()
  return untilAtRest(swarm, {
    unsteady: unsteadyOf(deployed),
    timeout: patience,
    enough: ({ tasks, at }) =>
      at - started > 12_000 ||
      deployed.every(({ id, plan }) => {
        if (plan.mount?.kind !== 'bind') return true
        return tasks
          .filter((task) => task.ServiceID === id && isLive(task))
          .every((task) => isRunning(task) || isWaiting(task))
      }),
  })
}

/** Takes away all that a scenario made; nodes are active again and have no labels. */
export async function clear(setting: Setting): Promise<void> {
  const { swarm, nodes, lab } = setting
  const names = [...nodes.keys()]
  const services = await swarm.services()
  await emptyJobs(setting, services)
  await Promise.all(services.map(({ ID }) => swarm.ask('DELETE', `/services/${ID}`)))
  await Promise.all(
    names.map((node) =>
      swarm.changeNode(node, (spec) => ({ ...spec, Labels: {}, Availability: 'active' })),
    ),
  )
  await until(() => noneOf(swarm, (task) => !hasEnded(task)), {
    what: 'all tasks to end',
    timeout: patience,
  })
  await Promise.all(
    names.map(async (node) => {
      await nodes.get(node)?.ask('POST', '/containers/prune')
      await lab.inside(node, 'rm', '-rf', '/opt/truth')
      await until(() => removeVolumes(setting, node), {
        what: `the volumes of ${node} to be gone`,
        timeout: patience,
        interval: 500,
      })
    }),
  )
}

/**
 * Lets no task be asked of the jobs any more, and waits until what that ends is cleared away.
 * Engine 20 forgets the tasks of a job that is removed: they run, or wait, for ever. Engine
 * 26 crashes when a task is cleared away while its job is being removed.
 * @see moby/swarmkit manager/orchestrator/service.go, SetServiceTasksRemove
 */
async function emptyJobs({ swarm }: Setting, services: readonly Service[]): Promise<void> {
  for (const { ID, Version, Spec } of services) {
    const mode = Spec.Mode
    if (!mode.ReplicatedJob && !mode.GlobalJob) continue
    const none = { MaxConcurrent: 0, TotalCompletions: 0 }
    const nowhere = { Constraints: ['node.labels.zone==nowhere'] }
    await swarm.ask('POST', `/services/${ID}/update?version=${Version.Index}`, {
      ...Spec,
      ...(mode.ReplicatedJob && { Mode: { ReplicatedJob: none } }),
      TaskTemplate: {
        ...Spec.TaskTemplate,
        ForceUpdate: 1,
        ...(mode.GlobalJob && { Placement: nowhere }),
      },
    })
  }
  const isGoing = (task: Task) =>
    'JobIteration' in task && (!hasEnded(task) || task.DesiredState === 'remove')
  await until(() => noneOf(swarm, isGoing), { what: 'jobs to end', timeout: patience })
}

async function removeVolumes({ nodes }: Setting, node: NodeName): Promise<boolean> {
  const engine = nodes.get(node)
  const answer = await engine?.ask('GET', '/volumes')
  const { Volumes } = answer as { Volumes: { Name: string }[] | null }
  for (const { Name } of Volumes ?? []) {
    await engine?.ask('DELETE', `/volumes/${encodeURIComponent(Name)}?force=true`)
  }
  return true
}

async function roomOf({ swarm }: Setting): Promise<Room> {
  const [node] = await swarm.nodes()
  if (!node) throw new Error('the swarm has no nodes')
  return node.Description.Resources
}

async function makePaths({ lab, nodes }: Setting, services: readonly ServicePlan[]) {
  await Promise.all(
    [...nodes.keys()].map((node) => {
      const paths = services.flatMap(({ mount }) =>
        mount?.kind === 'bind' && mount.on.includes(node) ? mount.source : [],
      )
      return paths.length > 0 ? lab.inside(node, 'mkdir', '-p', ...paths) : null
    }),
  )
}

/** Ends a container of each service that is to crash, and again once another runs. */
async function killSome(setting: Setting, deployed: readonly Deployed[]): Promise<void> {
  const times = ({ plan: { aftermath } }: Deployed) =>
    aftermath.kind === 'killed' ? aftermath.times : 0
  for (let round = 1; ; round += 1) {
    const due = deployed.filter((each) => times(each) >= round)
    if (due.length === 0) return
    const tasks = await setting.swarm.tasks()
    await Promise.all(due.map(({ id }) => killOne(setting, tasks, id)))
    await rest(setting, deployed)
  }
}

async function killOne({ nodes, names }: Setting, tasks: readonly Task[], service: string) {
  const [victim] = tasks
    .filter((task) => task.ServiceID === service && isRunning(task))
    .sort((a, b) => (a.Slot ?? 0) - (b.Slot ?? 0))
  const node = names.get(victim?.NodeID ?? '') ?? ''
  const container = victim?.Status.ContainerStatus?.ContainerID
  if (container) await nodes.get(node)?.ask('POST', `/containers/${container}/kill`)
}

async function update(
  { swarm }: Setting,
  { id, plan }: Deployed,
  room: Room,
): Promise<void> {
  const { aftermath } = plan
  if (aftermath.kind === 'nothing' || aftermath.kind === 'killed') return
  const running = (await swarm.tasks()).some(
    (task) => task.ServiceID === id && isRunning(task),
  )
  // Where none runs, an update neither fails nor leaves anything as it was.
  if (!running && aftermath.kind !== 'scaled') return
  const spec =
    aftermath.kind === 'scaled'
      ? specOf({ ...plan, replicas: aftermath.to }, room)
      : afterUpdate(specOf(plan, room), aftermath, room)
  const read = async () => (await swarm.ask('GET', `/services/${id}`)) as Service
  const { Version } = await read()
  await swarm.ask('POST', `/services/${id}/update?version=${Version.Index}`, spec)
  const waits = async () =>
    (await swarm.tasks()).some((task) => task.ServiceID === id && isWaiting(task))
  const done: Record<typeof aftermath.kind, () => Promise<boolean>> = {
    scaled: async () => true,
    // An update that comes to a slot without room waits there before anything fails.
    'bad-update': async () =>
      (await read()).UpdateStatus?.State === 'paused' || (await waits()),
    // The swarm leaves tasks as they are where only their placement changed and fits still.
    'stuck-update': async () =>
      (aftermath.kind === 'stuck-update' && aftermath.what === 'platform') ||
      (await waits()),
  }
  const what = `${aftermath.kind} of ${plan.name}`
  await until(done[aftermath.kind], { what, timeout: patience, interval: 300 })
}
