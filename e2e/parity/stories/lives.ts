import { image, serviceSpec } from '../specs.ts'
import { Player, type Stage } from './story.ts'

const placed = { Placement: { Constraints: ['node.role==manager'] } }
const restart = (policy: object) => ({
  template: { RestartPolicy: { Delay: 2e9, ...policy }, ...placed },
})

export async function scaled(stage: Stage): Promise<void> {
  const player = await Player.enter(stage, serviceSpec('scaled', { replicas: 2 }))
  await player.run(2)
  await player.change(serviceSpec('scaled', { replicas: 4 }))
  await player.run(4)
  stage.session.tell('story: scaled up', player.lines())
  await player.change(serviceSpec('scaled', { replicas: 1 }))
  await player.run(1)
  await player.rests()
  stage.session.tell('story: scaled down', player.lines())
  await player.change(serviceSpec('scaled', { replicas: 0 }))
  await player.run(0)
  await player.rests()
  stage.session.tell('story: scaled to nothing', player.lines())
  await player.leave()
}

/** Crashes, and what a restart policy makes of them. */
export async function restarts(stage: Stage): Promise<void> {
  const crash = { image: image('web', 'crash'), container: { Env: ['CRASH_AFTER=1'] } }
  const done = { image: image('job'), container: { Env: ['STEPS=2'] } }
  const attempts = { Condition: 'on-failure', MaxAttempts: 2 }
  const [none, failure, success, some, loop] = await Promise.all([
    Player.enter(
      stage,
      serviceSpec('restart-none', { ...crash, ...restart({ Condition: 'none' }) }),
    ),
    Player.enter(
      stage,
      serviceSpec('restart-on-failure', {
        ...crash,
        ...restart({ Condition: 'on-failure' }),
      }),
    ),
    Player.enter(
      stage,
      serviceSpec('restart-on-success', {
        ...done,
        ...restart({ Condition: 'on-failure' }),
      }),
    ),
    Player.enter(
      stage,
      serviceSpec('restart-attempts', { ...crash, ...restart(attempts) }),
    ),
    Player.enter(
      stage,
      serviceSpec('restart-any', { ...done, ...restart({ Condition: 'any' }) }),
    ),
  ])
  await Promise.all([
    none.ended(1),
    failure.ended(3),
    success.ended(1),
    some.ended(3),
    loop.ended(2),
  ])
  stage.session.tell('story: crash, restart none', none.lines())
  stage.session.tell('story: crash, restart on failure', failure.lines({ most: 2 }))
  stage.session.tell('story: success, restart on failure', success.lines())
  stage.session.tell('story: crash, two attempts', some.lines())
  stage.session.tell('story: success, restart any', loop.lines({ most: 1 }))
  for (const player of [none, failure, success, some, loop]) await player.leave()
}

/** One task on each manager. */
export async function everywhere(stage: Stage): Promise<void> {
  const Mode = { Global: {} }
  const UpdateConfig = { Parallelism: 1, Monitor: 500e6, Delay: 100e6 }
  const player = await Player.enter(stage, serviceSpec('global', { Mode, UpdateConfig }))
  await player.run(3)
  stage.session.tell('story: global service', player.lines())
  player.count()
  await player.change(
    serviceSpec('global', { Mode, UpdateConfig, container: { Env: ['GENERATION=2'] } }),
  )
  await player.updated('completed')
  await player.rests()
  stage.session.tell('story: global service, updated', player.lines({ isCounted: true }))
  await player.leave()
}

export async function jobs(stage: Stage): Promise<void> {
  const work = { image: image('job'), container: { Env: ['STEPS=2'] } }
  const once = restart({ Condition: 'none' })
  const [replicated, global, failing] = await Promise.all([
    Player.enter(
      stage,
      serviceSpec('job', {
        ...work,
        ...once,
        Mode: { ReplicatedJob: { MaxConcurrent: 2, TotalCompletions: 3 } },
      }),
    ),
    Player.enter(
      stage,
      serviceSpec('global-job', { ...work, ...once, Mode: { GlobalJob: {} } }),
    ),
    Player.enter(
      stage,
      serviceSpec('failing-job', {
        image: image('web', 'crash'),
        container: { Env: ['CRASH_AFTER=1'] },
        ...restart({ Condition: 'on-failure', MaxAttempts: 1 }),
        Mode: { ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 1 } },
      }),
    ),
  ])
  await Promise.all([
    replicated.are(3, 'complete'),
    global.are(3, 'complete'),
    failing.ended(2),
  ])
  const { session } = stage
  session.tell('story: replicated job', replicated.lines())
  session.tell('story: global job', global.lines())
  session.tell('story: failing job, one attempt', failing.lines())
  for (const [name, player] of Object.entries({ replicated, global })) {
    await session.say(`story: service of a ${name} job`, 'GET', `/services/${player.id}`)
    const filters = encodeURIComponent(JSON.stringify({ id: [player.id] }))
    await session.say(
      `story: status of a ${name} job`,
      'GET',
      `/services?status=true&filters=${filters}`,
    )
    const tasks = encodeURIComponent(JSON.stringify({ service: [player.id] }))
    await session.say(`story: tasks of a ${name} job`, 'GET', `/tasks?filters=${tasks}`)
  }
  await global.change(
    serviceSpec('global-job', {
      ...work,
      template: { ...once.template, ForceUpdate: 1 },
      Mode: { GlobalJob: {} },
    }),
  )
  await global.are(6, 'complete')
  await global.cleared(3)
  session.tell('story: global job, again', global.lines())
  for (const player of [replicated, global, failing]) await player.leave()
}
