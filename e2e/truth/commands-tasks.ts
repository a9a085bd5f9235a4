import { join } from 'node:path'
import { isLive, isRunning, type Task } from './engine.ts'
import type { NodeName } from './scenario.ts'
import type { Setting } from './setting.ts'

/** Where a task keeps what it writes, and the mark that lies there. */
export type Held = {
  /** Names the place as the spec of the task does; the same on every node. */
  place: string
  /** Whether what is there goes with the task, on the same node too. */
  goes: boolean
  /** Whether anybody would miss it. */
  matters: boolean
  /** Null: nothing is marked there. */
  mark: string | null
}

/** A task that the swarm wants to run. */
export type Standing = {
  id: string
  service: string
  /** Names its slot, or its node where each node has one. */
  slot: string
  /** Null while it is on none. */
  node: NodeName | null
  runs: boolean
  /** Null where it mounts nothing, or does not run. */
  held: Held | null
}

type RawMount = {
  Type: string
  Source?: string
  Target: string
  VolumeOptions?: { DriverConfig?: { Options?: object } } | null
}

type RawTask = Task & { Spec: { ContainerSpec?: { Mounts?: RawMount[] | null } } }

const marker = '.truth'

/**
 * The tasks of these services as they are now, with what each of them finds where it writes:
 * seen from inside its container, whatever kind of mount it is.
 * @param services names by id
 */
export async function standingsOf(
  setting: Setting,
  services: ReadonlyMap<string, string>,
): Promise<Standing[]> {
  const tasks = (await liveTasks(setting)).filter(({ ServiceID }) =>
    services.has(ServiceID),
  )
  const marks = await marksOf(setting, tasks)
  return tasks.map((task) => {
    const node = setting.names.get(task.NodeID ?? '') ?? null
    const mount = mountOf(task)
    const runs = isRunning(task)
    return {
      id: task.ID,
      service: services.get(task.ServiceID) ?? '',
      slot: task.Slot ? String(task.Slot) : (node ?? ''),
      node,
      runs,
      held: runs && mount ? heldIn(mount, marks.get(task.ID) ?? null) : null,
    }
  })
}

/** Marks what each task has written, unless it is marked: a mark is kept as data is. */
export async function markAll(setting: Setting): Promise<void> {
  const lines = (await liveTasks(setting)).flatMap((task) => {
    const file = fileOf(task)
    const node = setting.names.get(task.NodeID ?? '')
    if (file === null || node === undefined) return []
    return { node, line: `[ -e ${file} ] || echo ${node}-${task.ID} >${file}` }
  })
  await runOn(setting, lines)
}

const liveTasks = async ({ swarm }: Setting): Promise<RawTask[]> =>
  ((await swarm.tasks()) as RawTask[]).filter(isLive) // The engine's own answer.

/** By the id of the task; of those that run and mount something. */
async function marksOf(
  setting: Setting,
  tasks: readonly RawTask[],
): Promise<ReadonlyMap<string, string>> {
  const lines = tasks.flatMap((task) => {
    const file = fileOf(task)
    const node = setting.names.get(task.NodeID ?? '')
    if (file === null || node === undefined) return []
    return { node, line: `[ ! -e ${file} ] || echo ${task.ID} "$(cat ${file})"` }
  })
  const answers = await runOn(setting, lines)
  const pairs = answers.flatMap((answer) =>
    answer.split('\n').flatMap((line) => {
      const [id, mark] = line.split(' ')
      return id && mark ? [[id, mark] as const] : []
    }),
  )
  return new Map(pairs)
}

/** The marker as the node sees it, through the root of the container's first process. */
function fileOf(task: RawTask): string | null {
  const pid = task.Status.ContainerStatus?.PID
  const mount = mountOf(task)
  if (!isRunning(task) || !pid || !mount) return null
  return `/proc/${pid}/root${mount.Target}/${marker}`
}

const mountOf = ({ Spec }: RawTask): RawMount | null =>
  Spec.ContainerSpec?.Mounts?.[0] ?? null

function heldIn(
  { Type, Source, Target, VolumeOptions }: RawMount,
  mark: string | null,
): Held {
  const isVolatile = VolumeOptions?.DriverConfig?.Options !== undefined
  return {
    place: `${Type} ${Source ?? ''}`,
    goes: Type === 'tmpfs' || !Source || isVolatile,
    matters: Type !== 'tmpfs' && !isVolatile && !Target.includes('/cache'),
    mark,
  }
}

const runOn = (
  { lab }: Setting,
  lines: readonly { node: NodeName; line: string }[],
): Promise<string[]> =>
  Promise.all(
    [...Map.groupBy(lines, ({ node }) => node)].map(([node, mine]) =>
      lab.inside(node, 'sh', '-c', `${mine.map(({ line }) => line).join('\n')}\n:`),
    ),
  )

/** The marks that lie on the nodes, in volumes and paths, whether or not a task has them. */
export async function marksOnDisk({ lab, nodes }: Setting): Promise<ReadonlySet<string>> {
  const found = await Promise.all(
    [...nodes.keys()].map((node) => {
      const volumes = join(lab.dir, 'nodes', node, 'data/volumes')
      const files = `${volumes}/*/_data/${marker} /opt/truth/*/${marker}`
      return lab.inside(node, 'sh', '-c', `cat ${files} 2>/dev/null; :`)
    }),
  )
  return new Set(found.flatMap((text) => text.split('\n').filter(Boolean)))
}
