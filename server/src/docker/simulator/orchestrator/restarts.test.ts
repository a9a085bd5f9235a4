import { describe, expect, test } from 'vitest'
import type { Task } from '../store/objects.ts'
import { Story } from '../story.fixture.ts'

function crashing(RestartPolicy: object): Story {
  const story = new Story()
  story.create('crash', { TaskTemplate: { RestartPolicy } }, 'demo/crash-on-start:1')
  return story
}

describe('restarts', () => {
  test('come after the delay of the policy, five seconds by default', () => {
    for (const [policy, delay] of [
      [{}, 5],
      [{ Delay: 1e9 }, 1],
    ] as const) {
      const story = crashing(policy)
      story.until(() => story.tasks('crash').length === 2)
      expect(story.tasks('crash')[1]?.DesiredState).toBe('ready')
      const took = story.until(() => story.tasks('crash')[1]?.DesiredState === 'running')
      expect(took).toBeGreaterThan(delay - 0.2)
      expect(took).toBeLessThan(delay + 0.2)
    }
  })

  test('end when the attempts are used up, and nothing says so', () => {
    const story = crashing({ Condition: 'any', Delay: 1e9, MaxAttempts: 2 })
    story.pass(60)
    const tasks = story.tasks('crash')
    expect(tasks).toHaveLength(3)
    expect(tasks.map((t) => `${t.DesiredState} ${t.Status.State}`)).toEqual([
      'shutdown failed',
      'shutdown failed',
      'shutdown failed',
    ])
    // A force update begins anew.
    story.update('crash', ({ TaskTemplate }) => ({
      TaskTemplate: { ...TaskTemplate, ForceUpdate: 1 },
    }))
    story.pass(1)
    expect(story.live('crash')).toHaveLength(1)
  })

  test('keep as many tasks of a slot as the history limit says', () => {
    const story = crashing({ Delay: 1e9 })
    story.pass(120)
    expect(story.tasks('crash').length).toBeLessThanOrEqual(6)
    expect(story.tasks('crash').length).toBeGreaterThanOrEqual(5)
  })

  test('nor are more kept of those that will never run', () => {
    const story = new Story()
    const Reservations = { MemoryBytes: 1e15 }
    story.create('big', {
      Mode: { Global: {} },
      TaskTemplate: { Resources: { Reservations } },
    })
    for (let turn = 1; turn <= 12; turn++) {
      story.pass(5)
      story.update('big', ({ TaskTemplate }) => ({
        TaskTemplate: { ...TaskTemplate, ForceUpdate: turn },
      }))
    }
    story.pass(5)
    const tasks = story.tasks('big').filter((t) => story.hostnameOf(t) === 'w1')
    expect(tasks).toHaveLength(5)
    expect(tasks.filter((t) => t.DesiredState === 'shutdown')).toHaveLength(4)
  })

  test('do not happen with condition none, nor after success on-failure', () => {
    const none = crashing({ Condition: 'none' })
    none.pass(60)
    expect(none.tasks('crash')).toHaveLength(1)
    const done = new Story()
    const policy = { RestartPolicy: { Condition: 'on-failure', Delay: 1e9 } }
    done.create('job', { TaskTemplate: policy }, 'demo/job:v1')
    done.pass(60)
    expect(done.tasks('job').map((t) => `${t.DesiredState} ${t.Status.State}`)).toEqual([
      'shutdown complete',
    ])
  })

  test('a window looks back from when the task began to run', () => {
    // One crash, then an hour in which nothing happens, then a drain: not replaced.
    const story = new Story()
    let crashes = 1
    story.swarm.images.set('moody', (plain) =>
      crashes-- > 0 ? { ...plain, exit: { after: 500, code: 1 } } : plain,
    )
    const RestartPolicy = { Condition: 'any', Delay: 1e9, MaxAttempts: 1, Window: 3e9 }
    story.create('moody', { TaskTemplate: { RestartPolicy } }, 'moody')
    story.pass(3600)
    const [task] = story.running('moody')
    story.setNode(task ? story.hostnameOf(task) : '', { Availability: 'drain' })
    story.pass(60)
    expect(story.live('moody')).toEqual([])
  })
})

const waits = ({ DesiredState, Status }: Task) =>
  DesiredState === 'ready' && Status.State === 'ready'

describe('a new leader', () => {
  const onWorker = { Placement: { Constraints: ['node.hostname==w1'] } }

  function loseLeader(story: Story): void {
    story.swarm.losePower(story.node('m1').ID)
    expect(story.swarm.managers.leader).toBeNull()
    story.until(() => story.swarm.managers.leader !== null)
  }

  test('counts the attempts again from the tasks that are kept', () => {
    const story = new Story()
    const RestartPolicy = { Condition: 'any', Delay: 1e9, MaxAttempts: 2 }
    const TaskTemplate = { ...onWorker, RestartPolicy }
    story.create('crash', { TaskTemplate }, 'demo/crash-on-start:1')
    story.pass(60)
    const ids = story.tasks('crash').map(({ ID }) => ID)
    expect(ids).toHaveLength(3)
    loseLeader(story)
    story.pass(60)
    expect(story.tasks('crash').map(({ ID }) => ID)).toEqual(ids)
  })

  test('dates a restart by when its task was made', () => {
    const story = new Story()
    let crashes = 1
    story.swarm.images.set('moody', (plain) =>
      crashes-- > 0 ? { ...plain, exit: { after: 500, code: 1 } } : plain,
    )
    const RestartPolicy = { Condition: 'any', Delay: 1e9, MaxAttempts: 1, Window: 3e9 }
    story.create('moody', { TaskTemplate: { ...onWorker, RestartPolicy } }, 'moody')
    story.pass(3600)
    loseLeader(story)
    story.pass(60)
    expect(story.running('moody')).toHaveLength(1)
    story.setNode('w1', { Availability: 'drain' })
    story.pass(60)
    expect(story.live('moody')).toEqual([])
  })

  test('begins the delay anew from the last state of a task that waits', () => {
    const story = new Story()
    story.swarm.images.set('moody', (plain) => ({
      ...plain,
      exit: { after: 5000, code: 1 },
    }))
    const TaskTemplate = { ...onWorker, RestartPolicy: { Delay: 40e9 } }
    story.create('web', { TaskTemplate }, 'moody')
    story.until(() => story.running('web').length === 1)
    // Its successor finds a node only later.
    story.setNode('w1', { Availability: 'pause' })
    story.until(() => story.tasks('web').length === 2)
    story.pass(8)
    story.setNode('w1', { Availability: 'active' })
    story.until(() => story.tasks('web').some(waits))
    const since = Date.parse(story.tasks('web').find(waits)?.Status.Timestamp ?? '')
    loseLeader(story)
    story.until(() => !story.tasks('web').some(waits))
    expect(story.simulator.clock.now - since).toBeGreaterThan(40_000 - 50)
    expect(story.simulator.clock.now - since).toBeLessThan(40_000 + 100)
  })

  test('replaces at once what failed while it waited; nothing is made before', () => {
    const story = new Story()
    const TaskTemplate = { ...onWorker, RestartPolicy: { Delay: 40e9 } }
    story.create('web', { TaskTemplate }, 'demo/web:nosuchtag')
    const rejected = () =>
      story.tasks('web').filter(({ Status }) => Status.State === 'rejected')
    story.until(() => rejected().length === 2)
    story.swarm.losePower(story.node('m1').ID)
    story.pass(5)
    expect(story.swarm.managers.leader).toBeNull()
    expect(story.tasks('web')).toHaveLength(2)
    story.until(() => story.swarm.managers.leader !== null)
    story.pass(1)
    expect(story.tasks('web')).toHaveLength(3)
  })
})
