import { consentTo, look, send } from '../commanding.ts'
import { image } from '../swarm.ts'
import { judgeCommand, type Verdict } from './commands-judge.ts'
import { forgotten, type Memory, noMemory, remembered } from './commands-memory.ts'
import type { CommandScenario, ServiceAction } from './commands-plan.ts'
import { type Said, saidOf } from './commands-said.ts'
import { markAll, marksOnDisk, type Standing, standingsOf } from './commands-tasks.ts'
import { type Deployed, deploy, rest } from './deploy.ts'
import { isLive, isWaiting, type Service } from './engine.ts'
import type { Setting } from './setting.ts'
import { specOf } from './spec.ts'

/** One command: what was said of it, and what came of it. */
export type CommandCase = Verdict & {
  seed: number
  /** Which of the scenario's actions. */
  round: number
  action: ServiceAction
  seconds: number
  /** Why it was not tried; null: it was. */
  skipped: string | null
  /** The preview's sentences. */
  sentences: readonly string[]
}

/** A swarm with the services of one scenario on it, and what their tasks kept so far. */
type Cluster = Setting & {
  deployed: readonly Deployed[]
  memories: Map<string, Memory>
}

/** Plays a scenario on a swarm that has nothing else on it, and tells of every command. */
export async function playCommands(
  setting: Setting,
  scenario: CommandScenario,
  tell: (result: CommandCase) => void,
): Promise<void> {
  const deployed = await deploy(setting, scenario)
  const cluster: Cluster = { ...setting, deployed, memories: new Map() }
  for (const [index, action] of scenario.actions.entries()) {
    await seen(cluster)
    const started = Date.now()
    if (action.kind === 'edit') {
      await edit(cluster, action)
      continue
    }
    const result = await tryOut(cluster, action)
    const seconds = (Date.now() - started) / 1000
    tell({ seed: scenario.seed, round: index + 1, action, seconds, ...result })
  }
}

/** Every task as it is, marked, and remembered so. */
async function seen(cluster: Cluster): Promise<Standing[]> {
  await markAll(cluster)
  const all = await standingsOf(cluster, namesIn(cluster))
  for (const [service, standing] of Map.groupBy(all, (each) => each.service)) {
    const memory = cluster.memories.get(service) ?? noMemory
    cluster.memories.set(service, remembered(memory, standing))
  }
  return all
}

const namesIn = ({ deployed }: Cluster): ReadonlyMap<string, string> =>
  new Map(deployed.map(({ id, plan }) => [id, plan.name]))

type Judged = Exclude<ServiceAction, { kind: 'edit' }>
type Result = Pick<CommandCase, 'items' | 'warned' | 'skipped' | 'sentences'>

async function tryOut(cluster: Cluster, action: Judged): Promise<Result> {
  const asked = await press(cluster, action)
  if (typeof asked === 'string') {
    return { items: [], warned: [], skipped: asked, sentences: [] }
  }
  const { said } = asked
  const { service, kind } = action
  await settled(cluster, action)
  const of = (each: Standing) => each.service === service
  const after = (await standingsOf(cluster, namesIn(cluster))).filter(of)
  const before = asked.before.filter(of)
  const memory = cluster.memories.get(service) ?? noMemory
  const onDisk = await marksOnDisk(cluster)
  const verdict = judgeCommand({ kind, said, before, after, memory, onDisk })
  const ended = before.filter(({ slot }) => !after.some((other) => other.slot === slot))
  const slots = ended.map(({ slot }) => slot)
  cluster.memories.set(service, forgotten(memory, slots))
  return { ...verdict, skipped: null, sentences: said.sentences }
}

/** Looks and presses, until both were about the same facts; or says why it cannot be. */
async function press(
  cluster: Cluster,
  action: Judged,
): Promise<{ said: Said; before: Standing[] } | string> {
  const { skep } = cluster
  const { service, kind } = action
  const told = toldOf(action)
  for (let attempt = 1; attempt <= 10; attempt += 1) {
    const before = await seen(cluster)
    const preview = await look(skep, service, kind, told)
    const block = preview.checks.find(({ level }) => level === 'block')
    if (block) return `${block.id}: ${block.sentence}`
    const { status, body } = await send(skep, service, kind, consentTo(preview, told))
    if (status === 202) return { said: saidOf(preview), before }
    if (status !== 409 && status !== 412) {
      throw new Error(`${kind} of ${service}: ${status} ${body.title}`)
    }
  }
  return 'the facts moved between every look and its press'
}

function toldOf(action: Judged): Record<string, string | number> {
  switch (action.kind) {
    case 'image':
      return { image: image('web', action.tag) }
    case 'scale':
      return { replicas: action.replicas }
    default:
      return {}
  }
}

/** So long a rollout may say that it goes on with every task at rest, in milliseconds. */
const longest = 15_000

/** Waits until all has come of it that will: a rollout goes on while every task is at rest. */
async function settled(cluster: Cluster, { service }: ServiceAction): Promise<void> {
  const { swarm, deployed } = cluster
  const id = idOf(cluster, service)
  const deadline = Date.now() + longest
  for (;;) {
    const { tasks } = await rest(cluster, deployed)
    const found = (await swarm.services()).find(({ ID }) => ID === id)
    const state = found?.UpdateStatus?.State ?? ''
    const mine = tasks.filter((task) => task.ServiceID === id && isLive(task))
    const isMoving = state === 'updating' || state === 'rollback_started'
    // One that has nothing to do on nodes that it may not touch never says that it ended.
    if (!isMoving || mine.some(isWaiting) || Date.now() > deadline) return
  }
}

function idOf({ deployed }: Cluster, service: string): string {
  const found = deployed.find(({ plan }) => plan.name === service)
  if (!found) throw new Error(`nobody deployed ${service}`)
  return found.id
}

/** Changes a spec as the command line would, past the console. */
async function edit(
  cluster: Cluster,
  action: Extract<ServiceAction, { kind: 'edit' }>,
): Promise<void> {
  const { swarm, deployed } = cluster
  const id = idOf(cluster, action.service)
  const plan = deployed.find((each) => each.id === id)?.plan
  const { Version, Spec } = (await swarm.ask('GET', `/services/${id}`)) as EditedService
  if (!plan) return
  const { TaskTemplate } = specOf(
    { ...plan, ...action.change },
    { NanoCPUs: 0, MemoryBytes: 0 },
  )
  const { constraints, mount } = action.change
  const template = {
    ...Spec.TaskTemplate,
    ...(constraints && {
      Placement: {
        ...Spec.TaskTemplate.Placement,
        Constraints: TaskTemplate.Placement.Constraints,
      },
    }),
    ...(mount !== undefined && {
      ContainerSpec: {
        ...Spec.TaskTemplate.ContainerSpec,
        Mounts: TaskTemplate.ContainerSpec.Mounts,
      },
    }),
  }
  const path = `/services/${id}/update?version=${Version.Index}`
  await swarm.ask('POST', path, { ...Spec, TaskTemplate: template })
  await settled(cluster, action)
}

type EditedService = Service & {
  Spec: { TaskTemplate: { Placement?: object; ContainerSpec?: object } }
}
