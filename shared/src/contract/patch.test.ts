import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Attention, attentionKinds, compareAttention } from './attention.ts'
import { aCluster, aNeed, aNode, aService, aSlot } from './cluster.fixture.ts'
import type { Cluster } from './cluster.ts'
import { applyPatch, follows, Patch } from './patch.ts'
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

/** What needs somebody in one step: new, as it was, other in words or in place, or no more. */
const needs = fc.array(
  fc.dictionary(
    fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    fc.option(
      fc.record({
        kind: fc.constantFrom(...attentionKinds.slice(0, 3)),
        tone: fc.constantFrom('critical', 'warning', 'neutral'),
        detail: fc.constantFrom('0 of 4 running', '1 of 4 running'),
        cause: fc.constantFrom(null, 'boom'),
      }),
    ),
    { noNullPrototype: true },
  ),
  { maxLength: 8 },
)

function needing(
  cluster: Cluster,
  step: Record<string, Partial<Attention> | null>,
): Cluster {
  const next = new Map(cluster.attention.map((row) => [row.id, row]))
  for (const [id, fields] of Object.entries(step)) {
    if (fields === null) next.delete(id)
    else next.set(id, { ...aNeed(id), ...next.get(id), ...fields })
  }
  return { ...cluster, attention: [...next.values()].sort(compareAttention) }
}

const overTheWire = (patch: Patch): Patch => Patch.parse(JSON.parse(JSON.stringify(patch)))

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

  test('property: what needs somebody comes row by row, each in its place', () => {
    fc.assert(
      fc.property(needs, (life) => {
        let truth = aCluster({})
        let browser = truth
        for (const step of life) {
          const next = needing(truth, step)
          const patch = patchBetween(truth, next)
          if (patch) browser = applyPatch(browser, overTheWire(patch))
          expect(browser.attention).toEqual(next.attention)
          const moved = next.attention.filter((row) => !truth.attention.includes(row))
          for (const id of Object.keys(patch?.attention ?? {})) {
            const isGone = !next.attention.some((row) => row.id === id)
            expect(isGone || moved.some((row) => row.id === id)).toBe(true)
          }
          truth = next
        }
      }),
    )
  })

  test('of a hundred that need somebody carries the fields of the one that changed', () => {
    const ids = Array.from({ length: 100 }, (_, i) => `service-down:s${i}`)
    const before = needing(aCluster({}), Object.fromEntries(ids.map((id) => [id, {}])))
    const id = 'service-down:s42'
    const next = needing(before, { [id]: { detail: '1 of 4 running' } })
    const patch = patchBetween(before, next)
    expect(patch?.attention).toEqual({ [id]: { detail: '1 of 4 running' } })
    const browser = patch && applyPatch(before, overTheWire(patch))
    const others = browser?.attention.filter((row, i) => row !== before.attention[i])
    expect(others).toEqual([{ ...aNeed(id), detail: '1 of 4 running' }])
  })

  test('carries all of what newly needs somebody, and the id of what no longer does', () => {
    const before = needing(aCluster({}), { 'stuck:web': {}, 'stuck:api': {} })
    const next = needing(before, { 'stuck:web': null, 'stuck:db': {} })
    const patch = patchBetween(before, next)
    expect(patch?.attention).toEqual({ 'stuck:web': null, 'stuck:db': aNeed('stuck:db') })
  })

  test('of what grew graver carries that, and its reader moves it to its place', () => {
    const before = needing(aCluster({}), { a: {}, b: {}, c: {} })
    const next = needing(before, { c: { tone: 'critical' } })
    const patch = patchBetween(before, next)
    expect(patch?.attention).toEqual({ c: { tone: 'critical' } })
    const browser = patch && applyPatch(before, patch)
    expect(browser?.attention.map(({ id }) => id)).toEqual(['c', 'a', 'b'])
    expect(browser?.attention[1]).toBe(before.attention[0])
  })

  test('is null when nothing changed', () => {
    const cluster = aCluster({ web: aService({}) })
    expect(patchBetween(cluster, { ...cluster })).toBeNull()
    const needy = needing(cluster, { 'stuck:web': {} })
    expect(patchBetween(needy, needing(needy, {}))).toBeNull()
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

  test('carries the fields of the overview that changed', () => {
    const before = aCluster({})
    const tasks = { running: 1, desired: 2 }
    const next = { ...before, overview: { ...before.overview, tasks } }
    const patch = patchBetween(before, next)
    expect(patch?.overview).toEqual({ tasks })
    const browser = patch && applyPatch(before, patch)
    expect(browser?.overview).toEqual(next.overview)
    expect(browser?.overview.nodes).toBe(before.overview.nodes)
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
    expect(browser.attention).toBe(before.attention)
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
