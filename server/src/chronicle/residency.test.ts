import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { aState } from '../domain/entities.fixture.ts'
import { db, nodes, on, ran, swarm as swarmOf } from '../domain/residency.fixture.ts'
import type { ClusterState, Task } from '../domain/state.ts'
import type { NewEntry } from '../memory/journal.ts'
import type { KeptStays, Residencies } from '../memory/residency.ts'
import { aShownMirror } from '../mirror/mirror.fixture.ts'
import { createResidencyLedger } from './residency.ts'

const day = 86_400_000
const noon = Date.parse('2026-11-21T12:00:00.000Z')

beforeEach(() => void vi.useFakeTimers({ now: noon }))
afterEach(() => void vi.useRealTimers())

const swarm = (tasks: Task[], id = 'db'): ClusterState =>
  swarmOf(
    tasks.map((task) => ({ ...task, serviceId: id })),
    db({ id, name: 'shop_db' }),
  )
const connecting = aState({ nodes: [], swarm: { state: 'connecting' } })

/** A memory that outlives ledgers, and can be away. */
function aMemory() {
  const rows = new Map<string, KeptStays>()
  const memory = { away: false, rows, saves: 0 }
  const asked = async <T>(answer: () => T): Promise<T> => {
    if (memory.away) throw new Error('the memory is away')
    return answer()
  }
  const residency: Residencies = {
    load: () => asked(() => [...rows.values()]),
    save: (services) =>
      asked(() => {
        memory.saves += 1
        for (const one of services) {
          if (one.stays.length > 0) rows.set(one.serviceId, one)
          else rows.delete(one.serviceId)
        }
      }),
    oldest: () => Date.now() - 90 * day,
    prune: async () => 0,
  }
  return Object.assign(memory, { residency })
}

async function aLedger(memory = aMemory()) {
  const mirror = aShownMirror(connecting)
  const entries: NewEntry[] = []
  const warnings: string[] = []
  const ledger = createResidencyLedger({
    mirror,
    memory,
    journal: { note: (some) => void entries.push(...some) },
    log: { warn: (_details: object, message?: string) => void warnings.push(`${message}`) },
  })
  await ledger.start()
  const told = (id = 'db') =>
    (ledger.current().get(id) ?? []).map(
      ({ node, from, to }) => `${node} ${from - noon}-${to === null ? '' : to - noon}`,
    )
  return { mirror, ledger, entries, warnings, memory, told }
}

const here = swarm([on('w1', noon)])
const away = swarm([ran('w1', noon, noon + 900), on('w2', noon + 1000)])

describe('the ledger', () => {
  test('follows the volumes, writes them down, and tells of a move once', async () => {
    const { mirror, ledger, entries, memory, told } = await aLedger()
    const heard = vi.fn()
    ledger.onChange(heard)
    mirror.show(here)
    mirror.show({ ...here })
    expect(heard).toHaveBeenCalledTimes(1)
    expect(entries).toEqual([])
    mirror.show(away)
    mirror.show({ ...away })
    expect(told()).toEqual(['w2 1000-', 'w1 0-900'])
    expect(entries).toEqual([
      {
        at: '2026-11-21T12:00:00.000Z',
        kind: 'transition',
        tone: 'warning',
        subject: { kind: 'service', name: 'shop_db' },
        related: [
          { kind: 'node', name: 'w1' },
          { kind: 'node', name: 'w2' },
        ],
        slot: null,
        sentence:
          'shop_db: volume pgdata was on w1, its task now runs on w2: probably empty there',
        cause: null,
        actor: null,
        operation: null,
      },
    ])
    await ledger.stop()
    expect(memory.rows.get('db')).toMatchObject({ service: 'shop_db', stays: [{}, {}] })
  })

  test('claims nothing while nothing was read', async () => {
    const { mirror, ledger, told } = await aLedger()
    mirror.show(here)
    mirror.show({ ...connecting, swarm: { ...connecting.swarm, state: 'no-quorum' } })
    expect(told()).toEqual(['w1 0-'])
    await ledger.stop()
  })

  test('goes on after a restart, and tells what moved meanwhile', async () => {
    const first = await aLedger()
    first.mirror.show(here)
    await first.ledger.stop()
    const second = await aLedger(first.memory)
    expect(second.told()).toEqual(['w1 0-'])
    second.mirror.show(away)
    expect(second.told()).toEqual(['w2 1000-', 'w1 0-900'])
    expect(second.entries).toHaveLength(1)
    await second.ledger.stop()

    const saves = first.memory.saves
    const third = await aLedger(first.memory)
    third.mirror.show(away)
    expect(third.told()).toEqual(['w2 1000-', 'w1 0-900'])
    expect(third.entries).toEqual([])
    await third.ledger.stop()
    expect(first.memory.saves).toBe(saves)
  })

  test('remembers what the engine has forgotten', async () => {
    const first = await aLedger()
    first.mirror.show(away)
    await first.ledger.stop()
    const second = await aLedger(first.memory)
    second.mirror.show(swarm([on('w2', noon + 1000)]))
    expect(second.told()).toEqual(['w2 1000-', 'w1 0-900'])
    await second.ledger.stop()
  })

  test('hands over to the service that is deployed anew under its name', async () => {
    const { mirror, ledger, entries, memory, told } = await aLedger()
    mirror.show(here)
    mirror.show(aState({ nodes }))
    vi.setSystemTime(noon + 5000)
    mirror.show(swarm([on('w2', noon + 5000)], 'db2'))
    expect(told('db')).toEqual([])
    expect(told('db2')).toEqual(['w2 5000-', 'w1 0-0'])
    expect(entries.map(({ sentence }) => sentence)).toEqual([
      'shop_db: volume pgdata was on w1, its task now runs on w2: probably empty there',
    ])
    await ledger.stop()
    expect([...memory.rows.keys()]).toEqual(['db2'])
  })

  test('forgets a service that was removed long ago', async () => {
    const { mirror, ledger, told } = await aLedger()
    mirror.show(here)
    mirror.show(aState({ nodes }))
    expect(told()).toEqual(['w1 0-0'])
    vi.setSystemTime(noon + 91 * day)
    const other = swarm([on('w1', noon + 91 * day)], 'other')
    const services = [...other.services.values()].map((one) => ({ ...one, name: 'other' }))
    mirror.show({ ...other, services: new Map(services.map((one) => [one.id, one])) })
    expect(told()).toEqual([])
    await ledger.stop()
  })

  test('tries again while the memory is away, and loses nothing of what it saw', async () => {
    const memory = aMemory()
    memory.rows.set('db', {
      serviceId: 'db',
      service: 'shop_db',
      stays: [
        { volume: 'pgdata', nodeId: 'w2', node: 'w2', from: noon - 500, to: noon - 100 },
      ],
    })
    memory.away = true
    const { mirror, ledger, warnings, told } = await aLedger(memory)
    mirror.show(here)
    mirror.show(swarm([]))
    expect(told()).toEqual(['w1 0-0'])
    expect(warnings).toHaveLength(1)
    memory.away = false
    await vi.advanceTimersByTimeAsync(10_000)
    expect(told()).toEqual(['w1 0-0', 'w2 -500--100'])
    memory.away = true
    mirror.show(swarm([on('w1', noon + 9000)]))
    await vi.advanceTimersByTimeAsync(1_000)
    memory.away = false
    await vi.advanceTimersByTimeAsync(10_000)
    expect(memory.rows.get('db')?.stays).toMatchObject([
      { node: 'w1', from: noon, to: null },
      { node: 'w2' },
    ])
    await ledger.stop()
  })
})
