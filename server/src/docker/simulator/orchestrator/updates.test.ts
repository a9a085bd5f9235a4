import { describe, expect, test } from 'vitest'
import type { Task } from '../store/objects.ts'
import { Story } from '../story.fixture.ts'

const three = { Mode: { Replicated: { Replicas: 3 } } }
const quick = { Parallelism: 1, Monitor: 2e9, Delay: 0 }

/** Three replicas of v1, running. */
function deployed(spec: object = {}): Story {
  const story = new Story()
  story.create('web', { ...three, UpdateConfig: quick, ...spec })
  story.until(() => story.running('web').length === 3)
  return story
}

const status = (story: Story) => story.service('web').UpdateStatus
const imagesOf = (story: Story) =>
  story.running('web').map(({ Spec }) => Spec.ContainerSpec?.Image)

describe('an update', () => {
  test('of a service: updating within a tenth of a second, completed after the monitor', () => {
    const story = deployed({ UpdateConfig: { ...quick, Delay: 2e9 } })
    story.setImage('web', 'demo/web:v2')
    story.pass(0.1)
    expect(status(story)).toMatchObject({
      State: 'updating',
      Message: 'update in progress',
    })
    const took = story.until(() => status(story)?.State === 'completed')
    // Three slots of about 1.6 s, 2 s after each, and the monitor of 3 s (delay and 1 s).
    expect(took).toBeGreaterThan(12)
    expect(took).toBeLessThan(16)
    expect(status(story)?.Message).toBe('update completed')
    expect(imagesOf(story)).toEqual(['demo/web:v2', 'demo/web:v2', 'demo/web:v2'])
    expect(story.tasks('web')).toHaveLength(6)
    expect(story.service('web').PreviousSpec?.TaskTemplate.ContainerSpec?.Image).toBe(
      'demo/web:v1',
    )
  })

  test('stop-first leaves the slot empty for a moment, start-first has two in it', () => {
    for (const [Order, least, most] of [
      ['stop-first', 2, 3],
      ['start-first', 3, 4],
    ] as const) {
      const story = deployed({ UpdateConfig: { ...quick, Delay: 3e9, Order } })
      story.setImage('web', 'demo/web:v2')
      const counts = new Set<number>()
      story.until(() => {
        const running = story.tasks('web').filter((t) => t.Status.State === 'running')
        counts.add(running.length)
        return status(story)?.State === 'completed'
      })
      expect([Math.min(...counts), Math.max(...counts)]).toEqual([least, most])
    }
  })

  test('one slot, stop-first: the states of both tasks, in order', () => {
    const story = deployed({ Mode: { Replicated: { Replicas: 3 } } })
    const seen: string[] = []
    const [first] = story.tasks('web')
    story.swarm.store.listen({
      change: ({ kind, object }) => {
        if (kind !== 'task' || object.Slot !== first?.Slot) return
        const who = object.ID === first?.ID ? 'old' : 'new'
        const line = `${who} ${object.DesiredState} ${object.Status.State}`
        if (seen.at(-1) !== line) seen.push(line)
      },
    })
    story.setImage('web', 'demo/web:v2')
    story.until(() => status(story)?.State === 'completed')
    // As swarm-lab recordings/rollout-stop-first-28.jsonl has it.
    const order = [
      'new ready new',
      'old shutdown running',
      'new ready pending',
      'new ready assigned',
      // Its exit code is -1 from now on.
      'old shutdown running',
      'new ready ready',
      'old shutdown shutdown',
      'new running ready',
      'new running running',
    ]
    expect(seen.filter((line) => order.includes(line))).toEqual(order)
  })

  test('with parallelism 0 takes all slots at once', () => {
    const story = deployed({ UpdateConfig: { ...quick, Parallelism: 0 } })
    story.setImage('web', 'demo/web:v2')
    story.pass(0.2)
    expect(story.tasks('web').filter((t) => t.DesiredState === 'shutdown')).toHaveLength(3)
  })

  test('that changes no task has no status, but moves the previous spec', () => {
    const story = deployed()
    story.update('web', () => ({ Labels: { team: 'blue' } }))
    story.pass(20)
    expect(status(story)).toBeUndefined()
    expect(story.service('web').PreviousSpec?.Labels).toEqual({})
    expect(story.tasks('web')).toHaveLength(3)
    story.update('web', () => ({ Mode: { Replicated: { Replicas: 5 } } }))
    story.until(() => story.running('web').length === 5)
    expect(status(story)).toBeUndefined()
    expect(story.service('web').PreviousSpec?.Labels).toEqual({ team: 'blue' })
  })

  test('with a delay longer than its monitor: the end of a task is a failure for as long as the monitor, and longer once no slot is left', () => {
    for (const [culprit, State] of [
      [1, 'completed'],
      [3, 'paused'],
    ] as const) {
      const story = deployed({ UpdateConfig: { ...quick, Delay: 10e9 } })
      let begun = 0
      story.swarm.images.set('demo/web:moody', (plain) =>
        ++begun === culprit ? { ...plain, exit: { after: 6000, code: 1 } } : plain,
      )
      story.setImage('web', 'demo/web:moody')
      story.until(() => status(story)?.State === State)
    }
  })

  test('during another supersedes it', () => {
    const story = deployed({ UpdateConfig: { ...quick, Delay: 5e9 } })
    story.setImage('web', 'demo/web:v2')
    story.pass(3)
    story.setImage('web', 'demo/web:v3')
    expect(status(story)).toBeUndefined()
    story.pass(0.1)
    expect(status(story)?.State).toBe('updating')
    story.until(() => status(story)?.State === 'completed')
    expect(new Set(imagesOf(story))).toEqual(new Set(['demo/web:v3']))
  })

  test('with the same spec, sent during a rollout, takes its status away for good', () => {
    const story = deployed({ UpdateConfig: { ...quick, Delay: 2e9 } })
    story.setImage('web', 'demo/web:v2')
    story.pass(1)
    story.update('web', () => ({}))
    story.pass(30)
    expect(status(story)).toBeUndefined()
    expect(new Set(imagesOf(story))).toEqual(new Set(['demo/web:v2']))
  })
})

describe('a failing update', () => {
  test('pauses, by default, and the bad slot goes on restarting', () => {
    const story = deployed({ UpdateConfig: { ...quick, Delay: 2e9 } })
    story.setImage('web', 'demo/web:crash')
    story.until(() => status(story)?.State === 'paused')
    const culprit = story.tasks('web').find((t) => t.Status.State === 'failed')
    expect(culprit?.Status).toMatchObject({
      Message: 'started',
      Err: 'task: non-zero exit (1)',
      ContainerStatus: { ExitCode: 1, PID: 0 },
    })
    expect(status(story)).toMatchObject({
      Message: `update paused due to failure or early termination of task ${culprit?.ID}`,
    })
    expect(status(story)?.CompletedAt).toBeUndefined()
    const before = story.tasks('web').length
    story.pass(30)
    expect(story.tasks('web').length).toBeGreaterThan(before)
    expect(imagesOf(story).filter((image) => image === 'demo/web:v1')).toHaveLength(2)
    expect(status(story)?.State).toBe('paused')
  })

  test('pauses 0.5 s after a tag that does not exist, with the text of the engine', () => {
    const story = deployed()
    story.setImage('web', 'registry.lab:5000/demo/web:nosuchtag')
    expect(story.until(() => status(story)?.State === 'paused')).toBeLessThan(1)
    const rejected = story.tasks('web').find((t) => t.Status.State === 'rejected')
    expect(rejected?.Status).toMatchObject({
      Message: 'preparing',
      Err: 'No such image: registry.lab:5000/demo/web:nosuchtag',
    })
  })

  test('rolls back, and leaves no previous spec', () => {
    const story = deployed({ UpdateConfig: { ...quick, FailureAction: 'rollback' } })
    story.setImage('web', 'demo/web:crash')
    const started = story.until(() => status(story)?.State === 'rollback_started')
    expect(started).toBeLessThan(6)
    expect(status(story)?.Message).toMatch(
      /^update rolled back due to failure or early termination of task [0-9a-z]{25}$/,
    )
    story.until(() => status(story)?.State === 'rollback_completed')
    expect(status(story)?.Message).toBe('rollback completed')
    expect(imagesOf(story)).toEqual(['demo/web:v1', 'demo/web:v1', 'demo/web:v1'])
    expect(story.service('web').PreviousSpec).toBeUndefined()
    expect(() => story.rollBack('web')).toThrow(
      `rpc error: code = FailedPrecondition desc = service ${story.service('web').ID} does not have a previous spec`,
    )
  })

  test('continues to the end when told so, and says completed', () => {
    const story = deployed({ UpdateConfig: { ...quick, FailureAction: 'continue' } })
    story.setImage('web', 'demo/web:nosuchtag')
    story.until(() => status(story)?.State === 'completed')
    expect(story.running('web')).toEqual([])
  })

  test('leaves a slot, stop-first, only when its old task has stopped', () => {
    const story = deployed({ UpdateConfig: { ...quick, FailureAction: 'continue' } })
    story.setImage('web', 'demo/web:nosuchtag')
    const stopping = new Set<number>()
    story.until(() => {
      const isStopping = ({ DesiredState, Status }: Task) =>
        DesiredState === 'shutdown' && Status.State === 'running'
      stopping.add(story.tasks('web').filter(isStopping).length)
      return status(story)?.State === 'completed'
    })
    // As swarm-lab recordings/bad-nosuchtag-continue-28.jsonl has it.
    expect(Math.max(...stopping)).toBe(1)
  })

  test('tolerates failures up to the ratio', () => {
    const config = { ...quick, MaxFailureRatio: 0.34 }
    const story = deployed({ UpdateConfig: config })
    story.setImage('web', 'demo/web:nosuchtag')
    story.until(() => status(story)?.State === 'paused')
    const rejected = story.tasks('web').filter((t) => t.Status.State === 'rejected')
    expect(new Set(rejected.map(({ Slot }) => Slot)).size).toBe(2)
  })

  test('an unhealthy task never runs, and pauses the update', () => {
    const story = deployed()
    story.setImage('web', 'demo/web:unhealthy')
    story.until(() => status(story)?.State === 'paused')
    const failed = story.tasks('web').find((t) => t.Status.State === 'failed')
    expect(failed?.Status).toMatchObject({
      Message: 'starting',
      Err: 'task: non-zero exit (143): dockerexec: unhealthy container',
    })
  })

  test('a rollback that fails is paused', () => {
    const story = new Story()
    story.create('web', { ...three, UpdateConfig: quick }, 'demo/web:crash')
    story.pass(5)
    story.setImage('web', 'demo/web:v2')
    story.until(() => status(story)?.State === 'completed')
    story.rollBack('web')
    expect(status(story)).toMatchObject({ Message: 'manually requested rollback' })
    story.until(() => status(story)?.State === 'rollback_paused')
    expect(status(story)?.Message).toMatch(/^update paused due to failure/)
  })
})

describe('a manual rollback', () => {
  test('swaps the specs, again and again, and uses the rollback config', () => {
    const story = deployed({ RollbackConfig: { ...quick, Parallelism: 0 } })
    story.setImage('web', 'demo/web:v2')
    story.until(() => status(story)?.State === 'completed')
    const image = (
      spec: { TaskTemplate: { ContainerSpec?: { Image?: string } } } | undefined,
    ) => spec?.TaskTemplate.ContainerSpec?.Image
    for (const [now, previous] of [
      ['demo/web:v1', 'demo/web:v2'],
      ['demo/web:v2', 'demo/web:v1'],
    ]) {
      story.rollBack('web')
      expect(image(story.service('web').Spec)).toBe(now)
      expect(image(story.service('web').PreviousSpec)).toBe(previous)
      expect(status(story)?.State).toBe('rollback_started')
      story.pass(0.2)
      const stopping = story
        .tasks('web')
        .filter((t) => t.DesiredState === 'shutdown' && t.Status.State === 'running')
      expect(stopping).toHaveLength(3)
      story.until(() => status(story)?.State === 'rollback_completed')
      expect(new Set(imagesOf(story))).toEqual(new Set([now]))
    }
  })

  test('is refused by the version of an older look', () => {
    const story = deployed()
    const old = story.service('web')
    story.setImage('web', 'demo/web:v2')
    expect(old.Version.Index).toBeLessThan(story.service('web').Version.Index)
  })
})
