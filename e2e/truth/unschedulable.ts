import type { FilterId, Placement } from '@skep/shared/contract/placement'
import { api } from '@skep/shared/paths'
import type { Console } from '../console.ts'
import { type Lab, until } from '../lab/lab.ts'
import { Engine, isWaiting } from './engine.ts'
import { randomOf } from './random.ts'
import { type Ground, type ServiceSpec, turnOf } from './unschedulable-plan.ts'
import { restored, settled, snapshot, stage } from './unschedulable-stage.ts'

type Asked = { lab: Lab; skep: Console; seed: number; cases: number }
type Judgement = { cases: number; agreed: number; differences: string[] }

const network = 'placement-net'
const perTurn = 32

/**
 * Asks a swarm for what it cannot place, again and again, and compares what the engine says
 * of each task that waits with what the console says of its service. Uses every node of the
 * lab, m1 as the one to ask, and leaves it as it was. A case is a service with tasks that
 * wait; it agrees when each of them is told the same, to the letter.
 */
export async function judgeUnschedulable(asked: Asked): Promise<Judgement> {
  const { lab, skep, seed, cases } = asked
  const random = randomOf(seed)
  const engine = new Engine(lab.socket('m1'))
  const judgement: Judgement = { cases: 0, agreed: 0, differences: [] }
  const ground = await groundOf(engine)
  try {
    for (let turn = 1; judgement.cases < cases; turn += 1) {
      const plan = turnOf(random, ground, perTurn)
      await stage(lab, engine, plan)
      const all = await judged(engine, skep, plan.asking)
      for (const { spec, told } of all.slice(0, cases - judgement.cases)) {
        judgement.cases += 1
        if (told.length === 0) judgement.agreed += 1
        const where = `seed ${seed}, turn ${turn}, ${JSON.stringify(spec)}`
        judgement.differences.push(...told.map((one) => `${one} (${where})`))
      }
      await restored(lab, engine, ground)
    }
  } finally {
    await restored(lab, engine, ground)
    await until(() => engine.ask('DELETE', `/networks/${network}`).then(() => true), {
      what: `${network} to be free`,
      timeout: 60_000,
    })
    engine.close()
  }
  return judgement
}

type RawNode = {
  ID: string
  Description: {
    Hostname: string
    Resources: { NanoCPUs: number; MemoryBytes: number }
  }
  Status: { Addr: string }
  Spec: { Role: string }
}

async function groundOf(engine: Engine): Promise<Ground> {
  await engine.ask('POST', '/networks/create', { Name: network, Driver: 'overlay' })
  const nodes = (await engine.ask('GET', '/nodes')) as RawNode[] // The engine's own type.
  const [one] = nodes
  if (!one) throw new Error('there are no nodes')
  return {
    nodes: nodes
      .map(({ ID, Description, Status, Spec }) => ({
        name: Description.Hostname,
        id: ID,
        address: Status.Addr,
        worker: Spec.Role === 'worker',
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    cpus: one.Description.Resources.NanoCPUs,
    memory: one.Description.Resources.MemoryBytes,
    network,
  }
}

type Judged = { spec: ServiceSpec; told: string[] }

/** Judged in a state that was the same before and after, so that nobody speaks of another. */
async function judged(
  engine: Engine,
  skep: Console,
  specs: readonly ServiceSpec[],
): Promise<Judged[]> {
  for (let attempt = 1; attempt <= 10; attempt += 1) {
    const before = await settled(engine)
    const all: Judged[] = []
    for (const spec of specs) {
      const told = await differences(engine, skep, spec.Name)
      if (told !== null) all.push({ spec, told })
    }
    if ((await snapshot(engine)) === before) return all
  }
  throw new Error('the swarm does not come to rest')
}

/** What the console tells otherwise than the engine; null where no task waits. */
const differences = (
  engine: Engine,
  skep: Console,
  name: string,
): Promise<string[] | null> =>
  until(
    async () => {
      const waiting = await waitingOf(engine, name)
      if (waiting.length === 0) return { told: null }
      const answer = await fetch(skep.url + api.servicePlacement(name))
      const seen = (await answer.json()) as Placement // The console checks its answers.
      const heard = seen.pending.map(({ task, engine }) => `${task}: ${engine}`).sort()
      // What it has not heard of yet it cannot explain.
      if (heard.join('\n') !== waiting.join('\n')) {
        throw new Error(`it knows ${heard.join()}, and the engine ${waiting.join()}`)
      }
      return { told: disagreements(seen) }
    },
    { what: `the console to hear of what waits of ${name}`, timeout: 30_000 },
  ).then(({ told }) => told)

async function waitingOf(engine: Engine, name: string): Promise<string[]> {
  const service = (await engine.services()).find(({ Spec }) => Spec.Name === name)
  return (await engine.tasks())
    .filter((task) => task.ServiceID === service?.ID && isWaiting(task))
    .map(({ ID, Status }) => `${ID}: ${Status.Err}`)
    .sort()
}

const disagreements = (seen: Placement): string[] =>
  seen.pending.flatMap(({ slot, engine, agrees }) => {
    const ours = textFor(seen, slot)
    if (ours === engine && agrees) return []
    return [
      `${seen.service} ${slot}: the engine says '${engine}', the console '${ours}' (${agrees})`,
    ]
  })

/** Of a global service, what the console says of the node of the task. */
function textFor({ mode, explanation, nodes }: Placement, slot: string): string | null {
  if (mode === 'anywhere') return explanation
  const first = nodes.find(({ node }) => node === slot)?.first
  return first ? ofOne[first] : null
}

/** The engine's words for one node, kept here a second time: the console's are on trial. */
const ofOne: Readonly<Record<FilterId, string>> = {
  ready: '1 node not available for new tasks',
  resources: 'insufficient resources on 1 node',
  plugins: 'missing plugin on 1 node',
  constraints: 'scheduling constraints not satisfied on 1 node',
  platform: 'unsupported platform on 1 node',
  'host-port': 'host-mode port already in use on 1 node',
  'max-replicas': 'max replicas per node limit exceed',
  volumes: 'cannot fulfill requested CSI volume mounts on 1 node',
}
