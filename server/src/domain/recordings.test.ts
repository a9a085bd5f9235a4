import type { Service } from '@skep/shared/contract/service'
import { describe, expect, test } from 'vitest'
import { createProjector } from './projection.ts'
import { at, epoch, type Moment, replay } from './recording.fixture.ts'
import { watch } from './watch.fixture.ts'

/** What was said of a service, each thing once. */
function said(recording: string, name = 'web', say = verdictAndSentence): string[] {
  const lines = watch(recording).map(({ view }) => {
    const service = view.services[name]
    return service ? say(service) : 'gone'
  })
  return lines.filter((line, i) => line !== lines[i - 1])
}

const verdictAndSentence = ({ convergence }: Service) =>
  `${convergence.verdict}: ${convergence.sentence}`
const verdict = ({ convergence }: Service) => convergence.verdict

describe('one service', () => {
  test('a rolling update, stop-first', () => {
    expect(said('rollout-stop-first-28')).toEqual([
      'converged: 3 of 3 on the current spec',
      'converging: 0 of 3 on the current spec',
      'updating: 0 of 3 updated',
      'updating: 1 of 3 updated',
      'updating: 2 of 3 updated',
      'updating: 3 of 3 updated',
      'verifying: 3 of 3 on the current spec, verifying',
      'converged: 3 of 3 on the current spec',
    ])
  })

  test('a rolling update, start-first: two tasks share a slot, and no slot is ever short', () => {
    const views = watch('rollout-start-first-28').map(({ view }) => view.services.web)
    expect(views.some((web) => web?.slots.some(({ tasks }) => tasks.length === 2))).toBe(
      true,
    )
    expect(views.every((web) => web?.running === web?.desired)).toBe(true)
    expect(said('rollout-start-first-28', 'web', verdict).slice(-3)).toEqual([
      'updating',
      'verifying',
      'converged',
    ])
  })

  test('a crashing image, failure action pause: the culprit and its own words', () => {
    const last = watch('bad-crash-pause-28').at(-1)?.view
    expect(last?.services.web?.convergence).toMatchObject({
      verdict: 'paused',
      culprit: '8u7dro',
      cause: 'task: non-zero exit (1)',
    })
    expect(last?.attention).toMatchObject([{ id: 'update-paused:web', tone: 'warning' }])
  })

  test('a crashing image, failure action rollback: rolled back, and never green', () => {
    expect(said('bad-crash-rollback-28', 'web', verdict)).toEqual([
      'converged',
      'converging',
      'updating',
      'rolling-back',
      'rolled-back',
    ])
    const last = watch('bad-crash-rollback-28').at(-1)?.view
    expect(last?.attention).toMatchObject([
      { kind: 'rolled-back', cause: 'task: non-zero exit (1)' },
    ])
    expect(last?.overview).toMatchObject({
      sentence: '1 thing needs you.',
      tone: 'warning',
    })
  })

  test('a crashing image, failure action continue: completed, and down', () => {
    const last = at(replay('bad-crash-continue-28'), 18.11)
    const views = watch('bad-crash-continue-28')
    expect([...last.services.values()][0]?.update?.state).toBe('completed')
    expect(views.at(-1)?.view.services.web?.convergence.verdict).toBe('down')
    const verdicts = said('bad-crash-continue-28', 'web', verdict)
    expect(verdicts).toEqual(['converged', 'converging', 'updating', 'down'])
  })

  test('an image that is never healthy, and ends with 0: the swarm alone can say why', () => {
    const last = watch('unhealthy-pause-28').at(-1)?.view.services.web
    expect(last?.convergence).toMatchObject({
      verdict: 'paused',
      sentence: 'update paused: 1 task failed, 0 of 2 updated',
      cause: 'update paused due to failure or early termination of task mash4v',
    })
    expect(last?.running).toBe(2)
  })

  test('an image that is never healthy, and is rolled back', () => {
    const last = watch('unhealthy-rollback-20').at(-1)?.view.services.web
    expect(last?.convergence).toMatchObject({
      verdict: 'rolled-back',
      cause: 'task: non-zero exit (143): dockerexec: unhealthy container',
    })
  })

  test('a slow start takes its time, and is nobody’s business', () => {
    expect(said('slow-start-28', 'web', verdict)).toEqual([
      'converged',
      'converging',
      'updating',
      'verifying',
      'converged',
    ])
    const views = watch('slow-start-28')
    expect(views.every(({ view }) => view.attention.length === 0)).toBe(true)
  })

  test.each(['rollback-manual-28', 'rollback-of-rollback-28'])(
    '%s needs nobody',
    (name) => {
      const last = watch(name).at(-1)?.view
      expect(last?.services.web?.convergence).toMatchObject({
        verdict: 'rolled-back',
        sentence: 'rolled back, 3 of 3 running',
      })
      expect(last?.attention).toEqual([])
      expect(last?.overview.tone).toBe('neutral')
    },
  )
})

const viewAt = (views: ReturnType<typeof watch>, t: number) => {
  const found = views.findLast(({ now }) => now <= epoch + t * 1000)
  if (!found) throw new Error(`nothing was seen before ${t} s`)
  return found.view
}

describe('a swarm', () => {
  test('a node is killed: its tasks are out of sight, and replaced', () => {
    const views = watch('node-down-28')
    const down = viewAt(views, 11)
    expect(down.nodes.w1).toMatchObject({ status: 'down', tasks: { running: 0, live: 4 } })
    expect(down.services.glob?.slots.find(({ key }) => key === 'w1')?.status).toBe(
      'unknown',
    )
    expect(down.services.rep).toMatchObject({ running: 3, desired: 4 })
    expect(down.services.rep?.slots[0]?.tasks.map(({ nodeLost }) => nodeLost)).toEqual([
      false,
      true,
    ])
    expect(down.attention.map(({ id }) => id)).toEqual([
      'service-down:pinned',
      'service-down:vol',
      'node-down:w1',
    ])
    expect(viewAt(views, 17).services.rep).toMatchObject({ running: 4 })
    const back = viewAt(views, 40)
    expect(back.overview).toMatchObject({
      sentence: 'Everything is converged.',
      tone: 'ok',
    })
  })

  test('the tasks of its crash are no failures of the services', () => {
    const { services = {} } = watch('node-down-28').at(-1)?.view ?? {}
    const { glob, ...others } = services
    expect(Object.values(others).map((s) => s.recentFailures)).toEqual([0, 0, 0, 0, 0])
    // Its task was replaced as the node came back, which was when the old one read failed:
    // whether it had failed before cannot be told.
    expect(glob?.recentFailures).toBe(1)
  })

  test('a cable is cut: duplicates after it heals are not converged', () => {
    const views = watch('cut-28')
    expect(viewAt(views, 27).services.rep?.convergence).toMatchObject({
      verdict: 'converging',
      sentence: '4 of 4 on the current spec, 1 other task still runs',
    })
    expect(viewAt(views, 60).overview.tone).toBe('ok')
  })

  test('a drain: what is left, what cannot move, and no way back by itself', () => {
    const views = watch('drain-28')
    expect(viewAt(views, 0.3).nodes.w1).toMatchObject({
      status: 'draining',
      sentence: 'Draining. 4 tasks left.',
    })
    expect(viewAt(views, 11).nodes.w1?.status).toBe('drained')
    expect(viewAt(views, 11).attention).toMatchObject([
      {
        kind: 'service-down',
        subject: { name: 'pinned' },
        cause:
          'no suitable node (scheduling constraints not satisfied on 4 nodes; 1 node not available for new tasks)',
      },
    ])
    expect(viewAt(views, 11).services.glob?.slots.map(({ key }) => key)).not.toContain('w1')
    expect(viewAt(views, 18).overview.tone).toBe('ok')
    expect(viewAt(views, 19).nodes.w1?.status).toBe('paused')
  })

  test('a leader is killed: nodes are silent, and no alarm is raised over them', () => {
    const views = watch('leader-change-28')
    const settling = viewAt(views, 11)
    expect(settling.swarm.sentence).toBe(
      'The swarm has a new leader; 5 nodes have yet to report to it.',
    )
    expect(settling.attention.map(({ kind }) => kind)).toEqual(['quorum'])
    const services = Object.values(settling.services)
    expect(services.map(({ convergence }) => convergence.verdict)).toEqual(
      services.map(() => 'converged'),
    )
    expect(viewAt(views, 60).attention.map(({ id }) => id)).toContain('node-down:m1')
  })
})

test.each(['rollout-stop-first-28', 'bad-crash-pause-28', 'node-down-28', 'drain-28'])(
  '%s: whoever comes late sees what whoever watched sees',
  (recording) => {
    const moments: Moment[] = replay(recording)
    const watching = createProjector()
    for (const { now, state } of moments) {
      const { wakeAt: _, ...watched } = watching.project(state, now)
      const { wakeAt: __, ...fresh } = createProjector().project(state, now)
      expect(watched).toEqual(fresh)
    }
  },
)
