import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aState } from '../entities.fixture.ts'
import type { Demand } from '../placement/demand.ts'
import { firstRefusal } from '../placement/filters.ts'
import { type Site, siteOf, withTask } from '../placement/sites.ts'
import { type Group, shareOn, shares } from './competition.ts'
import { w } from './node-commands.fixture.ts'

const demand = (
  serviceId: string,
  cpus: number,
  port: boolean,
  most: number | null,
): Demand => ({
  serviceId,
  constraints: [],
  reservations: { nanoCpus: cpus * 1e9, memoryBytes: 0 },
  generic: {},
  platforms: [],
  hostPorts: port ? ['80/tcp'] : [],
  maxReplicas: most,
  plugins: [],
  clusterMounts: [],
})

const aSite = (id: string, cpus: number): Site =>
  siteOf(
    aState({ nodes: [] }),
    w(id, { resources: { nanoCpus: cpus * 1e9, memoryBytes: 1 } }),
  )

const groupsIn = fc
  .record({
    cpus: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 4 }),
    services: fc.array(
      fc.record({
        asks: fc.integer({ min: 0, max: 3 }),
        port: fc.boolean(),
        most: fc.option(fc.integer({ min: 1, max: 2 })),
        count: fc.integer({ min: 1, max: 4 }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  })
  .map(({ cpus, services }): Group[] => {
    const sites = cpus.map((count, i) => aSite(`w${i}`, count))
    return services.map(({ asks, port, most, count }, i) => {
      const asked = demand(`s${i}`, asks, port, most)
      const candidates = sites.filter((site) => firstRefusal(asked, site) === null)
      return { demand: asked, count, candidates }
    })
  })

/** Places every task of every group in this order, each on a node of its choice. */
function placed(
  groups: readonly Group[],
  order: readonly number[],
  picks: readonly number[],
) {
  const sites = new Map<string, Site>()
  for (const { candidates } of groups)
    for (const site of candidates) sites.set(site.node.id, site)
  const counts = groups.map(() => 0)
  const queue = groups.flatMap(({ count }, i) => new Array<number>(count).fill(i))
  const turns = queue
    .map((group, i) => ({ group, key: order[i % order.length] ?? 0, i }))
    .sort((a, b) => a.key - b.key || a.i - b.i)
  for (const [turn, { group }] of turns.entries()) {
    const { demand: asked } = groups[group] ?? { demand: demand('', 0, false, null) }
    const open = [...sites.values()].filter((site) => firstRefusal(asked, site) === null)
    const chosen = open[(picks[turn % picks.length] ?? 0) % Math.max(1, open.length)]
    if (!chosen) continue
    sites.set(chosen.node.id, withTask(chosen, asked))
    counts[group] = (counts[group] ?? 0) + 1
  }
  return counts
}

const some = fc.array(fc.nat(100), { minLength: 12, maxLength: 24 })

test('whatever the order and the choices, no group gets less than what is sure', () => {
  fc.assert(
    fc.property(groupsIn, some, some, (groups, order, picks) => {
      const counts = placed(groups, order, picks)
      for (const [i, { atBest, atWorst }] of shares(groups).entries()) {
        expect(atWorst).toBeLessThanOrEqual(atBest)
        expect(counts[i]).toBeGreaterThanOrEqual(atWorst)
        expect(counts[i]).toBeLessThanOrEqual(atBest)
      }
    }),
    { numRuns: 2_000 },
  )
})

test('nor on one node that all of them look for room on', () => {
  fc.assert(
    fc.property(groupsIn, some, some, (groups, order, picks) => {
      const site = aSite('w0', 5)
      const here = groups.map((group): Group => {
        const fits = firstRefusal(group.demand, site) === null
        return { ...group, candidates: fits ? [site] : [] }
      })
      const counts = placed(here, order, picks)
      for (const [i, group] of here.entries()) {
        const others = here.filter((other) => other !== group)
        const { atBest, atWorst } = shareOn(site, group, others)
        expect(counts[i]).toBeGreaterThanOrEqual(atWorst)
        expect(counts[i]).toBeLessThanOrEqual(atBest)
      }
    }),
    { numRuns: 2_000 },
  )
})

test('kinds of resources are named by whoever runs a node, as every object has them too', () => {
  const generic = { constructor: 1 }
  const site = { ...aSite('w1', 2), free: { nanoCpus: 2e9, memoryBytes: 1, generic } }
  const asks = { ...demand('a', 0, false, null), generic }
  const other = demand('b', 1, false, null)
  const found = shares([
    { demand: asks, count: 1, candidates: [site] },
    { demand: other, count: 1, candidates: [site] },
    { demand: { ...asks, serviceId: 'c' }, count: 1, candidates: [site] },
  ])
  expect(found).toEqual([
    { atBest: 1, atWorst: 0 },
    { atBest: 1, atWorst: 1 },
    { atBest: 1, atWorst: 0 },
  ])
})
