import { storedName } from '@skep/shared/contract/stored'
import { describe, expect, test } from 'vitest'
import { planOf, type Uses } from './consumers-plan.ts'

const small = { secrets: 20, configs: 10, services: 12 }
const large = { secrets: 100, configs: 40, services: 60 }
const plans = Array.from({ length: 100 }, (_, seed) => planOf(seed, large))

describe('a plan', () => {
  test('is the same for the same seed, and another for another', () => {
    expect(planOf(7, large)).toEqual(planOf(7, large))
    expect(planOf(7, large)).not.toEqual(planOf(8, large))
  })

  test('has names that the engine takes, each once', () => {
    for (const { secrets, configs, services } of plans) {
      expect([secrets.length, configs.length, services.length]).toEqual([100, 40, 60])
      for (const all of [secrets, configs, services.map(({ name }) => name)]) {
        expect(new Set(all).size).toBe(all.length)
      }
      for (const name of [...secrets, ...configs]) storedName.parse(name)
      expect(configs.some((name) => secrets.includes(name))).toBe(true)
    }
  })

  test('refers to what it makes, each file at a target of its own', () => {
    for (const { secrets, configs, services } of plans) {
      const known = { secrets: new Set(secrets), configs: new Set(configs) }
      const all = services.flatMap(({ uses, steps }): Uses[] => [
        uses,
        ...steps.flatMap((step) => ('uses' in step ? step.uses : [])),
      ])
      for (const uses of all) {
        for (const kind of ['secrets', 'configs'] as const) {
          const targets = uses[kind].map(({ target }) => target)
          expect(new Set(targets).size).toBe(targets.length)
          for (const { name } of uses[kind]) expect(known[kind].has(name)).toBe(true)
        }
      }
    }
  })

  test('lets everything happen that may, in any mode', () => {
    for (const { services } of plans) {
      expect(new Set(services.map(({ history }) => history)).size).toBe(23)
      expect(services.filter(({ mode }) => mode === 'global').length).toBeGreaterThan(0)
    }
    const services = plans.flatMap((plan) => plan.services)
    expect(new Set(services.map(({ mode }) => mode)).size).toBe(4)
    expect(new Set(services.map(({ replicas }) => replicas))).toEqual(new Set([0, 1, 2]))
  })

  test('leaves tasks on older specs even where it is small', () => {
    const { services } = planOf(3, small)
    const [paused, stuck, lingering] = services
    expect([paused?.history, stuck?.history, lingering?.history]).toEqual([
      'paused',
      'stuck-twice',
      'lingering',
    ])
    expect([paused?.replicas, stuck?.replicas, lingering?.stubborn]).toEqual([2, 2, true])
  })

  test('updates nothing that has no tasks and must have some', () => {
    for (const { history, replicas, mode, steps } of plans.flatMap((one) => one.services)) {
      if (mode !== 'replicated' || replicas > 0) continue
      const needing = steps.filter(({ kind }) =>
        ['fails', 'stuck', 'rollback'].includes(kind),
      )
      expect(needing, history).toEqual([])
    }
  })
})
