import type { Verdict } from '@skep/shared/contract/service'
import { command, ended } from './commanding.ts'
import type { Console } from './console.ts'
import { expect, test } from './fixtures.ts'
import { type Lab, until } from './lab/lab.ts'
import { createService, image, removeService, serviceIs } from './swarm.ts'

type Action = 'pause' | 'continue' | 'rollback'

type Story = {
  name: string
  /** What runs first, and what it is updated to. */
  from: string
  to: string
  action: Action
  order?: 'start-first' | 'stop-first'
  /** Asked for once the update has ended, each to its own end. */
  afterwards?: ('rollback' | 'resume')[]
  /** What the engine ends with. */
  engine: string | null
  /** What the console must say of that, and how the last operation must have ended. */
  verdict: Verdict[]
  operation: 'converged' | 'failed'
}

const troubled: Verdict[] = ['down', 'degraded', 'flapping']
const web = (tag: string) => image('web', tag)

/** Every way in which a rollout ends, as swarmkit's own tests of updates know them. */
const stories: Story[] = [
  {
    name: 'stop-first',
    from: web('v1'),
    to: web('v2'),
    action: 'pause',
    engine: 'completed',
    verdict: ['converged'],
    operation: 'converged',
  },
  {
    name: 'start-first',
    from: web('v1'),
    to: web('v2'),
    action: 'pause',
    order: 'start-first',
    engine: 'completed',
    verdict: ['converged'],
    operation: 'converged',
  },
  {
    name: 'slow-start',
    from: web('v1'),
    to: web('slow'),
    action: 'rollback',
    order: 'start-first',
    engine: 'completed',
    verdict: ['converged'],
    operation: 'converged',
  },
  {
    name: 'bad-tag-pause',
    from: web('v1'),
    to: web('v9'),
    action: 'pause',
    engine: 'paused',
    verdict: ['paused'],
    operation: 'failed',
  },
  {
    name: 'bad-tag-rollback',
    from: web('v1'),
    to: web('v9'),
    action: 'rollback',
    engine: 'rollback_completed',
    verdict: ['rolled-back'],
    operation: 'failed',
  },
  {
    name: 'crash-pause',
    from: web('v1'),
    to: web('crash'),
    action: 'pause',
    engine: 'paused',
    verdict: ['paused'],
    operation: 'failed',
  },
  {
    name: 'crash-rollback',
    from: web('v1'),
    to: web('crash'),
    action: 'rollback',
    engine: 'rollback_completed',
    verdict: ['rolled-back'],
    operation: 'failed',
  },
  {
    name: 'crash-continue',
    from: web('v1'),
    to: web('crash'),
    action: 'continue',
    engine: 'completed',
    verdict: troubled,
    operation: 'failed',
  },
  {
    name: 'unhealthy-pause',
    from: web('healthy'),
    to: web('unhealthy'),
    action: 'pause',
    engine: 'paused',
    verdict: ['paused'],
    operation: 'failed',
  },
  {
    name: 'unhealthy-rollback',
    from: web('healthy'),
    to: web('unhealthy'),
    action: 'rollback',
    order: 'start-first',
    engine: 'rollback_completed',
    verdict: ['rolled-back'],
    operation: 'failed',
  },
  {
    name: 'pause-then-rollback',
    from: web('v1'),
    to: web('v9'),
    action: 'pause',
    afterwards: ['rollback'],
    engine: 'rollback_completed',
    verdict: ['rolled-back', 'converged'],
    operation: 'converged',
  },
  {
    name: 'pause-then-resume',
    from: web('v1'),
    to: web('v9'),
    action: 'pause',
    afterwards: ['resume'],
    engine: 'paused',
    verdict: ['paused'],
    operation: 'failed',
  },
  {
    name: 'rollback-of-a-rollback',
    from: web('v1'),
    to: web('v2'),
    action: 'pause',
    afterwards: ['rollback', 'rollback'],
    engine: 'rollback_completed',
    verdict: ['rolled-back', 'converged'],
    operation: 'converged',
  },
]

test.describe('the verdict on a rollout', () => {
  test.describe.configure({ timeout: 300_000 })

  test('equals the end state of the engine, and no operation stays open', async ({
    lab,
    skep,
  }) => {
    const told = await inLanes(lanes, stories, async (story) => {
      const { name, from, to, action, order = 'stop-first', afterwards = [] } = story
      const options = ['--update-failure-action', action, '--update-order', order]
      await createService(lab, name, 2, { from, options })
      await serviceIs(skep, name, 'converged')
      let { id } = await command(skep, name, 'image', { image: to })
      let operation = await ended(skep, id, 150_000)
      for (const kind of afterwards) {
        id = (await command(skep, name, kind)).id
        operation = await ended(skep, id, 150_000)
      }
      const engine = await restOf(lab, name)
      const verdict = await settledVerdict(skep, name)
      return {
        name,
        engine,
        verdict,
        operation: operation.state,
        why: operation.sentence,
      }
    })
    for (const story of stories) {
      const found = told.find(({ name }) => name === story.name)
      expect(found, story.name).toMatchObject({
        engine: story.engine,
        operation: story.operation,
      })
      expect(story.verdict, `${story.name}: ${found?.why}`).toContain(found?.verdict)
    }
    await Promise.all(stories.map(({ name }) => removeService(lab, skep, name)))
  })
})

/** So many rollouts at a time: an engine that has all of them at once stops answering. */
const lanes = 5

/** Works through a list, so many at a time; answers in the order of the list. */
async function inLanes<T, R>(
  count: number,
  list: readonly T[],
  work: (one: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = []
  const due = list.entries()
  const lane = async () => {
    for (const [index, one] of due) results[index] = await work(one)
  }
  await Promise.all(Array.from({ length: count }, lane))
  return results
}

type Inspected = { UpdateStatus?: { State: string } }

/** The state in which the engine leaves an update, once it works on it no longer. */
async function restOf(lab: Lab, name: string): Promise<string | null> {
  const rest = await until(
    async () => {
      const service = (await lab.api('m1', 'GET', `/services/${name}`)) as Inspected
      const state = service.UpdateStatus?.State ?? 'none'
      return ['updating', 'rollback_started'].includes(state) ? null : state
    },
    { what: `the engine to be done with ${name}`, timeout: 60_000 },
  )
  return rest === 'none' ? null : rest
}

/** A crash loop passes through `running`: what is said of it must not be asked in between. */
const settledVerdict = (skep: Console, name: string): Promise<Verdict> =>
  until(
    async () => {
      const { verdict } = (await skep.cluster()).services[name]?.convergence ?? {}
      const moving = ['updating', 'rolling-back', 'converging', 'verifying']
      return verdict && !moving.includes(verdict) ? verdict : null
    },
    { what: `a verdict on ${name}`, timeout: 60_000 },
  )
