import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aCluster, aNode, aService, aSlot } from './cluster.fixture.ts'
import type { Cluster } from './cluster.ts'
import { applyPatch, follows } from './patch.ts'
import { patchBetween } from './patch-between.ts'
import { compareSlots, type Service } from './service.ts'

const names = fc.constantFrom('web', 'api', 'db', '__proto__', 'constructor')
const slotNumbers = fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { maxLength: 6 })

/** A service as a snapshot holds it, slots in their order. */
const services = fc
  .record({ running: fc.nat(9), slots: slotNumbers, error: fc.constantFrom(null, 'boom') })
  .map(({ running, slots, error }): Omit<Service, 'name'> => {
    const { name: _, ...service } = aService({ running })
    return { ...service, slots: slots.map((n) => aSlot(n, error)).sort(compareSlots) }
  })

/** One step of a swarm's life: some services replaced, some kept, some gone. */
const steps = fc.array(
  fc.dictionary(names, fc.oneof(services, fc.constant(null)), { noNullPrototype: true }),
  { maxLength: 8 },
)

function stepped(
  cluster: Cluster,
  step: Record<string, Omit<Service, 'name'> | null>,
): Cluster {
  const next = new Map(Object.entries(cluster.services))
  for (const [name, service] of Object.entries(step)) {
    if (service === null) next.delete(name)
    else next.set(name, { ...service, name })
  }
  return { ...cluster, services: Object.fromEntries(next) }
}

describe('a patch', () => {
  test('property: every patch applied equals a fresh snapshot', () => {
    fc.assert(
      fc.property(steps, (life) => {
        let truth = aCluster({})
        let browser = JSON.parse(JSON.stringify(truth)) as Cluster // as it came over the wire
        for (const step of life) {
          const next = stepped(truth, step)
          const patch = patchBetween(truth, next)
          if (!patch) {
            truth = next
            continue
          }
          truth = { ...next, seq: patch.seq }
          expect(follows(browser, patch)).toBe(true)
          browser = applyPatch(browser, JSON.parse(JSON.stringify(patch)))
          expect(browser).toEqual(truth)
        }
      }),
    )
  })

  test('is null when nothing changed', () => {
    const cluster = aCluster({ web: aService({}) })
    expect(patchBetween(cluster, { ...cluster })).toBeNull()
  })

  test('carries one slot when one slot changed, and not the service', () => {
    const slots = [1, 2, 3].map((n) => aSlot(n, null))
    const before = aCluster({ web: aService({ slots }) })
    const changed = aSlot(2, 'boom')
    const web = before.services.web
    if (!web) throw new Error('the fixture lost its service')
    const now = { ...web, slots: slots.map((slot) => (slot.number === 2 ? changed : slot)) }
    const patch = patchBetween(before, { ...before, services: { web: now } })
    expect(patch?.services).toBeUndefined()
    expect(patch?.slots).toEqual({ web: { 2: changed } })
  })

  test('carries the fields of a service that changed, and all of a new one', () => {
    const before = aCluster({ web: aService({}) })
    const next = stepped(before, {
      web: aService({ running: 7 }),
      api: aService({ name: 'api' }),
    })
    const { slots: _, ...head } = aService({ name: 'api' })
    expect(patchBetween(before, next)?.services).toMatchObject({ api: head })
    const { web } = before.services
    if (!web) throw new Error('the fixture lost its service')
    const only = { ...before, services: { web: { ...web, running: 7 } } }
    expect(patchBetween(before, only)?.services).toEqual({ web: { running: 7 } })
  })

  test('carries the fields of a node that changed', () => {
    const node = aNode({})
    const before = { ...aCluster({}), nodes: { [node.name]: node } }
    const after = { ...node, tasks: { running: 3, live: 4 } }
    const next = { ...before, nodes: { [node.name]: after } }
    const patch = patchBetween(before, next)
    expect(patch?.nodes).toEqual({ [node.name]: { tasks: { running: 3, live: 4 } } })
    expect(patch && applyPatch(before, patch).nodes).toEqual(next.nodes)
  })

  test('names the sources that were read since, and no others', () => {
    const before = aCluster({ web: aService({}) })
    const at = '2026-01-01T00:00:30.000Z'
    const readAt = { ...before.freshness.readAt, nodes: at }
    const freshness = { ...before.freshness, now: at, readAt }
    const next = { ...before, freshness, services: {} }
    const patch = patchBetween(before, next)
    expect(patch?.freshness.readAt).toEqual({ nodes: at })
    expect(patch && applyPatch(before, patch).freshness).toEqual(freshness)
  })

  test('leaves what it does not name untouched, by identity', () => {
    const before = aCluster({ web: aService({}), api: aService({ name: 'api' }) })
    const next = stepped(before, { web: aService({ running: 1 }) })
    const patch = patchBetween(before, next)
    if (!patch) throw new Error('a change made no patch')
    const browser = applyPatch(before, patch)
    expect(browser.services.api).toBe(before.services.api)
    expect(browser.nodes).toBe(before.nodes)
  })

  test.each([
    { epoch: 'a', seq: 1, next: true, why: 'the very next' },
    { epoch: 'a', seq: 2, next: false, why: 'one was missed' },
    { epoch: 'a', seq: 0, next: false, why: 'already applied' },
    { epoch: 'b', seq: 1, next: false, why: 'of another run of the server' },
  ])('$epoch:$seq follows a:0 is $next: $why', ({ epoch, seq, next }) => {
    const cluster = { ...aCluster({}), epoch: 'a', seq: 0 }
    expect(follows(cluster, { epoch, seq, freshness: cluster.freshness })).toBe(next)
  })
})
