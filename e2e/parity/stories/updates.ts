import { mostTogether } from '../slots.ts'
import { image, serviceSpec } from '../specs.ts'
import { Player, type Stage } from './story.ts'

const missing = image('web', 'nosuchtag')
const knobs = { Parallelism: 1, Delay: 200e6, Monitor: 700e6, FailureAction: 'pause' }
/** How long a task takes to stop that does not heed the signal, in milliseconds. */
const slowStop = 2_000
const changed = { container: { Env: ['GENERATION=2'] } }

/**
 * Two at a time: the old one goes first, or the new one comes first. They take their time to
 * stop, so that it shows what the new ones wait for.
 */
export async function waves(
  stage: Stage,
  order: 'stop-first' | 'start-first',
): Promise<void> {
  const name = `waves-${order}`
  const UpdateConfig = { ...knobs, Parallelism: 2, Order: order }
  const rest = { replicas: 4, UpdateConfig, image: image('web', 'stubborn') }
  const StopGracePeriod = slowStop * 1e6
  const spec = serviceSpec(name, { ...rest, container: { StopGracePeriod } })
  const player = await Player.enter(stage, spec)
  await player.run(4)
  player.count()
  const container = { StopGracePeriod, ...changed.container }
  await player.change(serviceSpec(name, { ...rest, container }))
  await player.updated('completed')
  await player.rests()
  stage.session.tell(
    `story: rollout ${order}, two at a time`,
    player.lines({ isCounted: true }),
  )
  await player.leave()
}

/**
 * An image that is not there, and what the swarm was told to do then. Where it is to go on,
 * the old tasks take their time to stop, so that it shows whether the next slot waits for that.
 */
export async function failing(
  stage: Stage,
  action: 'pause' | 'continue' | 'rollback',
): Promise<void> {
  const name = `failing-${action}`
  const { session } = stage
  const goesOn = action === 'continue'
  const replicas = goesOn ? 4 : 2
  const rest = {
    replicas,
    UpdateConfig: { ...knobs, FailureAction: action, Order: 'stop-first' },
    RollbackConfig: { ...knobs, Order: 'stop-first' },
    // One failure in each slot: the next one waits for longer than this takes.
    template: {
      RestartPolicy: { Condition: 'any', Delay: 60e9 },
      Placement: { Constraints: ['node.role==manager'] },
    },
    container: { StopGracePeriod: slowStop * 1e6 },
  }
  const old = goesOn ? image('web', 'stubborn') : image('idle')
  const player = await Player.enter(stage, serviceSpec(name, { ...rest, image: old }))
  await player.run(replicas)
  await player.change(serviceSpec(name, { ...rest, image: missing }))
  const ends = { pause: 'paused', continue: 'completed', rollback: 'rollback_completed' }
  await player.updated(ends[action])
  await player.are({ pause: 2, continue: 8, rollback: 1 }[action], 'rejected')
  if (action === 'rollback') await player.run(2)
  await player.rests()
  session.tell(`story: failing update, ${action}`, [
    ...player.lines(),
    // In the end none runs: how many were begun together tells whether it kept to its number.
    ...(goesOn ? [`${mostTogether(player.tasks, slowStop)} replaced at once`] : []),
  ])
  await session.say(
    `story: service after a failing update, ${action}`,
    'GET',
    `/services/${player.id}`,
  )
  if (action === 'pause') {
    await player.change(serviceSpec(name, { ...rest, ...changed }))
    await player.updated('completed')
    await player.rests()
    session.tell('story: failing update, pause, then mended', player.lines())
    await session.say('story: service after it was mended', 'GET', `/services/${player.id}`)
  }
  await player.leave()
}

/** One that crashes once it runs, within what is monitored. */
export async function crashing(stage: Stage): Promise<void> {
  const rest = {
    replicas: 1,
    UpdateConfig: { ...knobs, Monitor: 5e9, FailureAction: 'rollback' },
    RollbackConfig: knobs,
  }
  const player = await Player.enter(stage, serviceSpec('crashing', rest))
  await player.run(1)
  await player.change(serviceSpec('crashing', { ...rest, image: image('web', 'crash') }))
  await player.updated('rollback_completed')
  await player.run(1)
  await player.rests()
  // Whether it is restarted before or after it is rolled back is chance, and what stays of it.
  stage.session.tell('story: crashing update, rollback', [
    ...player.lines().filter((line) => line.startsWith('update')),
    `in the end it is ${player.tasks.at(-1)?.last.Status.State}`,
  ])
  await player.leave()
}

/**
 * Each crashes after its monitor, but within the longer delay after its slot. Amid the update
 * that is no failure, and the next slot has its turn; of the last one it is.
 * @see moby/swarmkit manager/orchestrator/update/updater.go, Run: only after the last slot a
 * monitor that is no longer than the delay becomes the delay and a second
 */
export async function crashingLate(stage: Stage): Promise<void> {
  const rest = {
    replicas: 2,
    UpdateConfig: { ...knobs, Delay: 4e9, Monitor: 1e9, Order: 'stop-first' },
    template: {
      RestartPolicy: { Condition: 'none' },
      Placement: { Constraints: ['node.role==manager'] },
    },
  }
  const player = await Player.enter(stage, serviceSpec('crashing-late', rest))
  await player.run(2)
  await player.change(
    serviceSpec('crashing-late', {
      ...rest,
      image: image('web', 'crash'),
      container: { Env: ['CRASH_AFTER=2'] },
    }),
  )
  await player.updated('paused')
  await player.rests()
  stage.session.tell('story: an update that crashes late, pause', player.lines())
  await player.leave()
}

/** And there is nothing good to go back to. */
export async function failingRollback(stage: Stage): Promise<void> {
  const rest = {
    replicas: 1,
    UpdateConfig: { ...knobs, FailureAction: 'continue' },
    RollbackConfig: knobs,
    template: {
      RestartPolicy: { Condition: 'any', Delay: 60e9 },
      Placement: { Constraints: ['node.role==manager'] },
    },
  }
  const bad = serviceSpec('no-way-back', { ...rest, image: missing })
  const player = await Player.enter(stage, bad)
  await player.are(2, 'rejected')
  await player.change(serviceSpec('no-way-back', rest))
  await player.updated('completed')
  await player.change(bad, '&rollback=previous')
  await player.updated('rollback_paused')
  await player.are(4, 'rejected')
  await player.rests()
  stage.session.tell('story: failing rollback, paused', player.lines())
  await player.leave()
}

/** By hand, and back again. */
export async function rolledBack(stage: Stage): Promise<void> {
  const rest = {
    replicas: 2,
    UpdateConfig: { ...knobs, Parallelism: 0 },
    RollbackConfig: knobs,
  }
  const player = await Player.enter(stage, serviceSpec('by-hand', rest))
  await player.run(2)
  const next = serviceSpec('by-hand', { ...rest, ...changed, Labels: { a: 'b' } })
  await player.change(next)
  await player.updated('completed')
  await player.change(next, '&rollback=previous')
  await player.updated('rollback_completed')
  await player.rests()
  stage.session.tell('story: rollback by hand', player.lines())
  await stage.session.say(
    'story: service after a rollback',
    'GET',
    `/services/${player.id}`,
  )
  await player.leave()
}

/** A second update comes while the first one waits between two slots. */
export async function superseded(stage: Stage): Promise<void> {
  const rest = { replicas: 2, UpdateConfig: { ...knobs, Delay: 60e9 } }
  const player = await Player.enter(stage, serviceSpec('superseded', rest))
  await player.run(2)
  await player.change(serviceSpec('superseded', { ...rest, ...changed }))
  await player.are(1, 'shutdown')
  await player.run(2)
  await player.change(
    serviceSpec('superseded', {
      replicas: 2,
      UpdateConfig: knobs,
      container: { Env: ['GENERATION=3'] },
    }),
  )
  await player.updated('completed')
  await player.rests()
  stage.session.tell('story: an update amid an update', player.lines())
  await player.leave()
}
