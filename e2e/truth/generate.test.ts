import { describe, expect, test } from 'vitest'
import { parseConstraint } from '../../server/src/domain/constraints.ts'
import { full, scenarioOf } from './generate.ts'

const seeds = Array.from({ length: 300 }, (_, seed) => seed)
const scenarios = seeds.map((seed) => scenarioOf(seed))
const services = scenarios.flatMap((scenario) => scenario.services)
const actions = scenarios.flatMap((scenario) => scenario.actions)

describe('a scenario', () => {
  test('is the same for the same seed, and another for another', () => {
    expect(scenarioOf(7)).toEqual(scenarioOf(7))
    expect(scenarioOf(7)).not.toEqual({ ...scenarioOf(8), seed: 7 })
    expect(JSON.parse(JSON.stringify(scenarioOf(7)))).toEqual(scenarioOf(7))
  })

  test('has names and host ports that are nobody else’s', () => {
    const names = services.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const { services } of scenarios) {
      const ports = services.flatMap(({ hostPort }) => hostPort ?? [])
      expect(new Set(ports).size).toBe(ports.length)
    }
  })

  test('changes only labels that are there, and adds only those that are not', () => {
    for (const scenario of scenarios) {
      const now = new Map(full.nodes.map((node) => [node, { ...scenario.labels[node] }]))
      for (const action of scenario.actions) {
        if (action.kind === 'drain') continue
        const labels = now.get(action.node) ?? {}
        expect(Object.keys(action.set).length + action.unset.length).toBe(1)
        for (const key of action.unset) {
          expect(labels).toHaveProperty(key)
          delete labels[key]
        }
        for (const [key, value] of Object.entries(action.set)) {
          expect(labels[key]).not.toBe(value)
          labels[key] = value
        }
      }
    }
  })

  test('asks only for constraints that the swarm takes', () => {
    for (const each of services.flatMap(({ constraints }) => constraints)) {
      expect(parseConstraint(each), each).not.toBeNull()
    }
  })
})

describe('all scenarios together', () => {
  const has = <T>(all: readonly T[], is: (one: T) => boolean) => all.filter(is).length

  test.each([
    ['drains', has(actions, ({ kind }) => kind === 'drain'), 200],
    ['label changes', has(actions, ({ kind }) => kind === 'labels'), 200],
    ['of paused nodes', has(actions, ({ paused }) => paused), 50],
    ['globals', has(services, ({ mode }) => mode === 'global'), 100],
    ['jobs', has(services, ({ mode }) => mode.endsWith('-job')), 100],
    ['host ports', has(services, ({ hostPort }) => hostPort !== null), 100],
    ['caps', has(services, ({ maxPerNode }) => maxPerNode !== null), 100],
    ['reservations', has(services, ({ reserved: r }) => r.cpu + r.memory > 0), 100],
    ['limits of restarts', has(services, ({ restart: r }) => r.maxAttempts > 0), 100],
    ['never restarted', has(services, ({ restart }) => restart.condition === 'none'), 100],
    [
      'globals left on the spec before',
      has(
        services,
        ({ mode, aftermath: { kind } }) => mode === 'global' && kind.endsWith('-update'),
      ),
      20,
    ],
    ['in a delay', has(services, ({ behaviour }) => behaviour === 'crash'), 30],
  ])('know enough %s', (_, found, least) => {
    expect(found).toBeGreaterThanOrEqual(least)
  })

  test.each(['volume', 'volatile-volume', 'anonymous', 'tmpfs', 'bind'])(
    'know mounts of the kind %s',
    (kind) => {
      expect(has(services, ({ mount }) => mount?.kind === kind)).toBeGreaterThan(20)
    },
  )

  test.each(['killed', 'bad-update', 'stuck-update', 'scaled'])(
    'know services that were %s',
    (kind) => {
      expect(has(services, ({ aftermath }) => aftermath.kind === kind)).toBeGreaterThan(20)
    },
  )
})
