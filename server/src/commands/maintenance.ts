import { randomUUID } from 'node:crypto'
import type { Maintenance, MaintenanceTick } from '@skep/shared/contract/maintenance'
import type { FastifyBaseLogger } from 'fastify'
import { instant } from '../domain/instant.ts'
import { followed, plannedSteps } from '../domain/maintenance.ts'
import { nodeNames, serviceNamed } from '../domain/names.ts'
import type { Tracking } from '../domain/tracking.ts'
import type { Memory } from '../memory/memory.ts'
import { clock } from '../mirror/clock.ts'
import type { Mirror } from '../mirror/mirror.ts'
import { actionEntry } from './action-entry.ts'
import { noSuchNode, noSuchService } from './missing.ts'
import { Refusal } from './refusal.ts'
import { createTurns } from './turns.ts'

/**
 * Work on nodes in the guided order. It commands nothing: every step is an ordinary command
 * of its own, or a person's word; this follows how far it came, and keeps the proof. Long
 * because whatever changes a maintenance takes its turn with whatever looks at it.
 */
export type MaintenanceDesk = {
  /** The one that is open on a node, or the last that ended; null where there was none. */
  ofNode(node: string): Promise<Maintenance | null>
  /** @throws Refusal: 404 no such node or service, 409 one is open already */
  begin(node: string, services: readonly string[], actor: string): Promise<Maintenance>
  /** What a person did or saw. @throws Refusal */
  tick(id: string, told: MaintenanceTick, actor: string): Promise<Maintenance>
  /** @throws Refusal: 409 where steps are missing and it is called finished */
  end(id: string, as: 'finished' | 'abandoned', actor: string): Promise<Maintenance>
  get(id: string): Promise<Maintenance>
  start(): Promise<void>
  stop(): void
}

type Deps = { mirror: Mirror; memory: Memory<Tracking>; log: FastifyBaseLogger }

/** How often what the swarm shows is looked at for it, in milliseconds. */
const revisit = 1_000

/** How soon an absent memory is asked again, in milliseconds. */
const retryAfter = 10_000

export function createMaintenanceDesk({ mirror, memory, log }: Deps): MaintenanceDesk {
  const open = new Map<string, Maintenance>()
  /** Those that changed since they were written down, with what the journal is to tell. */
  const unkept = new Map<string, readonly string[]>()
  const inTurn = createTurns()
  let timer: NodeJS.Timeout | undefined
  let retry: NodeJS.Timeout | undefined

  const now = () => clock.ofManagers(mirror.state())

  let isTakenUp = false

  /** What was open when the console last ended; the memory may be away for a while. */
  async function takeUp() {
    try {
      for (const one of await memory.maintenance.open()) open.set(one.id, one)
      isTakenUp = true
    } catch (err) {
      log.warn({ err }, 'what is open on nodes is not known yet')
    }
  }

  /** Looks at one that is open, and writes down what became different. */
  async function look(id: string) {
    const before = open.get(id)
    if (!before) return
    const after = followed(before, mirror.state(), now())
    if (JSON.stringify(after) === JSON.stringify(before)) return
    open.set(id, after)
    const ends = after.endedAt === null ? [] : [endWords(after)]
    unkept.set(id, [...(unkept.get(id) ?? []), ...newlyDone(before, after), ...ends])
    await keep(id)
  }

  /** Writes down how one stands. What fails is tried again, so nothing seen gets lost. */
  async function keep(id: string) {
    const one = open.get(id)
    if (!one) return
    await memory.maintenance.save(one)
    const told = unkept.get(id) ?? []
    unkept.delete(id)
    if (one.endedAt !== null) open.delete(id)
    for (const sentence of told) await tell(one, sentence)
  }

  /** Does this to each of them in its turn, beside what people do to it. */
  const each = (ids: Iterable<string>, work: (id: string) => Promise<void>) =>
    Promise.all(
      [...ids].map((id) =>
        inTurn(id, () => work(id)).catch((err) =>
          log.error({ err }, 'a maintenance was not kept'),
        ),
      ),
    )

  let isLooking = false

  async function lookAtAll() {
    if (isLooking) return
    isLooking = true
    await each(open.keys(), look)
    isLooking = false
  }

  const tell = (
    { node, actor }: Maintenance,
    sentence: string,
    who: string | null = actor,
  ) => memory.journal.append(actionEntry({ kind: 'node', name: node }, sentence, who))

  async function find(id: string): Promise<Maintenance> {
    const found = open.get(id) ?? (await memory.maintenance.get(id))
    if (found) return found
    throw new Refusal({
      status: 404,
      code: 'no-such-maintenance',
      title: 'There is no such maintenance.',
      next: 'Begin one on the page of the node.',
    })
  }

  async function findOpen(id: string): Promise<Maintenance> {
    const found = await find(id)
    if (found.endedAt === null) return found
    throw new Refusal({
      status: 409,
      code: 'maintenance-ended',
      title: `The maintenance of ${found.node} has ended.`,
      next: 'Begin another one for what is still to do.',
    })
  }

  const idOf = (name: string): string => {
    const { nodes } = mirror.state()
    const found = [...nodeNames(nodes)].find(([, known]) => known === name)
    if (found) return found[0]
    throw noSuchNode(mirror.state(), name)
  }

  const openOn = (nodeId: string) =>
    [...open.values()].find((one) => one.nodeId === nodeId && one.endedAt === null) ?? null

  async function begin(node: string, names: readonly string[], actor: string) {
    const nodeId = idOf(node)
    // Also one that another console began, or that was not taken up yet.
    const [last] = await memory.maintenance.ofNode(nodeId, 1)
    if (openOn(nodeId) || last?.endedAt === null) {
      throw new Refusal({
        status: 409,
        code: 'maintenance-open',
        title: `A maintenance of ${node} is open already.`,
        next: 'Go on with it, or end it first.',
      })
    }
    const services = names.map((name) => replicasOf(name, mirror))
    const planned: Maintenance = {
      id: randomUUID(),
      node,
      nodeId,
      actor,
      startedAt: instant(clock.now()),
      endedAt: null,
      ended: null,
      services,
      steps: plannedSteps(node, services),
      sentence: '',
    }
    const begun = followed(planned, mirror.state(), now())
    await memory.maintenance.save(begun)
    open.set(begun.id, begun)
    await tell(begun, `Maintenance of ${node} begins`)
    return begun
  }

  async function tick(id: string, { step, done, note }: MaintenanceTick, actor: string) {
    const before = await findOpen(id)
    const found = before.steps.find((one) => one.id === step)
    if (!found) throw noSuchStep(before, step)
    const at = instant(now())
    const steps = before.steps.map((one) =>
      one !== found
        ? one
        : done
          ? { ...one, doneAt: at, actor, note: note ?? null }
          : { ...one, doneAt: null, actor: null, note: null },
    )
    const after = followed({ ...before, steps }, mirror.state(), now())
    await memory.maintenance.save(after)
    if (after.endedAt === null) open.set(id, after)
    else open.delete(id)
    const what = done ? 'ticked off' : 'no longer ticked off'
    await tell(after, `Maintenance of ${after.node}: ${found.title}, ${what}`, actor)
    return after
  }

  async function end(id: string, as: 'finished' | 'abandoned', actor: string) {
    const before = followed(await findOpen(id), mirror.state(), now())
    const missing = before.steps.filter(({ state }) => state !== 'done')
    if (as === 'finished' && missing.length > 0) {
      throw new Refusal({
        status: 409,
        code: 'steps-missing',
        title: `Not every step is done: ${missing.map(({ title }) => title).join(', ')}.`,
        next: 'Do them, or end the maintenance as abandoned.',
      })
    }
    const ended = { ...before, ended: as, endedAt: instant(now()) }
    await memory.maintenance.save(ended)
    open.delete(id)
    for (const sentence of unkept.get(id) ?? []) await tell(ended, sentence)
    unkept.delete(id)
    await tell(ended, `Maintenance of ${ended.node} is ${as}`, actor)
    return ended
  }

  return {
    async ofNode(node) {
      const nodeId = idOf(node)
      const going = openOn(nodeId)
      if (going) return going
      const [last = null] = await memory.maintenance.ofNode(nodeId, 1)
      return last
    },
    begin: (node, names, actor) => inTurn(node, () => begin(node, names, actor)),
    tick: (id, told, actor) => inTurn(id, () => tick(id, told, actor)),
    end: (id, as, actor) => inTurn(id, () => end(id, as, actor)),
    get: find,
    async start() {
      await takeUp()
      timer = setInterval(() => void lookAtAll(), revisit).unref()
      retry = setInterval(() => {
        void (isTakenUp || takeUp())
        void each(unkept.keys(), keep)
      }, retryAfter).unref()
    },
    stop: () => {
      clearInterval(timer)
      clearInterval(retry)
    },
  }
}

function replicasOf(name: string, mirror: Mirror): Maintenance['services'][number] {
  const service = serviceNamed(mirror.state(), name)
  if (!service) throw noSuchService(mirror.state(), name)
  if (service.mode.kind !== 'replicated') {
    throw new Refusal({
      status: 422,
      code: 'not-replicated',
      title: `${name} has no number of replicas that could be set to 0.`,
      next: 'Leave it out: a drain stops its task on this node.',
    })
  }
  return { service: name, replicas: service.mode.replicas }
}

const noSuchStep = ({ node }: Maintenance, step: string): Refusal =>
  new Refusal({
    status: 422,
    code: 'no-such-step',
    title: `The maintenance of ${node} has no step ${step}.`,
    next: 'See its steps, and name one that a person ticks off.',
  })

const endWords = ({ node, ended, sentence }: Maintenance): string =>
  `Maintenance of ${node} is ${ended ?? 'ended'}: ${sentence}`

const newlyDone = (before: Maintenance, after: Maintenance): string[] =>
  after.steps.flatMap((step, i) =>
    step.state === 'done' && before.steps[i]?.state !== 'done'
      ? [`Maintenance of ${after.node}: ${step.title}, done. ${step.sentence}`]
      : [],
  )
