import type { Operation } from '@skep/shared/contract/operation'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  aPrevious,
  aReference,
  aService,
  aSpec,
  aState,
  aStored,
  aTask,
} from './entities.fixture.ts'
import { aConsumer, aRotation } from './rotation.fixture.ts'
import { followed, nextActs, resumed, retired, sending, withConsumer } from './rotation.ts'
import { isRelapsed, isSettled } from './rotation-consumer.ts'
import type { RotationRecord } from './rotation-record.ts'
import { retireChecks } from './rotation-retire.ts'
import type { ClusterState, Service } from './state.ts'

/** What holds in whatever order things happen to the consumers of a rotation. */

type Version = 'db_v1' | 'db_v2' | 'other'
type Update = NonNullable<Service['update']>['state'] | null

/** A service of the model: what it refers to, would roll back to, and still runs. */
type Modelled = {
  reads: Version
  previous: Version | null
  oldTask: Version | null
  update: Update
  changes: number
}

/** The swarm, the console and its memory, in as much of them as matters here. */
class World {
  readonly services = new Map<string, Modelled>()
  readonly operations = new Map<string, Operation>()
  plan: RotationRecord
  now = 1_800_000_000_000

  constructor(names: readonly string[], together: boolean, windowHours: number) {
    for (const name of names) {
      const at = { previous: null, oldTask: null, update: null, changes: 0 }
      this.services.set(name, { reads: 'db_v1', ...at })
    }
    const consumers = names.map((name) => aConsumer(name))
    this.plan = aRotation({ consumers, together, windowHours })
  }

  state(): ClusterState {
    const all = [...this.services]
    return aState({
      services: all.map(([id, { reads, previous, update, changes }]) =>
        aService({
          id,
          name: id,
          mode: { kind: 'replicated', replicas: 1 },
          specHash: `${reads} ${changes}`,
          spec: aSpec({ secrets: [aReference(reads)] }),
          previous: previous && aPrevious({ secrets: [aReference(previous)] }),
          update: update && {
            state: update,
            message: '',
            startedAt: 0,
            completedAt: null,
          },
        }),
      ),
      tasks: all.flatMap(([id, { reads, oldTask }]) => [
        aTask({ id: `${id}.1`, serviceId: id, storedIds: [reads] }),
        ...(oldTask === null
          ? []
          : [
              aTask({
                id: `${id}.old`,
                serviceId: id,
                desired: 'shutdown',
                storedIds: [oldTask],
                upToDate: false,
              }),
            ]),
      ]),
      secrets: ['db_v1', 'db_v2', 'other'].map((id) => aStored(id)),
    })
  }

  look() {
    const operation = (id: string) => this.operations.get(id) ?? null
    this.plan = followed(this.plan, { state: this.state(), now: this.now, operation })
  }

  /** One step of the console; it may be killed before the call, or right after it. */
  step(ends: 'whole' | 'before the call' | 'after the call') {
    this.look()
    const acts = nextActs(this.plan, this.state())
    this.plan = sending(this.plan, acts, new Date(this.now).toISOString())
    if (ends === 'before the call') return
    for (const { serviceId, kind } of acts) {
      const service = this.services.get(serviceId)
      if (!service) continue
      if (kind === 'resume') service.update = 'updating'
      else this.write(serviceId, 'db_v2')
      const id = `o-${this.operations.size}`
      this.operations.set(id, operation(id, serviceId))
      if (ends === 'whole') {
        this.plan = withConsumer(this.plan, serviceId, { operation: id })
      }
    }
  }

  /** An ordinary update: the spec before it is what a rollback brings back. */
  write(id: string, reads: Version) {
    const service = this.services.get(id)
    if (!service) return
    this.end(id, 'superseded')
    service.previous = service.reads
    service.oldTask = service.reads
    service.reads = reads
    service.update = 'updating'
    service.changes += 1
  }

  end(serviceId: string, state: Operation['state']) {
    for (const [id, found] of this.operations) {
      if (found.subject.id !== serviceId || found.state !== 'accepted') continue
      this.operations.set(id, { ...found, state, sentence: `Is ${state}.` })
    }
  }

  isHeld(): boolean {
    return [...this.services.values()].some(
      ({ reads, previous, oldTask }) =>
        reads === 'db_v1' || previous === 'db_v1' || oldTask === 'db_v1',
    )
  }

  /** As a person who ticks every warning. */
  retire() {
    const checks = retireChecks(this.plan, this.state(), this.now)
    const isBlocked = checks.some(({ level }) => level === 'block')
    if (isBlocked || this.plan.endedAt !== null) return
    expect(this.isHeld()).toBe(false)
    this.plan = retired(this.plan, new Date(this.now).toISOString(), 'Removed.')
  }
}

const operation = (id: string, serviceId: string): Operation => ({
  id,
  kind: 'swap',
  subject: { kind: 'service', name: serviceId, id: serviceId },
  actor: 'ana',
  title: '',
  command: '',
  acknowledged: [],
  state: 'accepted',
  sentence: 'Accepted.',
  requestedAt: '2027-01-15T08:00:00.000Z',
  acceptedAt: '2027-01-15T08:00:00.000Z',
  endedAt: null,
  specVersion: null,
})

type Happening = (world: World) => void

const names = ['api', 'mail', 'web'] as const

/** What becomes of the update of one service, or what somebody else does to it. */
const turns: Readonly<Record<string, (world: World, id: string, it: Modelled) => void>> = {
  converges: (world, id, it) => {
    if (it.update !== 'updating') return
    it.update = 'completed'
    it.oldTask = null
    world.end(id, 'converged')
  },
  pauses: (world, id, it) => {
    if (it.update !== 'updating') return
    it.update = 'paused'
    world.end(id, 'failed')
  },
  'is rolled back by the swarm': (world, id, it) => {
    if (it.update !== 'updating' || it.previous === null) return
    it.reads = it.previous
    it.previous = null
    it.update = 'rollback_completed'
    it.changes += 1
    world.end(id, 'failed')
  },
  'is rolled back by hand': (world, id, it) => {
    if (it.previous === null) return
    const { previous } = it
    world.end(id, 'superseded')
    it.previous = it.reads
    it.reads = previous
    it.update = 'rollback_completed'
    it.oldTask = null
    it.changes += 1
  },
  'loses its answer': (world, id) => world.end(id, 'unknown'),
  'is scaled': (world, id, it) => world.write(id, it.reads),
  'is given another one': (world, id) => world.write(id, 'other'),
  'has its old tasks gone': (_world, _id, it) => {
    it.oldTask = null
  },
  'is removed': (world, id) => {
    world.end(id, 'superseded')
    world.services.delete(id)
  },
}

const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.tuple(fc.constantFrom(...Object.values(turns)), fc.constantFrom(...names)).map(
    ([turn, id]): Happening =>
      (world) => {
        const found = world.services.get(id)
        if (found) turn(world, id, found)
      },
  ),
  fc
    .constantFrom('whole' as const, 'before the call' as const, 'after the call' as const)
    .map(
      (ends): Happening =>
        (world) =>
          world.step(ends),
    ),
  fc.constant<Happening>((world) => {
    if (world.plan.state === 'stopped') world.plan = resumed(world.plan)
  }),
  fc.integer({ min: 1, max: 48 * 3_600_000 }).map(
    (more): Happening =>
      (world) => {
        world.now += more
      },
  ),
  fc.constant<Happening>((world) => world.retire()),
)

const course = fc.tuple(
  fc.array(happening, { maxLength: 40 }),
  fc.subarray([...names]),
  fc.boolean(),
  fc.integer({ min: 0, max: 24 }),
)

test('nothing is retired while it is referred to, and what it waits for is said', () => {
  fc.assert(
    fc.property(course, ([happenings, consumers, together, hours]) => {
      const world = new World(consumers, together, hours)
      for (const happens of happenings) {
        happens(world)
        world.look()
        world.retire()
        const { plan } = world
        expect(plan.endedAt !== null).toBe(plan.state === 'retired')
        expect(plan.sentence).not.toBe('')
        expect(plan.consumers.every(({ sentence }) => sentence !== '')).toBe(true)
        if (plan.state === 'stopped') {
          expect(plan.consumers.every(isSettled)).toBe(false)
          expect(nextActs(plan, world.state())).toEqual([])
        }
        // One that runs has something to do, or something to wait for.
        if (plan.state === 'running') {
          const isMoving = plan.consumers.some(({ state }) => state === 'updating')
          const isHeldUp =
            plan.consumers.some(({ sentence }) => /waits/i.test(sentence)) ||
            (plan.consumers.some(isRelapsed) && /waits/i.test(plan.sentence))
          expect(nextActs(plan, world.state()).length > 0 || isMoving || isHeldUp).toBe(
            true,
          )
        }
        if (!together) {
          const own = plan.consumers.filter(({ state }) => state === 'updating')
          expect(own.filter(({ operation }) => operation !== null).length).toBeLessThan(2)
        }
      }
    }),
    { numRuns: 400 },
  )
}, 60_000)

test('from wherever it got to, it is verified once all goes well, and then retired', () => {
  fc.assert(
    fc.property(course, ([happenings, consumers, together, hours]) => {
      const world = new World(consumers, together, hours)
      for (const happens of happenings) happens(world)
      for (let round = 0; round < 30 && world.plan.endedAt === null; round += 1) {
        if (world.plan.state === 'stopped') world.plan = resumed(world.plan)
        world.step('whole')
        for (const [id, it] of world.services) {
          if (it.update === 'updating' || it.update === 'paused') it.update = 'completed'
          it.oldTask = null
          world.end(id, 'converged')
        }
        world.now += 3_600_000
        world.look()
      }
      if (world.plan.endedAt === null) expect(world.plan.state).toBe('verified')
      // Another update of each service frees what a rollback held.
      for (const [id, it] of world.services) {
        world.write(id, it.reads === 'db_v1' ? 'db_v2' : it.reads)
        world.write(id, it.reads)
        it.oldTask = null
      }
      world.retire()
      expect(world.plan.state).toBe('retired')
    }),
    { numRuns: 300 },
  )
}, 60_000)
