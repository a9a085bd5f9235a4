import { between, chance, pick, type Random, randomOf, weighed } from './random.ts'
import type { Labels, MountPlan, NodeName, Scenario, ServicePlan } from './scenario.ts'

/** What is asked of one service. */
export type ServiceAction = { service: string } & (
  | { kind: 'restart' | 'rollback' | 'remove' }
  | { kind: 'image'; tag: string }
  | { kind: 'scale'; replicas: number }
  /** Past the console, and not judged: a rollback comes back from it. */
  | { kind: 'edit'; change: Partial<Pick<ServicePlan, 'constraints' | 'mount'>> }
)

/** A cluster of services that stay as they are, and what is asked of them, in order. */
export type CommandScenario = Omit<Scenario, 'actions'> & {
  actions: readonly ServiceAction[]
}

const nodes: readonly NodeName[] = ['m1', 'w1', 'w2', 'w3', 'w4']
const zones = ['a', 'b'] as const

/** How many actions are judged on one cluster, at the least. */
const judgedActions = 10

/** The scenario of a seed: always the same one. */
export function commandScenarioOf(seed: number): CommandScenario {
  const random = randomOf(seed)
  const labels = Object.fromEntries(
    nodes.map((node): [NodeName, Labels] => [node, { zone: pick(random, zones) }]),
  )
  const services: ServicePlan[] = []
  const actions: ServiceAction[] = []
  const isJudged = ({ kind }: ServiceAction) => kind !== 'edit'
  while (actions.filter(isJudged).length < judgedActions) {
    const globals = services.filter(({ mode }) => mode === 'global').length
    const plan = serviceOf(random, `c${seed}-${services.length}`, globals, services.length)
    services.push(plan)
    actions.push(...scriptOf(random, plan))
  }
  return {
    seed,
    labels,
    services,
    pausedNode: chance(random, 0.3) ? pick(random, nodes) : null,
    actions,
  }
}

function serviceOf(
  random: Random,
  name: string,
  globals: number,
  index: number,
): ServicePlan {
  const mode = globals < 2 && chance(random, 0.15) ? 'global' : 'replicated'
  const mount = mountOf(random, name, mode)
  const isCapped = mode === 'replicated' && chance(random, 0.2)
  return {
    name,
    mode,
    replicas: weighed(random, [
      [45, 1],
      [30, 2],
      [25, 3],
    ] as const),
    behaviour: mount ? 'store' : 'idle',
    constraints: constraintsOf(random),
    spread: null,
    maxPerNode: isCapped ? 1 : null,
    hostPort: chance(random, 0.2) ? 21_000 + index : null,
    reserved: { cpu: chance(random, 0.12) ? 0.55 : 0, memory: 0 },
    restart: { condition: 'any', maxAttempts: 0, window: 0, delay: 500 },
    order: chance(random, 0.35) ? 'start-first' : 'stop-first',
    parallelism: weighed(random, [
      [75, 1],
      [15, 2],
      [10, 0],
    ] as const),
    mount,
    aftermath: chance(random, 0.1)
      ? { kind: 'killed', times: between(random, 1, 2) }
      : { kind: 'nothing' },
  }
}

const constraintsOf = (random: Random): string[] =>
  weighed<() => string[]>(random, [
    [30, () => []],
    [35, () => [`node.hostname==${pick(random, nodes)}`]],
    [25, () => [`node.labels.zone==${pick(random, zones)}`]],
    [10, () => ['node.role==worker']],
  ])()

/** Where data is, where it may be, and where nobody would miss it. */
const targets = [
  [60, '/data'],
  [25, '/app/things'],
  [15, '/var/cache/app'],
] as const

function mountOf(
  random: Random,
  name: string,
  mode: ServicePlan['mode'],
): MountPlan | null {
  const source = weighed(random, [
    [65, `${name}-data`],
    [mode === 'global' ? 0 : 15, `${name}-data-{{.Task.Slot}}`],
    [10, '{{.Service.Name}}-data'],
    [10, `${name}-on-{{.Node.Hostname}}`],
  ])
  const target = weighed<string>(random, targets)
  return weighed<MountPlan | null>(random, [
    [8, null],
    [64, { kind: 'volume', source, target }],
    [10, { kind: 'bind', source: `/opt/truth/${name}`, on: nodes, everywhere: true }],
    [9, { kind: 'anonymous' }],
    [5, { kind: 'tmpfs' }],
    [4, { kind: 'volatile-volume', source: `${name}-scratch` }],
  ])
}

/** What is asked of one service: most is only to be understood with what came before. */
function scriptOf(random: Random, plan: ServicePlan): ServiceAction[] {
  const service = plan.name
  const { replicas } = plan
  const counted = plan.mode === 'replicated' ? 1 : 0
  const more = replicas + between(random, 1, 2)
  const fewer = between(random, 1, Math.max(1, replicas - 1))
  const restart = { service, kind: 'restart' } as const
  const rollback = { service, kind: 'rollback' } as const
  const remove = { service, kind: 'remove' } as const
  const image = { service, kind: 'image', tag: pick(random, ['v2', 'v3']) } as const
  const edit = { service, kind: 'edit', change: changeOf(random, plan) } as const
  const scale = (to: number) => ({ service, kind: 'scale', replicas: to }) as const
  return weighed<ServiceAction[]>(random, [
    [18, [restart]],
    [12, [restart, restart]],
    [8, [image]],
    [12, [image, rollback]],
    [counted * 8, [scale(more)]],
    [counted * 8, [scale(more), replicas > 1 ? scale(fewer) : rollback]],
    [counted * 16, [scale(0), scale(replicas)]],
    [counted * 6, [restart, scale(0), rollback]],
    [counted * 4, [scale(0), image, scale(replicas)]],
    [14, [edit, rollback]],
    [8, [edit, restart]],
    [counted * 8, [scale(0), edit, scale(replicas)]],
    [6, [edit, { ...edit, change: changeOf(random, plan) }, restart]],
    [5, [remove]],
    [5, [restart, remove]],
  ])
}

/** Another place for its tasks, or another one for what they keep. */
function changeOf(
  random: Random,
  { name, mount }: ServicePlan,
): Partial<Pick<ServicePlan, 'constraints' | 'mount'>> {
  const other: MountPlan = { kind: 'volume', source: `${name}-other`, target: '/data' }
  return weighed<() => Partial<Pick<ServicePlan, 'constraints' | 'mount'>>>(random, [
    [50, () => ({ constraints: constraintsOf(random) })],
    [30, () => ({ mount: other })],
    [mount === null ? 0 : 20, () => ({ mount: null })],
  ])()
}
