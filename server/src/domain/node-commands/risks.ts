import type { AffectedTask, ServiceDip } from '@skep/shared/contract/node-preview'
import type { Check, Reference } from '@skep/shared/contract/preview'
import { info, warn } from '../commands/check.ts'
import { counted } from '../words.ts'
import type { Situation } from './facts.ts'
import type { Leaving } from './leaving.ts'
import type { NodePlan } from './plan.ts'
import { anewAmong } from './words.ts'

export const thisNode = ({ name }: Situation): Reference[] => [{ kind: 'node', name }]

export const services = (names: Iterable<string>): Reference[] =>
  [...new Set(names)].sort().map((name) => ({ kind: 'service', name }))

/**
 * What tasks that leave a node put at risk: each thing once, with whom it concerns.
 * @param leaving why each of them leaves
 */
export function risks(
  on: Situation,
  tasks: readonly AffectedTask[],
  dips: readonly ServiceDip[],
  leaving: readonly Leaving[],
): Check[] {
  const { anew, evicted } = anewAmong(tasks, leaving)
  const of = (test: (task: AffectedTask) => boolean) => evicted.filter(test)
  const about = (found: readonly AffectedTask[]) =>
    services(found.map(({ service }) => service))
  const say = (id: string, found: readonly AffectedTask[], sentence: string): Check[] =>
    found.length > 0 ? [warn(id, sentence, about(found))] : []

  const empty = of((task) => missesData(task) && leaves(task.outcome))
  const lost = [
    ...of((task) => missesData(task) && !leaves(task.outcome)),
    ...anew.filter(missesData),
  ]
  const doubtful = anew.filter(({ outcome }) => outcome !== 'moves')
  const unknown = of(({ data, outcome }) => data === 'unknown' && leaves(outcome))
  const waiting = of(({ outcome }) => outcome === 'waits')
  const unsure = of(({ outcome }) => outcome === 'may-wait')
  const gone = of(({ outcome }) => outcome === 'not-replaced')
  const failing = of(({ outcome }) => outcome === 'fails')
  const again = of(({ state, outcome }) => state === 'complete' && outcome !== 'stays')
  const away = of(({ outcome, returns }) => outcome === 'stops' && returns === false)
  const down = dips.filter(({ running, lowest }) => running > 0 && lowest === 0)
  const lasting = down.filter(({ settles }) => settles === 0)
  const passing = down.filter(({ settles }) => settles > 0)
  return [
    ...say(
      'data-at-risk',
      empty,
      `${counted(empty.length, 'task starts', 'tasks start')} beside an empty or old volume elsewhere: the data stays behind on ${on.name}.`,
    ),
    ...say(
      'data-lost',
      lost,
      `${counted(lost.length, 'task keeps', 'tasks keep')} data in ${lost.length === 1 ? 'its' : 'their'} container, in memory, or in a volume without a name: it goes with ${lost.length === 1 ? 'it' : 'them'}, on the same node too.`,
    ),
    ...say(
      'data-unknown',
      unknown,
      `What ${counted(unknown.length, 'task')} would find of ${unknown.length === 1 ? 'its' : 'their'} data elsewhere cannot be told.`,
    ),
    ...(lasting.length > 0
      ? [
          warn(
            'goes-down',
            `${counted(lasting.length, 'service goes', 'services go')} down, and nothing is sure to bring ${lasting.length === 1 ? 'it' : 'them'} back.`,
            services(lasting.map(({ service }) => service)),
          ),
        ]
      : []),
    ...(passing.length > 0
      ? [
          warn(
            'interrupted',
            `${counted(passing.length, 'service is', 'services are')} down until a new task runs.`,
            services(passing.map(({ service }) => service)),
          ),
        ]
      : []),
    ...say(
      'will-wait',
      waiting,
      `${counted(waiting.length, 'task finds', 'tasks find')} no other node and will wait.`,
    ),
    ...say(
      'may-wait',
      unsure,
      `${counted(unsure.length, 'task is', 'tasks are')} not sure to run elsewhere: some may wait.`,
    ),
    ...say(
      'not-replaced',
      gone,
      `${counted(gone.length, 'task is', 'tasks are')} not replaced: a restart policy forbids it.`,
    ),
    ...say(
      'fails-elsewhere',
      failing,
      `${counted(failing.length, 'task finds a node and would', 'tasks find nodes and would')} fail there.`,
    ),
    ...say(
      'made-anew',
      anew,
      `${counted(anew.length, 'task of a global service is', 'tasks of global services are')} not on the newest spec: the swarm stops ${anew.length === 1 ? 'it' : 'them'} at once and makes ${anew.length === 1 ? 'it' : 'them'} anew here, outside the rolling update.`,
    ),
    ...say(
      'made-anew-in-vain',
      doubtful,
      `${counted(doubtful.length, 'task is', 'tasks are')} stopped to be made anew here, and the new one is not sure to run.`,
    ),
    ...say(
      'finished-jobs',
      again,
      `${counted(again.length, 'task of a job', 'tasks of jobs')} had finished: the swarm takes ${again.length === 1 ? 'it' : 'them'} for rejected, and the job runs again.`,
    ),
    ...say(
      'stays-away',
      away,
      `${counted(away.length, 'task of a global service does', 'tasks of global services do')} not come back by activating the node: only a restart of the service brings ${away.length === 1 ? 'it' : 'them'} back.`,
    ),
    ...consoleHere(on, tasks),
  ]
}

/** Whether its replacement may run on another node, now or later. */
const leaves = (outcome: AffectedTask['outcome']): boolean =>
  outcome === 'moves' ||
  outcome === 'may-wait' ||
  outcome === 'fails' ||
  outcome === 'waits'

function consoleHere({ self, state }: Situation, tasks: readonly AffectedTask[]): Check[] {
  if (self === null) return []
  const all = [...state.tasksByNode.values()]
  const mine = tasks.find(({ task }) =>
    all.some((byId) => byId.get(task)?.containerId?.startsWith(self)),
  )
  if (!mine) return []
  const sentence =
    'This console runs on this node: it goes away while its task moves, and goes on from what it wrote down.'
  return [warn('console-here', sentence, services([mine.service]))]
}

/** Whether it would start beside a volume that is empty, or old: its data is elsewhere. */
const missesData = ({ data }: Pick<AffectedTask, 'data'>): boolean =>
  data === 'starts-empty' || data === 'other-data'

/** What tasks that come put at risk: one that starts beside an empty volume is no gain. */
export function arrivalRisks(gains: NodePlan['gains']): Check[] {
  const about = (found: NodePlan['gains']) => services(found.map(({ service }) => service))
  const count = (found: NodePlan['gains']) =>
    found.reduce((sum, { tasks }) => sum + tasks, 0)
  const empty = gains.filter(missesData)
  const unknown = gains.filter(({ data }) => data === 'unknown')
  const checks: Check[] = []
  if (empty.length > 0) {
    const words = `${counted(count(empty), 'task starts', 'tasks start')} here beside an empty or old volume: the data is on another node.`
    checks.push(warn('starts-empty-here', words, about(empty)))
  }
  if (unknown.length > 0) {
    const words = `What ${counted(count(unknown), 'task')} would find of ${count(unknown) === 1 ? 'its' : 'their'} data here cannot be told.`
    checks.push(warn('data-unknown-here', words, about(unknown)))
  }
  return checks
}

/** Whether data may be lost, or a service goes down: then the name must be typed. */
export const isGrave = ({
  tasks,
  services: dips,
  gains,
}: Pick<NodePlan, 'tasks' | 'services' | 'gains'>): boolean =>
  [...tasks, ...gains].some(missesData) ||
  tasks.some(({ data, outcome }) => data === 'unknown' && leaves(outcome)) ||
  gains.some(({ data }) => data === 'unknown') ||
  dips.some(({ running, lowest }) => running > 0 && lowest === 0)

/** Services that no node would take any more, and what is true of a node in any case. */
export const lostPlaces = (names: readonly string[]): Check[] =>
  names.length === 0
    ? []
    : [
        warn(
          'only-node-lost',
          `${counted(names.length, 'service has', 'services have')} no other node: what ends there will wait.`,
          services(names),
        ),
      ]

export const containersStay = (on: Situation): Check =>
  info(
    'plain-containers-stay',
    'Containers that were started with `docker run` are not the swarm’s: they stay as they are.',
    thisNode(on),
  )
