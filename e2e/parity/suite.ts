import { events } from './calls/events.ts'
import { logs } from './calls/logs.ts'
import { networks, volumes } from './calls/networks.ts'
import { nodes } from './calls/nodes.ts'
import { refusedServices, takenServices } from './calls/service-create.ts'
import { fullServices } from './calls/service-full.ts'
import { serviceLists, serviceWrites } from './calls/service-write.ts'
import { stored } from './calls/stored.ts'
import { system, worker } from './calls/system.ts'
import { tasks } from './calls/tasks.ts'
import { versions } from './calls/versions.ts'
import { dockerSession, sessions } from './docker.ts'
import type { Observation, Observations } from './observation.ts'
import { orderLines } from './order.ts'
import { Recorder } from './recorder.ts'
import { Session } from './session.ts'
import { everywhere, jobs, restarts, scaled } from './stories/lives.ts'
import { autolock } from './stories/lock.ts'
import { leaderChange } from './stories/managers.ts'
import { unfit, unplaced } from './stories/misfits.ts'
import { drain, powerCut } from './stories/nodes.ts'
import { leaderAlone, quorumLost } from './stories/quorum.ts'
import { last, promotion, spared } from './stories/roles.ts'
import type { Stage } from './stories/story.ts'
import {
  crashing,
  crashingLate,
  failing,
  failingRollback,
  rolledBack,
  superseded,
  waves,
} from './stories/updates.ts'
import type { Machine, Target } from './target.ts'

type Part = [name: string, play: (stage: Stage) => Promise<void>]

const calls: Part[] = [
  ['system', ({ session }) => system(session)],
  ['versions', ({ session }) => versions(session)],
  ['worker', ({ session }) => worker(session)],
  ['nodes', ({ session }) => nodes(session)],
  ['services that are refused', ({ session }) => refusedServices(session)],
  ['services with ports', ({ session }) => takenServices(session)],
  ['services that say all', ({ session }) => fullServices(session)],
  ['service updates', ({ session }) => serviceWrites(session)],
  ['service lists', ({ session }) => serviceLists(session)],
  ['tasks', ({ session }) => tasks(session)],
  ['secrets', ({ session }) => stored(session, 'secret')],
  ['configs', ({ session }) => stored(session, 'config')],
  ['networks', ({ session }) => networks(session)],
  ['volumes', ({ session }) => volumes(session)],
  ['events', ({ session }) => events(session)],
  ['logs', ({ session }) => logs(session)],
]

const docker = sessions.map(
  (name): Part => [`docker ${name}`, (stage) => dockerSession(stage, name)],
)

const stories: Part[] = [
  ['rollout stop-first', (stage) => waves(stage, 'stop-first')],
  ['rollout start-first', (stage) => waves(stage, 'start-first')],
  ['failing update, pause', (stage) => failing(stage, 'pause')],
  ['failing update, continue', (stage) => failing(stage, 'continue')],
  ['failing update, rollback', (stage) => failing(stage, 'rollback')],
  ['crashing update', crashing],
  ['update that crashes late', crashingLate],
  ['failing rollback', failingRollback],
  ['rollback by hand', rolledBack],
  ['superseded', superseded],
  ['scaled', scaled],
  ['restarts', restarts],
  ['global', everywhere],
  ['jobs', jobs],
  ['unfit', unfit],
  ['unplaced', unplaced],
]

/** What the machines go through: whatever runs or waits at that time would feel it. */
const alone: Part[] = [
  ['drain', drain],
  ['power cut', powerCut],
  ['leader change', leaderChange],
  ['roles, promotion', promotion],
  ['roles, spared', spared],
  ['roles, the last manager', last],
  ['autolock', autolock],
]

/** Alone as well, and each of them takes a minute. */
const long: Part[] = [
  ['quorum lost', quorumLost],
  ['quorum lost, the leader stays', leaderAlone],
]

/** How many parts are played at the same time: more, and tasks come late on two cores. */
const TOGETHER = 8

/**
 * Plays every call and every story to a swarm of five machines, and answers what it said and
 * did. A part that breaks off is told by its name, so that it is found missing.
 * @param only parts whose name holds this text
 * @param isBrief without the parts that take long
 */
export async function observe(
  target: Target,
  { only = '', isBrief = false }: { only?: string; isBrief?: boolean } = {},
): Promise<Observations> {
  const notes = new Map<string, Observation>()
  const recorder = new Recorder(target)
  const off = new Set<Machine>()
  const session = new Session(watched(target, off), notes)
  const stage = { session, recorder }
  const wanted = (parts: Part[]) => parts.filter(([name]) => name.includes(only))
  recorder.start()
  try {
    await play(wanted([...calls, ...docker, ...stories]), stage, notes)
    const oneByOne = isBrief ? alone : [...alone, ...long]
    for (const part of wanted(oneByOne)) await play([part], stage, notes)
    notes.set('story: states of each task, in order', orderLines(recorder.tasks))
    if (only === '') notes.set('story: all words for the states of tasks', wordsOf(stage))
  } finally {
    await recorder.stop()
    // A part that broke off has not done this itself.
    for (const machine of off)
      await attempt(`power: ${machine}`, stage, notes, () => target.powerOn(machine))
    await attempt('tidying up', stage, notes, () => session.tidy())
  }
  return notes
}

/** The same target; `off` is told which of its machines are. */
const watched = (target: Target, off: Set<Machine>): Target => ({
  ...target,
  cutPower: async (machine) => {
    off.add(machine)
    await target.cutPower(machine)
  },
  powerOn: async (machine) => {
    await target.powerOn(machine)
    off.delete(machine)
  },
})

/** Does it, or tells under its name that it broke off, and why. */
async function attempt(
  name: string,
  { session }: Stage,
  notes: Map<string, Observation>,
  act: () => Promise<void>,
): Promise<void> {
  try {
    await act()
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    notes.set(name, [`broke off on ${session.target.name}: ${why}`])
  }
}

async function play(parts: Part[], stage: Stage, notes: Map<string, Observation>) {
  const waiting = [...parts]
  const next = async (): Promise<void> => {
    for (let part = waiting.shift(); part; part = waiting.shift()) {
      const [name, tell] = part
      await attempt(`part: ${name}`, stage, notes, () => tell(stage))
    }
  }
  await Promise.all(Array.from({ length: TOGETHER }, next))
}

const wordsOf = ({ session, recorder }: Stage): string[] =>
  [...recorder.words]
    .map((words) => session.words(words))
    // These are over in a moment, or an accident: whether they are seen is chance.
    .filter((words) => !/^(?:new|accepted) |resolving controller failed/.test(words))
    .sort()
