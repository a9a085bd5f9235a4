import { expect, test } from 'vitest'
import { createService, updateService } from '../api/service-writes.ts'
import type { Simulator } from '../simulator.ts'
import type { Service, Task } from '../store/objects.ts'
import { createDemo } from './demo.ts'
import { milliseconds } from './plan.ts'

const opening = Date.UTC(2026, 10, 22, 9)
const open = (seed = 'kettle') => createDemo({ seed, opening })

function service({ swarm }: Simulator, name: string): Service {
  const [found] = swarm.store.services.by('name', name)
  if (!found) throw new Error(`There is no ${name}.`)
  return found
}

const tasks = (demo: Simulator, name: string): Task[] =>
  demo.swarm.store.tasks.by('service', service(demo, name).ID)

const wanted = (demo: Simulator, name: string): Task[] =>
  tasks(demo, name).filter(({ DesiredState }) => DesiredState === 'running')

const states = (demo: Simulator, name: string): string[] =>
  wanted(demo, name).map(({ Status }) => Status.State)

const places = (demo: Simulator, name: string): (string | undefined)[] =>
  wanted(demo, name).map(
    ({ NodeID = '' }) => demo.swarm.store.nodes.get(NodeID)?.Description.Hostname,
  )

/** All of the store, in the order in which it was made. */
const told = ({ swarm: { store } }: Simulator): string =>
  JSON.stringify([...store.services.values(), ...store.tasks.values()])

test('a span is read', () => {
  expect([milliseconds('90 s'), milliseconds('2 d')]).toEqual([90_000, 172_800_000])
})

test('when the doors open, everything that there is to see is there', () => {
  const demo = open()
  const { store } = demo.swarm
  expect(demo.clock.now).toBe(opening)

  const catalog = service(demo, 'shop_catalog')
  expect(catalog.UpdateStatus).toMatchObject({ State: 'updating' })
  const checkout = service(demo, 'shop_checkout')
  expect(checkout.UpdateStatus).toMatchObject({
    State: 'paused',
    Message: expect.stringMatching(/^update paused due to failure or early termination/),
  })
  const errors = tasks(demo, 'shop_checkout').map(({ Status }) => Status.Err)
  expect(errors).toContain('task: non-zero exit (1): dockerexec: unhealthy container')

  const crashes = tasks(demo, 'billing_ledger-import').filter(
    ({ Status }) => Status.State === 'failed',
  )
  expect(crashes.length).toBeGreaterThan(2)
  expect(wanted(demo, 'analytics_ranker')[0]?.Status.Err).toBe(
    'no suitable node (scheduling constraints not satisfied on 9 nodes)',
  )
  expect(states(demo, 'analytics_cube').sort()).toEqual(['pending', 'running', 'running'])
  expect(states(demo, 'shop_web')).toEqual(Array(6).fill('running'))

  expect(places(demo, 'shop_db')).toEqual(['worker-1'])
  expect(places(demo, 'shop_uploads')).toEqual(['worker-3'])
  expect(service(demo, 'shop_uploads').Spec.TaskTemplate.Placement).toEqual({})

  const managers = [...store.nodes.values()].filter(({ Spec }) => Spec.Role === 'manager')
  expect(managers).toHaveLength(4)
  const [old] = store.secrets.by('name', 'shop_db_password_v2')
  expect(old?.Spec.Labels['rotation-days']).toBe('90')
  expect(Date.parse(old?.CreatedAt ?? '')).toBe(opening - milliseconds('204 d'))
})

test('the same seed tells the same story, another one another', () => {
  const [one, two, other] = [open(), open(), open('another')]
  for (const demo of [one, two, other]) demo.clock.advance(20 * 60_000)
  expect(told(one)).toBe(told(two))
  expect(told(other)).not.toBe(told(one))
})

test('no minute goes by without something new, and nothing piles up', () => {
  const demo = open()
  let changes = 0
  demo.swarm.store.listen({ change: () => (changes += 1) })
  const minutes = Array.from({ length: 120 }, () => {
    changes = 0
    demo.clock.advance(60_000)
    return changes
  })
  expect(Math.min(...minutes)).toBeGreaterThan(0)
  expect(demo.swarm.store.tasks.size).toBeLessThan(400)
})

test('jobs that are run for days keep a few of their tasks', () => {
  const demo = open()
  demo.clock.advance(6 * 3_600_000)
  for (const name of ['nightly_backup', 'nightly_cleanup']) {
    const kept = tasks(demo, name).length
    expect(kept, name).toBeGreaterThan(0)
    expect(kept, name).toBeLessThan(24)
  }
})

test('the rollout that is under way comes to its end', () => {
  const demo = open()
  demo.clock.advance(5 * 60_000)
  const { UpdateStatus } = service(demo, 'shop_catalog')
  expect(UpdateStatus?.State).toBe('completed')
  const images = wanted(demo, 'shop_catalog').map(({ Spec }) => Spec.ContainerSpec?.Image)
  expect(new Set(images).size).toBe(1)
  expect(images[0]).toContain('catalog:8.2.0')
})

test('a visitor who rolls the paused update back has it mended', () => {
  const demo = open()
  const before = service(demo, 'shop_checkout')
  const version = before.Version.Index
  const request = {
    name: before.ID,
    version,
    body: before.Spec,
    rollback: 'previous',
  }
  updateService(demo.swarm, request)
  demo.clock.advance(90_000)
  const after = service(demo, 'shop_checkout')
  expect(after.UpdateStatus?.State).toBe('rollback_completed')
  expect(after.Spec.TaskTemplate.ContainerSpec?.Image).toContain('checkout:5.2.1')
  expect(states(demo, 'shop_checkout')).toEqual(Array(4).fill('running'))
})

test('what a visitor removed stays away, and the story goes on without it', () => {
  const demo = open()
  const { store } = demo.swarm
  for (const name of ['shop_catalog', 'shop_web', 'nightly_backup']) {
    store.remove('service', service(demo, name).ID)
  }
  const [node] = [...store.nodes.values()].filter(
    ({ Description }) => Description.Hostname === 'worker-5',
  )
  demo.swarm.losePower(node?.ID ?? '')
  demo.clock.advance(60_000)
  demo.swarm.removeNode(store.nodes.get(node?.ID ?? '') ?? fail(), { force: true })
  demo.clock.advance(60 * 60_000)
  expect(store.services.by('name', 'shop_catalog')).toEqual([])
  expect(store.services.size).toBe(19)
  expect(store.nodes.size).toBe(8)
})

test('a service that a visitor made another kind of is left alone', () => {
  const demo = open()
  const { store } = demo.swarm
  const { ID, Spec } = service(demo, 'shop_web')
  store.remove('service', ID)
  createService(demo.swarm, { ...Spec, Mode: { Global: {} } })
  demo.clock.advance(60 * 60_000)
  expect(service(demo, 'shop_web').Spec.Mode).toEqual({ Global: {} })
})

test('a node that blinks is down for a while, and its tasks go elsewhere', () => {
  const demo = open()
  const worker = () => demo.swarm.store.nodes.get(demo.nodeId('worker-5'))?.Status.State
  demo.clock.advance(5 * 60_000 + 40_000)
  expect(worker()).toBe('down')
  demo.clock.advance(60_000)
  expect(worker()).toBe('ready')
})

function fail(): never {
  throw new Error('It is gone already.')
}
