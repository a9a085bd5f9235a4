import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isPastRunning } from './store/states.ts'
import { Story } from './story.fixture.ts'

type Step =
  | { do: 'scale'; to: number }
  | { do: 'image'; tag: string }
  | { do: 'drain' | 'activate' | 'pause' | 'kill' | 'return'; node: string }
  | { do: 'wait'; seconds: number }

const NODES = ['m1', 'm2', 'm3', 'w1', 'w2']

const steps = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('scale' as const), to: fc.integer({ min: 0, max: 8 }) }),
    fc.record({
      do: fc.constant('image' as const),
      tag: fc.constantFrom('v1', 'v2', 'crash', 'nosuchtag', 'unhealthy'),
    }),
    fc.record({
      do: fc.constantFrom(
        'drain' as const,
        'activate' as const,
        'pause' as const,
        'kill' as const,
        'return' as const,
      ),
      node: fc.constantFrom('m2', 'w1', 'w2'),
    }),
    fc.record({
      do: fc.constant('wait' as const),
      seconds: fc.integer({ min: 1, max: 40 }),
    }),
  ),
  { minLength: 1, maxLength: 12 },
)

function take(story: Story, step: Step): void {
  switch (step.do) {
    case 'scale':
      story.update('web', () => ({ Mode: { Replicated: { Replicas: step.to } } }))
      break
    case 'image':
      story.setImage('web', `demo/web:${step.tag}`)
      break
    case 'wait':
      story.pass(step.seconds)
      break
    case 'kill':
      story.swarm.losePower(story.node(step.node).ID)
      break
    case 'return':
      story.swarm.bringBack(story.node(step.node).ID)
      break
    case 'drain':
    case 'pause':
      story.setNode(step.node, { Availability: step.do })
      break
    case 'activate':
      story.setNode(step.node, { Availability: 'active' })
  }
}

function play(
  seed: string,
  story: readonly Step[],
  after: (story: Story) => void,
): string[] {
  const played = new Story({ seed })
  const log: string[] = []
  played.swarm.store.listen({
    change: ({ kind, action, object, at }) => {
      const state = kind === 'task' ? `${object.DesiredState} ${object.Status.State}` : ''
      log.push(`${at} ${object.Version.Index} ${kind} ${action} ${object.ID} ${state}`)
    },
  })
  played.create('web', {
    Mode: { Replicated: { Replicas: 3 } },
    TaskTemplate: { RestartPolicy: { Delay: 1e9 }, Placement: { MaxReplicas: 3 } },
    UpdateConfig: { Parallelism: 2, Monitor: 1e9, FailureAction: 'rollback' },
  })
  for (const step of story) {
    take(played, step)
    after(played)
    played.pass(0.3)
    after(played)
  }
  return log
}

test('the same seed and the same calls give the same story, another seed another', () => {
  fc.assert(
    fc.property(steps, (story) => {
      const first = play('a', story, () => {})
      expect(play('a', story, () => {})).toEqual(first)
      expect(play('b', story, () => {})).not.toEqual(first)
    }),
    { numRuns: 8 },
  )
})

test('whatever happens: versions grow, slots hold what they may, no node more than it may', () => {
  fc.assert(
    fc.property(steps, (story) => {
      let last = 0
      const log = play('c', story, (played) => {
        const live = played.tasks('web').filter((t) => !isPastRunning(t.DesiredState))
        const slots = new Map<number, number>()
        for (const { Slot = 0 } of live) slots.set(Slot, (slots.get(Slot) ?? 0) + 1)
        expect(Math.max(0, ...slots.values())).toBeLessThanOrEqual(1)
        const spec = played.service('web').Spec
        expect(slots.size).toBeLessThanOrEqual(8)
        expect(slots.has(0)).toBe(false)
        for (const hostname of NODES) {
          const active = live.filter(
            (t) => t.NodeID === played.node(hostname).ID && t.Status.State !== 'pending',
          )
          expect(active.length).toBeLessThanOrEqual(
            spec.TaskTemplate.Placement?.MaxReplicas ?? 0,
          )
        }
      })
      for (const line of log) {
        const [, version = '', , action] = line.split(' ')
        // What is removed is told as it last was.
        if (action === 'remove') continue
        expect(Number(version)).toBeGreaterThanOrEqual(last)
        last = Number(version)
      }
    }),
    { numRuns: 8 },
  )
})

test('left alone with a good image and its nodes, it always comes to rest', () => {
  fc.assert(
    fc.property(steps, (story) => {
      const played = new Story()
      played.create('web', { TaskTemplate: { RestartPolicy: { Delay: 1e9 } } })
      for (const step of story) take(played, step)
      for (const name of NODES) {
        played.swarm.bringBack(played.node(name).ID)
        played.setNode(name, { Availability: 'active' })
      }
      played.update('web', ({ TaskTemplate }) => ({
        Mode: { Replicated: { Replicas: 4 } },
        TaskTemplate: {
          ...TaskTemplate,
          ContainerSpec: { Image: 'demo/web:v3' },
        },
      }))
      played.until(() => played.running('web').length === 4, 300)
      played.pass(120)
      const running = played.tasks('web').filter((t) => t.Status.State === 'running')
      expect(running).toHaveLength(4)
      expect(running.every((t) => t.Spec.ContainerSpec?.Image === 'demo/web:v3')).toBe(true)
    }),
    { numRuns: 8 },
  )
})
