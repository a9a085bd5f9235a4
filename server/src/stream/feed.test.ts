import { Cluster } from '@skep/shared/contract/cluster'
import { applyPatch, follows, Patch } from '@skep/shared/contract/patch'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { anEngine } from '../mirror/engine.fixture.ts'
import { createMirror } from '../mirror/mirror.ts'
import { createFeed } from './feed.ts'

const log = { info: () => {}, warn: () => {}, error: () => {} }
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds)

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A feed over an engine, and a browser that follows it over a wire that is JSON. */
async function aFeed() {
  const engine = anEngine()
  engine.putNode('m1')
  engine.putService('web', 2)
  engine.putTask('t1', 'web', 'running')
  const mirror = createMirror([engine], log)
  const feed = createFeed(mirror, {
    epoch: 'boot',
    version: '0.1.0',
    readOnly: false,
    operations: { all: () => ({}), onChange: () => () => {} },
    residency: { current: () => new Map(), onChange: () => () => {} },
    rotations: { open: () => [], onChange: () => () => {} },
    onNews: () => {},
    log,
  })
  const patches: Patch[] = []
  feed.subscribe((patch) => patches.push(Patch.parse(JSON.parse(JSON.stringify(patch)))))
  mirror.start()
  await pass(1_000)
  const stop = async () => {
    const stopped = mirror.stop()
    feed.stop()
    await pass(1_000)
    await stopped
  }
  return { engine, feed, patches, stop }
}

/** What an engine goes through, as a test can make it happen and announce it. */
const steps = fc.array(
  fc.record({
    what: fc.constantFrom('put', 'drop', 'service', 'silent', 'node', 'break', 'mend'),
    task: fc.constantFrom('t1', 't2', 't3'),
    state: fc.constantFrom('pending', 'preparing', 'running', 'failed', 'shutdown'),
    slot: fc.integer({ min: 1, max: 3 }),
  }),
  { maxLength: 12 },
)

describe('the feed', () => {
  test('property: a browser that applies every patch has the snapshot', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (life) => {
        const { engine, feed, patches, stop } = await aFeed()
        let browser = Cluster.parse(feed.snapshot())
        patches.length = 0
        for (const { what, task, state, slot } of life) {
          if (what === 'put' || what === 'silent') {
            engine.putTask(task, 'web', state, { Slot: slot })
          }
          if (what === 'drop') engine.dropTask(task)
          if (what === 'put' || what === 'drop') {
            engine.tell.change({
              kind: 'task',
              action: 'update',
              id: task,
              serviceId: 'web',
            })
          }
          if (what === 'service') engine.putService('web', slot)
          if (what === 'service') {
            engine.tell.event({ Type: 'service', Action: 'update', Actor: { ID: 'web' } })
          }
          if (what === 'node')
            engine.putNode('m1', {
              Status: { State: state === 'failed' ? 'down' : 'ready' },
            })
          if (what === 'break') engine.break('no-quorum')
          if (what === 'mend') engine.break(null)
          await pass(slot * 700)
        }
        for (const patch of patches) {
          expect(follows(browser, patch)).toBe(true)
          browser = applyPatch(browser, patch)
        }
        const { freshness: _, ...shown } = browser
        const { freshness: __, ...truth } = Cluster.parse(
          JSON.parse(JSON.stringify(feed.snapshot())),
        )
        expect(shown).toEqual(truth)
        await stop()
      }),
      { numRuns: 60 },
    )
  })

  test('a quiet swarm sends nothing, but the age of its facts is known', async () => {
    const { feed, patches, stop } = await aFeed()
    await pass(20_000)
    patches.length = 0
    const before = feed.freshness().contactAt
    await pass(60_000)
    expect(patches).toEqual([])
    expect(feed.freshness().contactAt).not.toBe(before)
    await stop()
  })

  test('the end of a monitor window is news, although no fact changed', async () => {
    const { engine, feed, stop } = await aFeed()
    const now = new Date().toISOString()
    const started = { CreatedAt: now, UpdatedAt: now }
    engine.putTask('t2', 'web', 'running', { Slot: 2, ...started })
    engine.tell.change({ kind: 'task', action: 'create', id: 't2', serviceId: 'web' })
    await pass(100)
    expect(feed.snapshot().services.web?.convergence.verdict).toBe('verifying')
    await pass(6_000)
    expect(feed.snapshot().services.web?.convergence.verdict).toBe('converged')
    await stop()
  })

  test('of a hundred services in trouble one change costs its row, not the list', async () => {
    const { engine, feed, patches, stop } = await aFeed()
    const cause = 'task: non-zero exit (1): '.padEnd(100, 'x')
    const Timestamp = '2026-11-01T14:00:00Z'
    const failed = { Status: { Timestamp, State: 'failed', Err: cause } }
    for (let n = 1; n <= 100; n += 1) {
      engine.putService(`s${n}`, 4)
      engine.putTask(`s${n}.1`, `s${n}`, 'failed', failed)
      engine.tell.event({ Type: 'service', Action: 'create', Actor: { ID: `s${n}` } })
    }
    await pass(5_000)
    const { attention } = feed.snapshot()
    expect(attention.length).toBeGreaterThanOrEqual(100)
    expect(JSON.stringify(attention).length).toBeGreaterThan(20_000)
    patches.length = 0
    const change = async (state: string, fields = {}) => {
      engine.putTask('s42.1', 's42', state, fields)
      engine.tell.change({ kind: 'task', action: 'update', id: 's42.1', serviceId: 's42' })
      await pass(1_000)
    }
    await change('failed', { Status: { Timestamp, State: 'failed', Err: 'no such file' } })
    await change('running')
    await change('failed', failed)
    const sizes = patches.map((patch) => JSON.stringify(patch).length)
    const rows = patches.map((patch) => Object.keys(patch.attention ?? {}))
    expect(rows).toEqual([[], ['service-down:s42'], ['service-down:s42']])
    const [worded, up, down] = sizes
    expect(worded).toBeLessThan(1_024)
    expect(up).toBeLessThan(1_024)
    expect(down).toBeLessThan(1_536) // all of its row anew, and the news of it
    await stop()
  })

  test('keeps the patches that a reader missed, and says when it does not', async () => {
    const { engine, feed, stop } = await aFeed()
    const { epoch, seq } = feed.snapshot()
    for (const state of ['failed', 'running', 'failed']) {
      engine.putTask('t1', 'web', state)
      engine.tell.change({ kind: 'task', action: 'update', id: 't1', serviceId: 'web' })
      await pass(100)
    }
    expect(feed.since(epoch, seq)?.map((patch) => patch.seq)).toEqual([
      seq + 1,
      seq + 2,
      seq + 3,
    ])
    expect(feed.since(epoch, feed.snapshot().seq)).toEqual([])
    expect(feed.since('another', seq)).toBeNull()
    expect(feed.since(epoch, seq + 99)).toBeNull()
    await stop()
  })

  test('no environment value enters a snapshot', async () => {
    const { feed, stop } = await aFeed()
    expect(JSON.stringify(feed.snapshot())).not.toContain('s3cret')
    await stop()
  })

  test('a job of millions costs neither the process nor the truth', async () => {
    const { engine, feed, stop } = await aFeed()
    engine.putService('web', 20_000_000)
    engine.tell.event({ Type: 'service', Action: 'update', Actor: { ID: 'web' } })
    await pass(1_000)
    expect(feed.snapshot().services.web).toMatchObject({ desired: 20_000_000, running: 1 })
    await stop()
  })
})
