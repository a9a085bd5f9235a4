import type { Asked } from '@skep/shared/contract/commands'
import { Preview } from '@skep/shared/contract/preview'
import { describe, expect, test } from 'vitest'
import { aNode, aSpec, threeNodes } from '../entities.fixture.ts'
import {
  aDocument,
  digest,
  halfWay,
  look,
  now,
  replicas,
  someFacts,
  v1,
  v2,
} from './commands.fixture.ts'
import { openChecks } from './open-checks.ts'
import { preview } from './preview.ts'

const rollback = { kind: 'rollback' } as const
const scale = (count: number) => ({ kind: 'scale', replicas: count }) as const
const job = { Mode: { ReplicatedJob: { MaxConcurrent: 2, TotalCompletions: 5 } } }
const global = { Mode: { Global: {} } }
const ssd = { Placement: { Constraints: ['node.labels.disk==ssd'] } }
const onePaused = [aNode({ id: 'n1', availability: 'pause' }), ...threeNodes.slice(1)]
const oneSsd = [aNode({ id: 'n1', labels: { disk: 'ssd' } }), ...threeNodes.slice(1)]

describe('how many tasks it touches', () => {
  const counts = (asked: Asked, parts: Parameters<typeof look>[1]) => {
    const { restarts, starts, stops } = look(asked, parts).preview
    return `${restarts} ${starts} ${stops}`
  }

  test.each([
    { what: 'a rollback replaces every task', asked: rollback, parts: {}, is: '3 0 0' },
    {
      what: 'a rollback of a paused update only those on the new spec',
      asked: rollback,
      parts: { update: 'paused', tasks: halfWay },
      is: '1 0 0',
    },
    {
      what: 'of the same image too, by what the engine says',
      asked: rollback,
      parts: {
        previous: aDocument(v2, {}, {}, { Env: ['A=1'] }),
        update: 'paused',
        tasks: halfWay.map((task) => ({ ...task, image: v2 })),
      },
      is: '1 0 0',
    },
    {
      what: 'a rollback to fewer replicas',
      asked: rollback,
      parts: { previous: aDocument(v1, replicas(2)) },
      is: '2 0 1',
    },
    {
      what: 'a rollback of a scale',
      asked: rollback,
      parts: { previous: aDocument(v2, replicas(1)) },
      is: '0 0 2',
    },
    {
      what: 'a rollback of labels',
      asked: rollback,
      parts: { previous: aDocument(v2, { Labels: {} }) },
      is: '0 0 0',
    },
    {
      what: 'a resume replaces those on the old spec',
      asked: { kind: 'resume' },
      parts: { update: 'paused', tasks: halfWay },
      is: '2 0 0',
    },
    { what: 'scaling up', asked: scale(5), parts: {}, is: '0 2 0' },
    { what: 'scaling down', asked: scale(1), parts: {}, is: '0 0 2' },
    {
      what: 'scaling a paused service resumes it',
      asked: scale(4),
      parts: { update: 'paused', tasks: halfWay },
      is: '2 1 0',
    },
    {
      what: 'scaling a running update replaces nothing more',
      asked: scale(4),
      parts: { update: 'updating', tasks: halfWay },
      is: '0 1 0',
    },
    { what: 'a restart', asked: { kind: 'restart' }, parts: {}, is: '3 0 0' },
    {
      what: 'a restart in a crash loop, between two tries of a slot',
      asked: { kind: 'restart' },
      parts: {
        tasks: [
          { slot: 1 },
          { slot: 2, state: 'failed', desired: 'shutdown' },
          { slot: 3 },
        ],
      },
      is: '3 0 0',
    },
    {
      what: 'a rollback of an update that waits for room to start first only calls that off',
      asked: rollback,
      parts: {
        update: 'updating',
        tasks: [
          ...[1, 2, 3].map((slot) => ({ slot, image: v1, upToDate: false })),
          { slot: 1, state: 'pending', nodeId: null },
        ],
      },
      is: '0 0 0',
    },
    {
      what: 'a restart then, each slot once',
      asked: { kind: 'restart' },
      parts: {
        update: 'updating',
        tasks: [
          ...[1, 2, 3].map((slot) => ({ slot, image: v1, upToDate: false })),
          { slot: 1, state: 'pending', nodeId: null },
        ],
      },
      is: '3 0 0',
    },
    {
      what: 'a restart of nothing',
      asked: { kind: 'restart' },
      parts: { document: aDocument(v2, replicas(0)) },
      is: '0 0 0',
    },
    {
      what: 'settings touch none',
      asked: { kind: 'settings', delay: 1 },
      parts: {},
      is: '0 0 0',
    },
    {
      what: 'ports replace tasks',
      asked: rollback,
      parts: { previous: aDocument(v2, { EndpointSpec: { Ports: [{ TargetPort: 80 }] } }) },
      is: '3 0 0',
    },
    {
      what: 'placement alone only those on the wrong node',
      asked: rollback,
      parts: { previous: aDocument(v2, {}, ssd), nodes: oneSsd },
      is: '2 0 0',
    },
    {
      what: 'a global service',
      asked: rollback,
      parts: { document: aDocument(v2, global), previous: aDocument(v1, global) },
      is: '3 0 0',
    },
    {
      what: 'a global service, but on nodes that are paused',
      asked: { kind: 'restart' },
      parts: { document: aDocument(v2, global), nodes: onePaused },
      is: '2 0 0',
    },
    {
      what: 'a global service that is to leave nodes, paused or not',
      asked: rollback,
      parts: {
        document: aDocument(v2, global),
        previous: aDocument(v2, global, ssd),
        nodes: onePaused,
      },
      is: '0 0 3',
    },
    {
      what: 'a global service with new constraints',
      asked: rollback,
      parts: {
        document: aDocument(v2, global),
        previous: aDocument(v2, global, ssd),
        nodes: oneSsd,
      },
      is: '0 0 2',
    },
    {
      what: 'a job runs again',
      asked: { kind: 'restart' },
      parts: { document: aDocument(v2, job), tasks: [] },
      is: '0 5 0',
    },
    { what: 'a removal stops all', asked: { kind: 'remove' }, parts: {}, is: '0 0 3' },
  ] as const)('$what', ({ asked, parts, is }) => {
    expect(counts(asked, parts)).toBe(is)
  })
})

describe('what it says', () => {
  test('a rollback, whole', () => {
    const more = {
      history: { currentSince: '2026-02-01T00:00:00.000Z', previousSince: null },
    }
    const { preview: found, write } = look(rollback, { more })
    expect(Preview.parse(found)).toEqual(found)
    expect(found).toMatchObject({
      kind: 'rollback',
      service: 'web',
      title: 'Roll back web',
      button: 'Roll back web (restarts 3)',
      sentence: 'web goes back to demo/web:v1, 3 replicas. 3 tasks are replaced.',
      command: 'docker service rollback web',
      typed: null,
      from: { image: v2, digest: digest('2'), since: '2026-02-01T00:00:00.000Z' },
      to: { image: v1, digest: digest('1'), since: null },
    })
    expect(found.changes).toEqual([
      {
        path: 'TaskTemplate.ContainerSpec.Image',
        label: 'Image',
        before: v2,
        after: v1,
        hidden: false,
        restarts: true,
      },
    ])
    expect(found.afterwards).toContain('brings demo/web:v2, 3 replicas back')
    expect(write).toEqual({ kind: 'update', document: aDocument(), rollback: true })
  })

  test.each([
    { asked: { kind: 'resume' }, line: 'docker service update web' },
    { asked: scale(5), line: 'docker service scale web=5' },
    { asked: { kind: 'restart' }, line: 'docker service update --force web' },
    {
      asked: { kind: 'image', image: 'demo/web:v3' },
      line: 'docker service update --image demo/web:v3 web',
    },
    {
      asked: { kind: 'image', image: "x'; rm -rf /" },
      line: "docker service update --image 'x'\\''; rm -rf /' web",
    },
    {
      asked: {
        kind: 'settings',
        parallelism: 2,
        delay: 1500,
        monitor: 60000,
        order: 'start-first',
        maxFailureRatio: 0.1,
        failureAction: 'rollback',
        rollbackDelay: 0,
      },
      line: 'docker service update --update-parallelism 2 --update-delay 1500ms --update-monitor 60s --update-order start-first --update-max-failure-ratio 0.1 --update-failure-action rollback --rollback-delay 0s web',
    },
    { asked: { kind: 'remove' }, line: 'docker service rm web' },
  ] as { asked: Asked; line: string }[])('$line', ({ asked, line }) => {
    expect(look(asked, { update: 'paused' }).preview.command).toBe(line)
  })

  test('the name is typed where the service ends', () => {
    expect(look({ kind: 'remove' }).preview.typed).toBe('web')
    expect(look(scale(0)).preview.typed).toBe('web')
    expect(look(scale(1)).preview.typed).toBeNull()
    const empty = aDocument(v1, replicas(0))
    expect(look(rollback, { previous: empty }).preview.typed).toBe('web')
  })

  test('after a resume, rolling back returns to the same spec', () => {
    const { preview: found, write } = look(
      { kind: 'resume' },
      { update: 'paused', tasks: halfWay },
    )
    expect(found.afterwards).toContain('this same spec')
    expect(found.changes).toEqual([])
    expect(write).toEqual({ kind: 'update', document: aDocument(), rollback: false })
  })
})

describe('what it writes', () => {
  const written = (asked: Asked, parts: Parameters<typeof look>[1] = {}) => {
    const { write } = look(asked, parts)
    return write?.kind === 'update' ? write.document : null
  }

  test('an image pinned to its digest, and its platforms', () => {
    const more = {
      digest: {
        reference: 'docker.io/library/nginx',
        digest: digest('9'),
        platforms: [
          { os: 'linux', architecture: 'amd64' },
          { os: 'unknown', architecture: 'unknown' },
        ],
        problem: null,
      },
    }
    const asked = { kind: 'image', image: 'docker.io/library/nginx' } as const
    expect(written(asked, { more })?.TaskTemplate).toMatchObject({
      ContainerSpec: { Image: `nginx:latest@${digest('9')}`, Isolation: 'default' },
      Placement: { Platforms: [{ OS: 'linux', Architecture: 'amd64' }] },
    })
  })

  test('a tag that nobody resolved, without the platforms of the old image', () => {
    const document = aDocument(
      v2,
      {},
      { Placement: { MaxReplicas: 2, Platforms: [{ OS: 'linux' }] } },
    )
    const next = written({ kind: 'image', image: 'demo/web:v3' }, { document })
    expect(next?.TaskTemplate.ContainerSpec?.Image).toBe('demo/web:v3')
    expect(next?.TaskTemplate.Placement).toEqual({ MaxReplicas: 2 })
  })

  test('settings that begin to exist name their parallelism', () => {
    const { UpdateConfig: _gone, ...document } = aDocument()
    expect(written({ kind: 'settings', delay: 5000 }, { document })?.UpdateConfig).toEqual({
      Parallelism: 1,
      Delay: 5e9,
    })
  })

  test('an older version under today’s name and count of restarts', () => {
    const document = aDocument(v2, {}, { ForceUpdate: 3 })
    const restored = {
      document: aDocument(v1, { Name: 'old' }),
      version: 4,
      seenAt: '2026-01-01T00:00:00.000Z',
    }
    const next = written({ kind: 'restore', version: 4 }, { document, more: { restored } })
    expect(next).toEqual(aDocument(v1, {}, { ForceUpdate: 3 }))
  })

  test('nothing at all, asked for what is there', () => {
    expect(look(scale(3)).write).toBeNull()
    expect(look(scale(3), { update: 'updating' }).write).toBeNull()
  })
})

describe('the basis', () => {
  const basis = (asked: Asked, parts: Parameters<typeof look>[1] = {}) =>
    look(asked, parts).preview.basis

  test('is the same on the same facts, and when only counts and versions drift', () => {
    const drifted = {
      tasks: [{ slot: 1, version: 99 }, { slot: 2 }, { slot: 3, state: 'starting' }],
      more: { specVersion: 99, now: now + 5000 },
    } as const
    expect(basis(rollback)).toBe(basis(rollback))
    expect(basis(rollback, drifted)).toBe(basis(rollback))
  })

  test.each([
    { what: 'the spec', parts: { document: aDocument(v2, { Labels: { test: 'no' } }) } },
    {
      what: 'an environment value',
      parts: { document: aDocument(v2, {}, {}, { Env: ['DB_PASSWORD=other'] }) },
    },
    { what: 'the rollback target', parts: { previous: aDocument(v1, replicas(2)) } },
    { what: 'the update', parts: { update: 'updating' } },
    { what: 'a check', parts: { more: { readOnly: true } } },
  ] as const)('differs with $what', ({ parts }) => {
    expect(basis(rollback, parts)).not.toBe(basis(rollback))
  })

  test('differs with what is asked, and with what the registry answers', () => {
    expect(basis(scale(4))).not.toBe(basis(scale(5)))
    const asked = { kind: 'image', image: 'demo/web:v3' } as const
    const more = (letter: string) => ({
      digest: { reference: asked.image, digest: digest(letter), problem: null },
    })
    expect(basis(asked, { more: more('3') })).not.toBe(basis(asked, { more: more('4') }))
  })
})

describe('what stands against a commit', () => {
  const consent = { basis: 'b', acknowledged: [] }
  const ids = (found: Preview, given: Parameters<typeof openChecks>[1]) =>
    openChecks(found, given, { kind: 'service', name: found.service }).map(({ id }) => id)

  test('warnings until they are ticked; notes never', () => {
    const { preview: found } = look(rollback, { update: 'rollback_completed' })
    expect(ids(found, consent)).toEqual(['last-rollback-manual'])
    expect(ids(found, { ...consent, acknowledged: ['last-rollback-manual'] })).toEqual([])
  })

  test('blocks, ticked or not', () => {
    const { preview: found } = look(rollback, { previous: null })
    const given = { ...consent, acknowledged: ['previous-spec-missing'] }
    expect(ids(found, given)).toEqual(['previous-spec-missing'])
  })

  test('the name, typed exactly', () => {
    const { preview: found } = look({ kind: 'remove' })
    expect(ids(found, consent)).toEqual(['typed-name-missing'])
    expect(ids(found, { ...consent, typed: 'Web' })).toEqual(['typed-name-missing'])
    expect(ids(found, { ...consent, typed: 'web' })).toEqual([])
  })
})

test('a service whose spec the mirror knows otherwise is judged by the fresh document', () => {
  const facts = someFacts({
    service: { spec: aSpec({ constraints: ['node.role==worker'] }) },
  })
  expect(preview(rollback, facts).preview.checks.map(({ id }) => id)).toEqual([
    'pace-of-rollback',
  ])
})
