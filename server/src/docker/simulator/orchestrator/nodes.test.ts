import { describe, expect, test } from 'vitest'
import { Story } from '../story.fixture.ts'

const replicas = (Replicas: number) => ({ Mode: { Replicated: { Replicas } } })
const on = (...Constraints: string[]) => ({ TaskTemplate: { Placement: { Constraints } } })

function settled(story: Story, name: string, count: number): void {
  story.until(() => story.running(name).length === count)
}

describe('a drain', () => {
  test('moves tasks without the restart delay, and they do not come back', () => {
    const story = new Story()
    story.create('web', replicas(5))
    settled(story, 'web', 5)
    story.setNode('w1', { Availability: 'drain' })
    story.pass(0.01)
    const [leaving] = story.tasks('web').filter((t) => t.DesiredState === 'shutdown')
    expect(leaving && story.hostnameOf(leaving)).toBe('w1')
    expect(story.live('web')).toHaveLength(5)
    expect(story.until(() => story.running('web').length === 5)).toBeLessThan(4)
    expect(story.running('web').some((t) => story.hostnameOf(t) === 'w1')).toBe(false)
    story.setNode('w1', { Availability: 'active' })
    story.pass(30)
    expect(story.running('web').some((t) => story.hostnameOf(t) === 'w1')).toBe(false)
  })

  test('leaves a pinned service pending, with the reason', () => {
    const story = new Story()
    story.create('db', on('node.hostname==w1'))
    settled(story, 'db', 1)
    story.setNode('w1', { Availability: 'drain' })
    story.pass(5)
    const [task] = story.live('db')
    expect(task?.Status).toMatchObject({
      State: 'pending',
      Message: 'pending task scheduling',
      Err: 'no suitable node (scheduling constraints not satisfied on 4 nodes; 1 node not available for new tasks)',
    })
    story.setNode('w1', { Availability: 'active' })
    settled(story, 'db', 1)
    expect(story.running('db')[0]?.ID).toBe(task?.ID)
  })

  test('stops global tasks, and activation brings them back unless the policy is none', () => {
    for (const [Condition, back] of [
      ['any', 5],
      ['none', 4],
    ] as const) {
      const story = new Story()
      story.create('agent', {
        Mode: { Global: {} },
        TaskTemplate: { RestartPolicy: { Condition } },
      })
      settled(story, 'agent', 5)
      story.setNode('w1', { Availability: 'drain' })
      story.pass(5)
      expect(story.running('agent')).toHaveLength(4)
      story.setNode('w1', { Availability: 'active' })
      story.pass(10)
      expect(story.running('agent')).toHaveLength(back)
    }
  })

  test('does not stop jobs', () => {
    const story = new Story()
    story.swarm.images.set('backup', (plain) => ({
      ...plain,
      exit: { after: 60_000, code: 0 },
    }))
    const Mode = { ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 1 } }
    story.create('backup', { Mode }, 'backup')
    story.until(() => story.tasks('backup')[0]?.Status.State === 'running')
    const [task] = story.tasks('backup')
    story.setNode(task ? story.hostnameOf(task) : '', { Availability: 'drain' })
    story.until(() => story.tasks('backup')[0]?.Status.State === 'complete')
    expect(story.tasks('backup')).toHaveLength(1)
  })
})

describe('a node that loses power', () => {
  test('is down after the third heartbeat that fails, and its tasks seem to run on', () => {
    const story = new Story()
    story.create('web', replicas(5))
    settled(story, 'web', 5)
    const node = story.node('w1')
    story.swarm.losePower(node.ID)
    const took = story.until(() => story.node('w1').Status.State === 'down')
    expect(took).toBeGreaterThan(9)
    expect(took).toBeLessThan(17)
    expect(story.node('w1').Status.Message).toBe('heartbeat failure')
    story.pass(0.01)
    const old = story.tasks('web').find((t) => t.NodeID === node.ID)
    expect(old).toMatchObject({ DesiredState: 'shutdown', Status: { State: 'running' } })
    // The replacement waits for the restart delay, not for the old task.
    const again = story.until(() => story.running('web').length === 5)
    expect(again).toBeGreaterThan(4)
    expect(again).toBeLessThan(7)

    story.swarm.bringBack(node.ID)
    story.until(() => story.node('w1').Status.State === 'ready')
    story.pass(1)
    expect(story.swarm.store.tasks.get(old?.ID ?? '')?.Status).toMatchObject({
      State: 'failed',
      Err: 'task: non-zero exit (255)',
    })
    expect(story.running('web')).toHaveLength(5)
  })

  test('has its tasks orphaned after a day, or at once when it is removed', () => {
    const story = new Story()
    story.create('agent', { Mode: { Global: {} } })
    settled(story, 'agent', 5)
    const [w1, w2] = [story.node('w1'), story.node('w2')]
    story.swarm.losePower(w1.ID)
    story.swarm.losePower(w2.ID)
    story.pass(60)
    const state = (nodeId: string) =>
      story.swarm.store.tasks.by('node', nodeId).map((t) => t.Status.State)
    expect(state(w1.ID)).toEqual(['running'])
    story.swarm.removeNode(story.node('w2'), { force: false })
    expect(state(w2.ID)).not.toContain('running')
    story.pass(24 * 3600)
    expect(state(w1.ID)).toEqual(['orphaned'])
  })

  test('before anyone noticed, comes back and its tasks are replaced', () => {
    const story = new Story()
    story.create('db', on('node.hostname==w1'))
    settled(story, 'db', 1)
    story.swarm.losePower(story.node('w1').ID)
    story.swarm.bringBack(story.node('w1').ID)
    story.pass(20)
    expect(story.tasks('db').map((t) => t.Status.State)).toEqual(['failed', 'running'])
  })
})

describe('a node whose cable is cut', () => {
  test('runs on unseen, so that replicas exist twice', () => {
    const story = new Story()
    story.create('web', replicas(5))
    settled(story, 'web', 5)
    const node = story.node('w2')
    const [task] = story.running('web').filter((t) => t.NodeID === node.ID)
    story.swarm.cutCable(node.ID)
    story.pass(30)
    const container = story.swarm.machine(node.ID).containers.ofTask(task?.ID ?? '')
    expect(container?.isRunning).toBe(true)
    expect(story.running('web')).toHaveLength(5)
    story.swarm.bringBack(node.ID)
    story.until(() => story.node('w2').Status.State === 'ready')
    story.pass(3)
    expect(container?.isRunning).toBe(false)
    expect(story.swarm.store.tasks.get(task?.ID ?? '')?.Status.State).toBe('shutdown')
  })
})

describe('labels', () => {
  test('that go away evict, those that come move nothing', () => {
    const story = new Story()
    story.setNode('w1', { Labels: { disk: 'ssd' } })
    story.create('db', on('node.labels.disk==ssd'))
    settled(story, 'db', 1)
    const [task] = story.running('db')
    story.setNode('w2', { Labels: { disk: 'ssd' } })
    story.pass(10)
    expect(story.running('db')[0]?.ID).toBe(task?.ID)
    story.setNode('w1', { Labels: {} })
    expect(story.swarm.store.tasks.get(task?.ID ?? '')?.Status).toMatchObject({
      State: 'rejected',
      Message: 'task rejected by constraint enforcer',
      Err: 'assigned node no longer meets constraints',
    })
    story.until(() => story.running('db').some((t) => story.hostnameOf(t) === 'w2'))
  })

  test('of a paused node evict only when it is active again', () => {
    const story = new Story()
    story.setNode('w1', { Labels: { disk: 'ssd' } })
    story.create('db', on('node.labels.disk==ssd'))
    settled(story, 'db', 1)
    story.setNode('w1', { Availability: 'pause' })
    story.setNode('w1', { Labels: {} })
    story.pass(10)
    expect(story.running('db')).toHaveLength(1)
    story.setNode('w1', { Availability: 'active' })
    story.pass(1)
    expect(story.running('db')).toHaveLength(0)
  })
})

describe('jobs', () => {
  test('run so many at a time, from slot 0, until all are complete', () => {
    const story = new Story()
    const Mode = { ReplicatedJob: { MaxConcurrent: 2, TotalCompletions: 5 } }
    story.create('job', { Mode })
    const most = new Set<number>()
    story.until(() => {
      most.add(story.tasks('job').filter((t) => t.Status.State === 'running').length)
      return story.tasks('job').filter((t) => t.Status.State === 'complete').length === 5
    })
    expect(Math.max(...most)).toBe(2)
    expect(story.tasks('job').map(({ Slot }) => Slot)).toEqual([0, 1, 2, 3, 4])
    expect(story.tasks('job').map((t) => t.DesiredState)).toEqual(Array(5).fill('complete'))
    // Any edit runs them again.
    story.update('job', () => ({ Labels: { a: 'b' } }))
    story.pass(1)
    expect(story.service('job').JobStatus?.JobIteration.Index).toBe(1)
    expect(story.tasks('job').filter((t) => t.JobIteration?.Index === 1)).toHaveLength(2)
  })

  test('with replicas keep what has ended when they run again, and nothing restarts it', () => {
    const story = new Story()
    story.swarm.images.set('task', (plain) => ({
      ...plain,
      exit: { after: 2000, code: 0 },
    }))
    const Mode = { ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 2 } }
    story.setNode('w1', { Labels: { disk: 'ssd' } })
    story.create('job', { Mode, ...on('node.labels.disk==ssd') }, 'task')
    const told = () =>
      story.tasks('job').map((t) => `${t.JobIteration?.Index} ${t.Slot} ${t.Status.State}`)
    story.until(() => told().includes('0 1 running'))
    story.update('job', () => ({ Labels: { a: 'b' } }))
    story.pass(30)
    expect(told()).toEqual(['0 0 complete', '1 0 complete', '1 1 complete'])
    // What is evicted now is done again, but not for an iteration that is over.
    story.setNode('w1', { Labels: {} })
    story.pass(30)
    expect(told()).toEqual([
      '0 0 rejected',
      '1 0 rejected',
      '1 0 pending',
      '1 1 rejected',
      '1 1 pending',
    ])
  })

  test('everywhere: one on each node that is open', () => {
    const story = new Story()
    story.setNode('w2', { Availability: 'drain' })
    story.create('job', { Mode: { GlobalJob: {} } })
    story.until(
      () => story.tasks('job').filter((t) => t.Status.State === 'complete').length === 4,
    )
    story.pass(30)
    expect(story.tasks('job')).toHaveLength(4)
    // One that joins, or is open again, has its turn: moby/swarmkit#2924.
    story.setNode('w2', { Availability: 'active' })
    story.swarm.addNode({ hostname: 'w3' })
    story.pass(30)
    expect(story.tasks('job').map((t) => story.hostnameOf(t))).toContain('w3')
    expect(story.tasks('job')).toHaveLength(6)
    // Run again, nothing is kept of what it did before.
    story.update('job', () => ({ Labels: { a: 'b' } }))
    story.pass(30)
    expect(story.tasks('job').map((t) => t.JobIteration?.Index)).toEqual(Array(6).fill(1))
  })

  test('that fail are restarted, as often as the policy allows', () => {
    const story = new Story()
    const Mode = { ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 1 } }
    const RestartPolicy = { Condition: 'on-failure', Delay: 1e9, MaxAttempts: 2 }
    story.create('job', { Mode, TaskTemplate: { RestartPolicy } }, 'demo/failing-job')
    story.pass(60)
    expect(story.tasks('job').map((t) => t.Status.State)).toEqual([
      'failed',
      'failed',
      'failed',
    ])
  })
})
