import { StoredPreview } from '@skep/shared/contract/stored'
import { describe, expect, test } from 'vitest'
import {
  aClusterVolume,
  aManager,
  aNode,
  aState,
  aStored,
  aTask,
} from '../entities.fixture.ts'
import { aRotation } from '../rotation.fixture.ts'
import type { RotationRecord } from '../rotation-record.ts'
import { prunePreview, removalPreview } from './removal.ts'
import { aConsumer } from './stored.fixture.ts'

const now = 1_800_000_000_000
type Parts = Parameters<typeof aState>[0]

const facts = (parts: Parts, more = {}) => ({
  state: aState(parts),
  memoryAway: null,
  readOnly: false,
  now,
  rotations: [] as RotationRecord[],
  ...more,
})

const versions = ['pw_v1', 'pw_v2', 'pw_v3', 'pw_v4'].map((name) => aStored(name))

function remove(name: string, parts: Parts, more = {}) {
  const found = removalPreview('secret', name, facts(parts, more))
  if (!found) throw new Error(`There is no ${name}`)
  return StoredPreview.parse(found)
}

const checksOf = ({ checks }: StoredPreview) =>
  checks.map(({ level, id }) => `${level} ${id}`)

test('what nobody uses can go, once its name was typed', () => {
  expect(remove('pw_v1', { secrets: versions })).toMatchObject({
    names: ['pw_v1'],
    keeps: ['pw_v4', 'pw_v3', 'pw_v2'],
    title: 'Remove secret pw_v1',
    button: 'Remove secret pw_v1',
    sentence: 'pw_v1 is gone for good. No task restarts.',
    command: 'docker secret rm pw_v1',
    typed: 'pw_v1',
    checks: [{ id: 'for-good', level: 'info' }],
  })
})

test('there is nothing to say of what is not there', () => {
  expect(removalPreview('secret', 'pw_v9', facts({ secrets: versions }))).toBeNull()
  expect(removalPreview('config', 'pw_v1', facts({ secrets: versions }))).toBeNull()
  expect(prunePreview('secret', 'nothing', 1, facts({ secrets: versions }))).toBeNull()
})

describe('a use stands against it', () => {
  const blocksOf = (parts: Parts) =>
    remove('pw_v1', { secrets: [aStored('pw_v1')], ...parts })
      .checks.filter(({ level }) => level === 'block')
      .map(({ id, sentence, subjects }) => ({ id, sentence, subjects }))

  test('by a spec', () => {
    expect(blocksOf({ services: [aConsumer('web', { secrets: ['pw_v1'] })] })).toEqual([
      {
        id: 'in-use:pw_v1:web:current',
        sentence: 'web uses pw_v1: its spec names it.',
        subjects: [
          { kind: 'service', name: 'web' },
          { kind: 'secret', name: 'pw_v1' },
        ],
      },
    ])
  })

  test('by tasks from an older spec', () => {
    const tasks = ['a', 'b'].map((id) =>
      aTask({ id, serviceId: 'web', storedIds: ['pw_v1'] }),
    )
    expect(blocksOf({ services: [aConsumer('web')], tasks })).toMatchObject([
      {
        id: 'in-use:pw_v1:web:older-task',
        sentence: '2 tasks of web from an older spec have pw_v1 still.',
      },
    ])
  })

  test('by a rollback target, which the engine does not look at', () => {
    const services = [aConsumer('web', { before: { secrets: ['pw_v1'] } })]
    expect(blocksOf({ services })).toMatchObject([
      {
        id: 'in-use:pw_v1:web:rollback-target',
        sentence:
          'The rollback target of web names pw_v1: without it web cannot be rolled back. The engine itself does not look at this.',
      },
    ])
  })

  test('each of them by itself', () => {
    const services = [
      aConsumer('web', { secrets: ['pw_v1'], before: { secrets: ['pw_v1'] } }),
      aConsumer('api', { before: { secrets: ['pw_v1'] } }),
    ]
    expect(blocksOf({ services }).map(({ id }) => id)).toEqual([
      'in-use:pw_v1:api:rollback-target',
      'in-use:pw_v1:web:current',
      'in-use:pw_v1:web:rollback-target',
    ])
  })
})

describe('what drivers of cluster volumes are given', () => {
  const volume = aClusterVolume('data', {
    secrets: [
      { key: 'password', secret: 'pw_v1' },
      { key: 'user', secret: 'pw_v1' },
    ],
  })

  test('stands against it, though the engine does not look at them', () => {
    const { checks } = remove('pw_v1', { secrets: versions, clusterVolumes: [volume] })
    expect(checks).toMatchObject([
      {
        id: 'in-use-by-volume:pw_v1',
        level: 'block',
        sentence:
          'The driver of the cluster volume data is given pw_v1: without it it may fail. The engine itself does not look at this, and a volume cannot be given another.',
        subjects: [
          { kind: 'volume', name: 'data' },
          { kind: 'secret', name: 'pw_v1' },
        ],
      },
      { id: 'for-good' },
    ])
    expect(
      checksOf(remove('pw_v2', { secrets: versions, clusterVolumes: [volume] })),
    ).toEqual(['info for-good'])
  })

  test('is found by its name as well, and kept when old versions go', () => {
    const secrets = versions.map((one) => ({ ...one, id: `id-${one.name}` }))
    const clusterVolumes = [volume]
    expect(checksOf(remove('pw_v1', { secrets, clusterVolumes }))).toContain(
      'block in-use-by-volume:pw_v1',
    )
    const found = prunePreview('secret', 'pw', 1, facts({ secrets, clusterVolumes }))
    expect(found?.names).toEqual(['pw_v3', 'pw_v2'])
    expect(found?.checks[0]).toMatchObject({
      id: 'kept-in-use:pw_v1',
      sentence: 'pw_v1 stays, although it is old: the volume data uses it.',
    })
  })

  test('is warned of where it cannot be told, unless no engine has such volumes', () => {
    const unknown = { secrets: versions, clusterVolumes: null }
    expect(checksOf(remove('pw_v1', unknown))).toEqual([
      'warn volumes-not-known',
      'info for-good',
    ])
    const old = [aManager({ engineVersion: '20.10.24+dfsg1' }), aNode({ id: 'w1' })]
    expect(checksOf(remove('pw_v1', { ...unknown, nodes: old }))).toEqual(['info for-good'])
    expect(
      removalPreview('config', 'c', facts({ ...unknown, configs: [aStored('c')] }))?.checks,
    ).toMatchObject([{ id: 'for-good' }])
  })
})

test.each([
  ['read-only', { readOnly: true }, {}],
  ['memory-away', { memoryAway: 'The disk is full.' }, {}],
  ['swarm-not-live', {}, { swarm: { state: 'no-quorum' } }],
] as const)('%s stands against it', (id, more, parts) => {
  expect(checksOf(remove('pw_v1', { secrets: versions, ...parts }, more))).toContain(
    `block ${id}`,
  )
})

test('that the newest goes and older ones stay is warned of', () => {
  expect(checksOf(remove('pw_v4', { secrets: versions }))).toContain(
    'warn newest-goes:pw_v4',
  )
  expect(checksOf(remove('pw_v4', { secrets: [aStored('pw_v4')] }))).toEqual([
    'info for-good',
  ])
})

test('of a stack it is said that a deployment brings it back', () => {
  const secrets = [aStored('pw_v1', { stack: 'shop' })]
  expect(checksOf(remove('pw_v1', { secrets }))).toContain('info stack-creates-again')
})

describe('the basis', () => {
  const basis = (parts: Parts) => remove('pw_v1', { secrets: versions, ...parts }).basis

  test('is the same for the same facts, whatever the time and the number of tasks', () => {
    const services = [aConsumer('web')]
    const task = aTask({ id: 'a', serviceId: 'web', storedIds: ['pw_v1'] })
    const one = basis({ services, tasks: [task] })
    expect(basis({ services, tasks: [task, { ...task, id: 'b' }] })).toBe(one)
    expect(
      remove('pw_v1', { secrets: versions, services, tasks: [task] }, { now: 1 }).basis,
    ).toBe(one)
  })

  test('is another once somebody uses it, or it is another object', () => {
    const free = basis({})
    expect(basis({ services: [aConsumer('web', { secrets: ['pw_v1'] })] })).not.toBe(free)
    const other = versions.map((one) => ({ ...one, id: `new-${one.id}` }))
    expect(basis({ secrets: other })).not.toBe(free)
  })
})

describe('old versions of a family', () => {
  const prune = (keep: number, parts: Parts = {}) => {
    const found = prunePreview('secret', 'pw', keep, facts({ secrets: versions, ...parts }))
    if (!found) throw new Error('There is no such family')
    return StoredPreview.parse(found)
  }

  test('go beyond those that are kept', () => {
    expect(prune(2)).toMatchObject({
      names: ['pw_v2', 'pw_v1'],
      keeps: ['pw_v4', 'pw_v3'],
      title: 'Remove 2 old versions of pw',
      sentence: 'pw_v2, pw_v1 are gone for good, 2 versions of pw stay.',
      command: 'docker secret rm pw_v2 pw_v1',
      typed: 'pw',
      checks: [{ id: 'for-good' }],
    })
  })

  test('stay where they are used, and it is said by whom', () => {
    const services = [
      aConsumer('web', { secrets: ['pw_v1'] }),
      aConsumer('api', { before: { secrets: ['pw_v2'] } }),
    ]
    const seen = prune(1, { services })
    expect(seen).toMatchObject({ names: ['pw_v3'], keeps: ['pw_v4', 'pw_v2', 'pw_v1'] })
    expect(seen.checks.map(({ id, sentence }) => [id, sentence])).toEqual([
      ['kept-in-use:pw_v2', 'pw_v2 stays, although it is old: api uses it.'],
      ['kept-in-use:pw_v1', 'pw_v1 stays, although it is old: web uses it.'],
      ['for-good', expect.any(String)],
    ])
  })

  test.each([0, -3, 1])('the newest stays, whatever is asked: %i', (keep) => {
    expect(prune(keep).keeps).toEqual(['pw_v4'])
  })

  test('nothing goes where there are not so many', () => {
    const seen = prune(9)
    expect(seen).toMatchObject({
      names: [],
      command: '',
      sentence: 'Nothing goes: 4 versions of pw stay.',
    })
    expect(checksOf(seen)).toEqual(['block nothing-goes'])
  })
})

describe('a rotation needs it', () => {
  const secrets = versions
  const until = new Date(now + 1_000).toISOString()
  const turned = (fields: Partial<RotationRecord>) =>
    aRotation({
      kind: 'secret',
      from: { id: 'pw_v3', name: 'pw_v3' },
      to: { id: 'pw_v4', name: 'pw_v4' },
      ...fields,
    })
  const verified = turned({ state: 'verified', retireFrom: until })

  test.each([
    [
      'the old one while it runs',
      'pw_v3',
      turned({ state: 'running' }),
      'block rotation-open:pw_v3',
    ],
    [
      'the new one once it has stopped',
      'pw_v4',
      turned({ state: 'stopped' }),
      'block rotation-open:pw_v4',
    ],
    ['the old one in the window', 'pw_v3', verified, 'warn rollback-window-open:pw_v3'],
    [
      'the new one while the old one is there',
      'pw_v4',
      verified,
      'block rotation-open:pw_v4',
    ],
  ])('%s', (_, name, rotation, check) => {
    expect(checksOf(remove(name, { secrets }, { rotations: [rotation] }))).toContain(check)
  })

  test.each([
    ['one of another family', 'pw_v1', turned({ state: 'running' })],
    [
      'the old one after the window',
      'pw_v3',
      { ...verified, retireFrom: new Date(now).toISOString() },
    ],
    [
      'one of a rotation that is over',
      'pw_v3',
      turned({ state: 'abandoned', endedAt: until }),
    ],
  ])('but not %s', (_, name, rotation) => {
    const found = checksOf(remove(name, { secrets }, { rotations: [rotation] }))
    expect(found.filter((check) => /rotation|window/.test(check))).toEqual([])
  })

  test('the old one where the new one is gone', () => {
    const left = secrets.filter(({ name }) => name !== 'pw_v4')
    const found = remove('pw_v3', { secrets: left }, { rotations: [verified] })
    expect(found.checks).toContainEqual(
      expect.objectContaining({
        id: 'successor-gone:pw_v3',
        level: 'block',
        sentence:
          'pw_v4 is not found in the swarm: pw_v3 may be all that is left. End this rotation, and rotate pw_v3 anew.',
      }),
    )
  })

  test('nor is it pruned without a word', () => {
    const found = prunePreview(
      'secret',
      'pw',
      1,
      facts({ secrets }, { rotations: [verified] }),
    )
    expect(found && checksOf(found)).toContain('warn rollback-window-open:pw_v3')
  })
})

describe('a family whose names say another order than the times they were made', () => {
  const hour = 3_600_000
  const made = (...names: string[]) =>
    names.map((name, i) => aStored(name, { createdAt: now - (9 - i) * hour }))
  const prune = (names: string[], keep = 1) => {
    const found = prunePreview('secret', 'pw', keep, facts({ secrets: made(...names) }))
    return StoredPreview.parse(found)
  }

  test('keeps those that were made last, and asks to look at it', () => {
    const found = prune(['pw_06-25-2026', 'pw_07-04-2026'])
    expect(found).toMatchObject({ names: ['pw_06-25-2026'], keeps: ['pw_07-04-2026'] })
    expect(checksOf(found)).toContain('warn order-disputed')
  })

  test.each([
    [['pw_v1', 'pw_v2'], 1],
    [['pw_06-25-2026', 'pw_07-04-2026'], 2],
  ])('is not %j, of which %i stay', (names, keep) => {
    expect(checksOf(prune(names, keep))).not.toContain('warn order-disputed')
  })
})
