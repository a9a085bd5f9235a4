import { between, chance, pick, type Random, randomOf } from './random.ts'

/** Secrets, configs, and services that refer to them, with what happens to each service. */
export type Plan = {
  secrets: readonly string[]
  configs: readonly string[]
  services: readonly Consuming[]
}

export type Consuming = {
  name: string
  mode: 'replicated' | 'global' | 'replicated-job' | 'global-job'
  replicas: number
  order: 'stop-first' | 'start-first'
  /** Its containers do not end when they are told to, and are given long. */
  stubborn: boolean
  /** Of a job: whether its tasks end by themselves. */
  ends: boolean
  uses: Uses
  history: HistoryName
  steps: readonly Step[]
}

export type Uses = { secrets: readonly Use[]; configs: readonly Use[] }

/** One reference, by the name of the object. */
export type Use = { name: string; target: string; uid: string; gid: string; mode: number }

/**
 * One write. `fails`: the new tasks end at once, and the update pauses, or is taken back by
 * the swarm. `stuck`: they fit nowhere, and the others go on as they were.
 */
export type Step =
  /** Hurried: the next step does not wait until this one is done. */
  | { kind: 'swap'; uses: Uses; hurried: boolean }
  | { kind: 'fails'; uses: Uses; how: 'image' | 'crash'; action: 'pause' | 'rollback' }
  | { kind: 'stuck'; uses: Uses }
  /** Of a job: the same, and it runs once more. */
  | { kind: 'again'; uses: Uses }
  | { kind: 'relabel' }
  | { kind: 'scale'; replicas: number }
  | { kind: 'rollback' }
  | { kind: 'remove' }

export type Size = { secrets: number; configs: number; services: number }

type Draw = { random: Random } & Omit<Plan, 'services'>

const none: Uses = { secrets: [], configs: [] }
const swap = (draw: Draw, hurried = false): Step => ({
  kind: 'swap',
  uses: usesOf(draw),
  hurried,
})
const fails = (draw: Draw, action: 'pause' | 'rollback' = 'pause'): Step => ({
  kind: 'fails',
  uses: usesOf(draw),
  how: pick(draw.random, ['image', 'crash'] as const),
  action,
})
const stuck = (draw: Draw): Step => ({ kind: 'stuck', uses: usesOf(draw) })
const drop: Step = { kind: 'swap', uses: none, hurried: false }

/** What may happen to a service. */
const histories = {
  untouched: () => [],
  paused: (draw) => [fails(draw)],
  'paused-twice': (draw) => [fails(draw), fails(draw)],
  'paused-and-relabelled': (draw) => [fails(draw), { kind: 'relabel' }],
  'paused-and-fixed': (draw) => [fails(draw), swap(draw)],
  'paused-and-rolled-back': (draw) => [fails(draw), { kind: 'rollback' }],
  stuck: (draw) => [stuck(draw)],
  'stuck-twice': (draw) => [stuck(draw), stuck(draw)],
  lingering: (draw) => [swap(draw)],
  swapped: (draw) => [swap(draw)],
  'swapped-twice': (draw) => [swap(draw, chance(draw.random, 0.5)), swap(draw)],
  'rolled-back': (draw) => [swap(draw), { kind: 'rollback' }],
  'rolled-back-twice': (draw) => [swap(draw), { kind: 'rollback' }, { kind: 'rollback' }],
  'taken-back': (draw) => [fails(draw, 'rollback')],
  'swapped-and-taken-back': (draw) => [swap(draw), fails(draw, 'rollback')],
  dropped: () => [drop],
  'dropped-and-forgotten': () => [drop, { kind: 'relabel' }],
  'scaled-to-none': () => [{ kind: 'scale', replicas: 0 }],
  'swapped-and-scaled': (draw) => [swap(draw), { kind: 'scale', replicas: 0 }],
  removed: () => [{ kind: 'remove' }],
  'swapped-and-removed': (draw) => [swap(draw, true), { kind: 'remove' }],
} satisfies Record<string, (draw: Draw) => Step[]>

/** In each of these tasks go on from an older spec. They come first, however few there are. */
const halfway: readonly string[] = ['paused', 'lingering', 'stuck-twice']

const jobHistories = {
  // A job that runs goes on with what it started with.
  'job-swapped': (draw) => [swap(draw)],
  'job-again': (draw) => [{ kind: 'again', uses: usesOf(draw) }],
  dropped: () => [drop],
  untouched: () => [],
  removed: () => [{ kind: 'remove' }],
} satisfies Record<string, (draw: Draw) => Step[]>

export type HistoryName = keyof typeof histories | keyof typeof jobHistories

const names = Object.keys(histories) as (keyof typeof histories)[] // Its own keys.
const jobNames = Object.keys(jobHistories) as (keyof typeof jobHistories)[] // The same.

/** The plan of a seed: always the same one. Every history comes once before any twice. */
export function planOf(seed: number, size: Size): Plan {
  const random = randomOf(seed)
  const secrets = namesOf(random, size.secrets)
  // Some are called as a secret is: they are two things all the same.
  const configs = namesOf(random, size.configs).map((own, i) =>
    chance(random, 0.3) ? (secrets[i] ?? own) : own,
  )
  const draw = { random, secrets, configs }
  const deal = deckOf(random)
  const services = Array.from({ length: size.services }, (_, index) =>
    index % 6 === 4 ? jobOf(draw, index) : serviceOf(draw, index, deal()),
  )
  return { secrets, configs, services }
}

function deckOf(random: Random): () => keyof typeof histories {
  const rest = names.filter((name) => !halfway.includes(name))
  const deck = names.filter((name) => halfway.includes(name))
  while (rest.length > 0) deck.push(...rest.splice(between(random, 0, rest.length - 1), 1))
  return () => deck.shift() ?? pick(random, names)
}

function serviceOf(draw: Draw, index: number, history: keyof typeof histories): Consuming {
  const { random } = draw
  const steps: readonly Step[] = histories[history](draw)
  const needsTasks = steps.some(({ kind }) => ['fails', 'stuck', 'rollback'].includes(kind))
  const isScaled = steps.some(({ kind }) => kind === 'scale')
  const order = pick(random, ['stop-first', 'stop-first', 'start-first'] as const)
  const lingers = history === 'lingering'
  const isEmpty = !needsTasks && !lingers && chance(random, 0.15)
  return {
    name: nameOf(index),
    mode: index % 12 === 6 && !isScaled ? 'global' : 'replicated',
    // Of one alone that is stopped first, nothing is left on the older spec.
    replicas: halfway.includes(history) ? 2 : isEmpty ? 0 : between(random, 1, 2),
    order: lingers ? 'start-first' : order,
    stubborn: lingers,
    ends: false,
    uses: usesOf(draw),
    history,
    steps,
  }
}

function jobOf(draw: Draw, index: number): Consuming {
  const { random } = draw
  const history = jobNames[Math.floor(index / 6) % jobNames.length] ?? 'untouched'
  return {
    name: nameOf(index),
    mode: chance(random, 0.3) ? 'global-job' : 'replicated-job',
    replicas: between(random, 1, 2),
    order: 'stop-first',
    stubborn: false,
    ends: chance(random, 0.3),
    uses: usesOf(draw),
    history,
    steps: jobHistories[history](draw),
  }
}

const nameOf = (index: number) => `user-${String(index).padStart(2, '0')}`

/** Some of what there is: a few objects much, some seldom, and some not at all. */
function usesOf({ random, secrets, configs }: Draw): Uses {
  return {
    secrets: someOf(random, secrets, between(random, 1, 4), 'secret'),
    configs: someOf(random, configs, between(random, 0, 2), 'config'),
  }
}

function someOf(random: Random, from: readonly string[], count: number, kind: string) {
  return Array.from({ length: count }, (_, index): Use => {
    const name = from[Math.floor(random() ** 3 * from.length * 0.95)] ?? pick(random, from)
    const file = `${kind}-${index}`
    return {
      name,
      // Twice the same object at times; the same target never: the engine refuses that.
      target: pick(random, [file, `sub.d/${file}`, `/opt/${file}`]),
      uid: pick(random, ['0', '0', '1000', '65534']),
      gid: pick(random, ['0', '0', '1000']),
      mode: pick(random, [0o444, 0o444, 0o440, 0o400, 0o600, 0o777, 0o000]),
    }
  })
}

function namesOf(random: Random, count: number): string[] {
  const words = ['db', 'tls.key', 'api-token', 'nginx.conf', 'SMTP', 'oauth_2']
  const versions = ['', '_v1', '_v2', '-v2', '.3', '_2024_11', '-2024q3', '_a1b2c3d']
  return Array.from(
    { length: count },
    (_, index) => `${pick(random, words)}_${index}${pick(random, versions)}`,
  )
}
