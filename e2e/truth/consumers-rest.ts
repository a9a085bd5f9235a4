import { until } from '../lab/lab.ts'
import { type RawSwarm, type RawTask, readSwarm } from './consumers-raw.ts'
import { type Engine, hasEnded, isLive, isRunning, isWaiting } from './engine.ts'

/** For so long nothing must have moved, in milliseconds. */
const quiet = 3_000

/**
 * Waits until nothing is on its way and nothing has changed for a while, and answers what is
 * there then.
 * @param lingering names of services whose tasks take their time to end
 * @throws Error that names the tasks which never came to rest
 */
export async function swarmAtRest(
  swarm: Engine,
  lingering: ReadonlySet<string>,
): Promise<RawSwarm> {
  let before = ''
  let since = 0
  return until(
    async () => {
      const seen = await readSwarm(swarm)
      const lost = await lostNodes(swarm)
      const patient = new Set(
        seen.services.flatMap(({ ID, Spec }) => (lingering.has(Spec.Name) ? ID : [])),
      )
      const restless = seen.tasks.filter(
        (task) =>
          !isAtRest(task, patient.has(task.ServiceID)) && !lost.has(task.NodeID ?? ''),
      )
      const picture = pictureOf(seen)
      const now = performance.now()
      if (picture !== before) since = now
      before = picture
      if (restless.length === 0 && now - since >= quiet) return seen
      const words = restless.map(({ ServiceID, DesiredState, Status }) =>
        [ServiceID, DesiredState, Status.State, Status.Err].join(' '),
      )
      throw new Error(words.join('; ') || 'something has changed a moment ago')
    },
    { what: 'the swarm to come to rest', timeout: 180_000, interval: 500 },
  )
}

const lostNodes = async (swarm: Engine): Promise<ReadonlySet<string>> =>
  new Set(
    (await swarm.nodes()).flatMap(({ ID, Status }) => (Status.State === 'down' ? ID : [])),
  )

/** Whether nothing more will become of a task by itself. */
function isAtRest(task: RawTask, isPatient: boolean): boolean {
  if (isLive(task)) return isRunning(task) || isWaiting(task)
  const { State } = task.Status
  return (
    hasEnded(task) ||
    ['new', 'pending'].includes(State) ||
    (isPatient && State === 'running')
  )
}

/** All that a use could follow from. */
export const pictureOf = ({ secrets, configs, services, tasks }: RawSwarm): string =>
  [
    ...[...secrets, ...configs].map(({ ID }) => ID),
    ...services.map(({ ID, Spec, PreviousSpec, UpdateStatus }) =>
      JSON.stringify([ID, Spec, PreviousSpec, UpdateStatus?.State]),
    ),
    ...tasks.map(({ ID, DesiredState, Status }) => [ID, DesiredState, Status.State].join()),
  ]
    .sort()
    .join('\n')
