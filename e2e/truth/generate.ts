/**
 * A cluster drawn from a seed. Long because every kind of thing that a service can be is drawn
 * here, and in one order: another order would be other clusters under the same seeds.
 */
import { between, chance, pick, type Random, randomOf, some, weighed } from './random.ts'
import type {
  Action,
  Aftermath,
  Labels,
  MountPlan,
  NodeName,
  RestartPlan,
  Scenario,
  ServicePlan,
} from './scenario.ts'

const values = {
  zone: ['a', 'b', 'c'],
  disk: ['ssd', 'hdd'],
  tier: ['front', 'back'],
} as const
type Key = keyof typeof values
const keys: readonly Key[] = ['zone', 'disk', 'tier']

/** What scenarios are drawn for. */
export type Size = {
  nodes: readonly NodeName[]
  /** At the least and at the most. */
  services: readonly [number, number]
  /** How many are tried on one cluster. */
  actions: number
}

export const full: Size = {
  nodes: ['m1', 'w1', 'w2', 'w3', 'w4'],
  services: [9, 14],
  actions: 4,
}

/** The scenario of a seed: always the same one. */
export function scenarioOf(seed: number, size: Size = full): Scenario {
  const random = randomOf(seed)
  const { nodes } = size
  const labels = Object.fromEntries(nodes.map((node) => [node, labelsOf(random)]))
  const services = servicesOf(random, `t${seed}`, size)
  return {
    seed,
    labels,
    services,
    pausedNode: chance(random, 0.15) ? pick(random, nodes) : null,
    actions: actionsOf(random, labels, services, size),
  }
}

const labelsOf = (random: Random): Labels =>
  Object.fromEntries(
    some(random, keys, 0.7).map((key) => [key, pick<string>(random, values[key])]),
  )

/** The crowd of one cluster: most are plain, a few are of the kinds that surprise. */
function servicesOf(random: Random, prefix: string, size: Size): ServicePlan[] {
  const count = between(random, ...size.services)
  const services: ServicePlan[] = []
  const globals = { tasks: 0 }
  for (let index = 0; index < count; index += 1) {
    const mode = modeOf(random, globals)
    services.push(serviceOf(random, `${prefix}-${index}`, mode, index, size))
  }
  return services
}

function modeOf(random: Random, globals: { tasks: number }): ServicePlan['mode'] {
  const mode = weighed(random, [
    [74, 'replicated'],
    [15, 'global'],
    [6, 'replicated-job'],
    [5, 'global-job'],
  ] as const)
  // One of these has a task on every node: a few fill the machine.
  if (mode !== 'global' && mode !== 'global-job') return mode
  globals.tasks += 1
  return globals.tasks > 2 ? 'replicated' : mode
}

function serviceOf(
  random: Random,
  name: string,
  mode: ServicePlan['mode'],
  index: number,
  { nodes }: Size,
): ServicePlan {
  const job = mode === 'replicated-job' || mode === 'global-job'
  const crashing = mode === 'replicated' && chance(random, 0.03)
  const mount = crashing ? null : mountOf(random, name, nodes)
  const behaviour = job
    ? 'job'
    : crashing
      ? 'crash'
      : weighed(random, [
          [mount ? 0 : 6, 'idle'],
          [mount ? 6 : 2, 'store'],
          [1, 'stubborn'],
        ] as const)
  const replicas = crashing ? between(random, 1, 2) : between(random, 1, 5)
  const aftermath: Aftermath =
    job || crashing ? { kind: 'nothing' } : aftermathOf(random, mode, replicas)
  return {
    name,
    mode,
    replicas,
    behaviour,
    constraints: constraintsOf(random, nodes),
    spread: chance(random, 0.1) ? pick(random, keys) : null,
    maxPerNode:
      mode === 'replicated' && chance(random, 0.25) ? between(random, 1, 2) : null,
    hostPort: !job && chance(random, 0.12) ? 20_000 + index : null,
    reserved: reservedOf(random),
    restart: restartOf(random, { job, crashing, mount, aftermath }),
    order: orderOf(random, mode, aftermath),
    mount,
    aftermath,
  }
}

/**
 * A global service whose update halts stops first: where the new task waited beside the old
 * one, nothing would be made anew there, and the truth has no name for that.
 */
function orderOf(
  random: Random,
  mode: ServicePlan['mode'],
  { kind }: Aftermath,
): ServicePlan['order'] {
  const order = chance(random, 0.3) ? 'start-first' : 'stop-first'
  const halts = kind === 'bad-update' || kind === 'stuck-update'
  return mode === 'global' && halts ? 'stop-first' : order
}

function constraintsOf(random: Random, nodes: readonly NodeName[]): string[] {
  if (chance(random, 0.4)) return []
  const count = weighed(random, [
    [75, 1],
    [25, 2],
  ] as const)
  return Array.from({ length: count }, () => constraintOf(random, nodes))
}

function constraintOf(random: Random, nodes: readonly NodeName[]): string {
  const key = pick(random, keys)
  const value = pick<string>(random, values[key])
  return weighed(random, [
    [30, `node.labels.${key}==${value}`],
    [30, `node.labels.${key}!=${value}`],
    [4, `node.labels.${key} == ${value.toUpperCase()}`],
    [13, `node.hostname==${pick(random, nodes)}`],
    [8, `node.hostname!=${pick(random, nodes)}`],
    [6, 'node.role==worker'],
    [3, 'node.role!=worker'],
    [4, 'node.labels.absent!=yes'],
    [2, 'node.platform.os==linux'],
  ])
}

function reservedOf(random: Random): ServicePlan['reserved'] {
  const shares = [0.1, 0.2, 0.35, 0.55, 0.8]
  return weighed(random, [
    [64, { cpu: 0, memory: 0 }],
    [18, { cpu: pick(random, shares), memory: 0 }],
    [18, { cpu: 0, memory: pick(random, shares) }],
  ])
}

function restartOf(
  random: Random,
  {
    job,
    crashing,
    mount,
    aftermath,
  }: {
    job: boolean
    crashing: boolean
    mount: MountPlan | null
    aftermath: Aftermath
  },
): RestartPlan {
  if (job) {
    return { condition: 'on-failure', maxAttempts: 0, window: 0, delay: 1_000 }
  }
  if (crashing) return { condition: 'any', maxAttempts: 0, window: 0, delay: 12_000 }
  if (mount?.kind === 'bind' || aftermath.kind === 'bad-update') {
    // Its failures must be many in a short time, or the swarm takes long to avoid a node.
    return { condition: 'any', maxAttempts: 0, window: 0, delay: 500 }
  }
  const condition = weighed(random, [
    [70, 'any'],
    [18, 'on-failure'],
    [12, 'none'],
  ] as const)
  const maxAttempts = chance(random, 0.3) ? between(random, 1, 3) : 0
  const window = maxAttempts > 0 && chance(random, 0.4) ? pick(random, [1_000, 4_000]) : 0
  return { condition, maxAttempts, window, delay: pick(random, [0, 100, 1_000, 2_000]) }
}

function mountOf(
  random: Random,
  name: string,
  nodes: readonly NodeName[],
): MountPlan | null {
  const source = weighed(random, [
    [70, `${name}-data`],
    [15, `${name}-data-{{.Task.Slot}}`],
    [15, '{{.Service.Name}}-data'],
  ])
  return weighed<() => MountPlan | null>(random, [
    [52, () => null],
    [28, () => ({ kind: 'volume', source })],
    [3, () => ({ kind: 'volatile-volume', source: `${name}-scratch` })],
    [5, () => ({ kind: 'anonymous' })],
    [5, () => ({ kind: 'tmpfs' })],
    [7, () => bindOf(random, name, nodes)],
  ])()
}

function bindOf(random: Random, name: string, nodes: readonly NodeName[]): MountPlan {
  const source = `/opt/truth/${name}`
  const everywhere = chance(random, 0.6)
  const here = some(random, nodes, 0.4)
  const on = everywhere ? nodes : here.length > 0 ? here : [pick(random, nodes)]
  return { kind: 'bind', source, on, everywhere: on.length === nodes.length }
}

function aftermathOf(
  random: Random,
  mode: 'replicated' | 'global',
  replicas: number,
): Aftermath {
  // Where an update halts, some tasks must be left on the spec before.
  const halts = mode === 'global' || (mode === 'replicated' && replicas > 1)
  return weighed<() => Aftermath>(random, [
    [76, () => ({ kind: 'nothing' })],
    [10, () => ({ kind: 'killed', times: between(random, 1, 2) })],
    [
      halts ? 6 : 0,
      () => ({
        kind: 'bad-update',
        what: pick(random, ['image', 'command', 'bind', 'crash']),
      }),
    ],
    [halts ? 4 : 0, () => ({ kind: 'stuck-update', what: pick(random, stuckBy[mode]) })],
    [mode === 'replicated' ? 4 : 0, () => ({ kind: 'scaled', to: between(random, 0, 4) })],
  ])()
}

/** A global service is only taken off the nodes that its new placement leaves out. */
const stuckBy = {
  replicated: ['constraint', 'platform', 'plugin', 'reservation'],
  global: ['plugin', 'reservation'],
} as const

/** Each on what the ones before it left of the labels. */
function actionsOf(
  random: Random,
  initial: Readonly<Record<NodeName, Labels>>,
  services: readonly ServicePlan[],
  size: Size,
): Action[] {
  const labels: Record<NodeName, Labels> = { ...initial }
  const asked = services.flatMap(({ constraints }) =>
    constraints.flatMap((each) => /node\.labels\.(\w+)/.exec(each)?.[1] ?? []),
  )
  return Array.from({ length: size.actions }, () => {
    const node = pick(random, size.nodes)
    const paused = chance(random, 0.12)
    if (chance(random, 0.55)) return { kind: 'drain', node, paused }
    const change = changeOf(random, labels[node] ?? {}, asked)
    const kept = Object.entries(labels[node] ?? {}).filter(
      ([key]) => !change.unset.includes(key),
    )
    labels[node] = { ...Object.fromEntries(kept), ...change.set }
    return { kind: 'labels', node, paused, ...change }
  })
}

/** Prefers keys that some constraint asks for: others move nothing. */
function changeOf(
  random: Random,
  now: Labels,
  asked: readonly string[],
): { set: Labels; unset: readonly string[] } {
  const wanted = keys.filter((key) => asked.includes(key))
  const key =
    chance(random, 0.9) && wanted.length > 0 ? pick(random, wanted) : pick(random, keys)
  const present = now[key]
  if (present === undefined) {
    return { set: { [key]: pick<string>(random, values[key]) }, unset: [] }
  }
  if (chance(random, 0.5)) return { set: {}, unset: [key] }
  const others = values[key].filter((value) => value !== present)
  return { set: { [key]: pick<string>(random, others) }, unset: [] }
}
