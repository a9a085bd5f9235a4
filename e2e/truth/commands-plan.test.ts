import { describe, expect, test } from 'vitest'
import { parseConstraint } from '../../server/src/domain/constraints.ts'
import { commandScenarioOf } from './commands-plan.ts'

const scenarios = Array.from({ length: 200 }, (_, seed) => commandScenarioOf(seed))
const services = scenarios.flatMap((scenario) => scenario.services)
const actions = scenarios.flatMap((scenario) => scenario.actions)

describe('a scenario of commands', () => {
  test('is the same for the same seed, and another for another', () => {
    expect(commandScenarioOf(7)).toEqual(commandScenarioOf(7))
    expect(commandScenarioOf(7)).not.toEqual({ ...commandScenarioOf(8), seed: 7 })
    expect(JSON.parse(JSON.stringify(commandScenarioOf(7)))).toEqual(commandScenarioOf(7))
  })

  test('has names and host ports that are nobody else’s', () => {
    const names = services.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const { services } of scenarios) {
      const ports = services.flatMap(({ hostPort }) => hostPort ?? [])
      expect(new Set(ports).size).toBe(ports.length)
    }
  })

  test('asks something of services that are there, and nothing once they are removed', () => {
    for (const { services, actions } of scenarios) {
      const there = new Set(services.map(({ name }) => name))
      for (const { service, kind } of actions) {
        expect(there.has(service)).toBe(true)
        if (kind === 'remove') there.delete(service)
      }
    }
  })

  test('scales no global service, and none to what it is', () => {
    for (const { services, actions } of scenarios) {
      const now = new Map(services.map(({ name, replicas }) => [name, replicas]))
      const modes = new Map(services.map(({ name, mode }) => [name, mode]))
      for (const action of actions) {
        if (action.kind !== 'scale') continue
        expect(modes.get(action.service)).toBe('replicated')
        expect(action.replicas).not.toBe(now.get(action.service))
        now.set(action.service, action.replicas)
      }
    }
  })

  test('asks only for constraints that the swarm takes', () => {
    for (const each of services.flatMap(({ constraints }) => constraints)) {
      expect(parseConstraint(each), each).not.toBeNull()
    }
  })
})

describe('all scenarios of commands together', () => {
  const has = <T>(all: readonly T[], is: (one: T) => boolean) => all.filter(is).length

  test.each(['restart', 'image', 'scale', 'rollback', 'remove', 'edit'])(
    'know enough of %s',
    (kind) => {
      expect(has(actions, (action) => action.kind === kind)).toBeGreaterThan(80)
    },
  )

  test.each(['volume', 'volatile-volume', 'anonymous', 'tmpfs', 'bind'])(
    'know mounts of the kind %s',
    (kind) => {
      expect(has(services, ({ mount }) => mount?.kind === kind)).toBeGreaterThan(20)
    },
  )

  test.each([
    ['globals', has(services, ({ mode }) => mode === 'global')],
    ['replicas', has(services, ({ replicas }) => replicas > 1)],
    ['host ports', has(services, ({ hostPort }) => hostPort !== null)],
    ['caps', has(services, ({ maxPerNode }) => maxPerNode !== null)],
    ['start-first', has(services, ({ order }) => order === 'start-first')],
    ['pinned', has(services, ({ constraints: [one] }) => /hostname/.test(one ?? ''))],
    ['loose', has(services, ({ constraints }) => constraints.length === 0)],
    ['all at once', has(services, ({ parallelism }) => parallelism === 0)],
    ['killed', has(services, ({ aftermath }) => aftermath.kind === 'killed')],
    ['scaled to 0', has(actions, (a) => a.kind === 'scale' && a.replicas === 0)],
  ])('know enough %s', (_, found) => {
    expect(found).toBeGreaterThan(80)
  })
})
