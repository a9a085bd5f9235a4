import type { Asked } from '@skep/shared/contract/commands'
import { describe, expect, test } from 'vitest'
import {
  aNode,
  aReference,
  aService,
  aSpec,
  aTask,
  threeNodes,
} from '../entities.fixture.ts'
import {
  aDocument,
  checksOf,
  digest,
  halfWay,
  look,
  replicas,
  someFacts,
  v1,
  v2,
} from './commands.fixture.ts'
import { preview } from './preview.ts'

type Parts = NonNullable<Parameters<typeof look>[1]>
type Row = {
  id: string
  level: string
  asked: Asked
  here: Parts
  not?: Parts
  but?: Asked
}

const rollback = { kind: 'rollback' } as const
const resume = { kind: 'resume' } as const
const restart = { kind: 'restart' } as const
const remove = { kind: 'remove' } as const
const scale = (count: number) => ({ kind: 'scale', replicas: count }) as const
const image = (text: string) => ({ kind: 'image', image: text }) as const
const settings = (fields: object) => ({ kind: 'settings', ...fields }) as const
const restore = { kind: 'restore', version: 4 } as const

const onePaused = [aNode({ id: 'n1', availability: 'pause' }), ...threeNodes.slice(1)]

const withSecret = aDocument(
  v1,
  {},
  {},
  {
    Secrets: [{ SecretID: 's1', SecretName: 'db-password-v1', File: { Name: 'db' } }],
  },
)
const withConfig = aDocument(
  v1,
  {},
  {},
  {
    Configs: [
      { ConfigID: 'c1', ConfigName: 'nginx-v1', File: { Name: '/etc/nginx.conf' } },
    ],
  },
)
const zero = { Parallelism: 0, Order: 'stop-first' as const }
const startFirst = { UpdateConfig: { Parallelism: 1, Order: 'start-first' as const } }
const pinned = { Placement: { Constraints: ['node.labels.disk==ssd'] } }
const hostPort = {
  EndpointSpec: {
    Ports: [{ TargetPort: 80, PublishedPort: 80, PublishMode: 'host' as const }],
  },
}
const global = { Mode: { Global: {} } }
const job = { Mode: { ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 3 } } }
const older = (document = aDocument(v1), version = 4): Parts => ({
  more: { restored: { document, version, seenAt: '2026-01-01T00:00:00.000Z' } },
})

const rows: Row[] = [
  {
    id: 'read-only',
    level: 'block',
    asked: rollback,
    here: { more: { readOnly: true } },
    not: {},
  },
  {
    id: 'memory-away',
    level: 'block',
    asked: rollback,
    here: { more: { memoryAway: 'The memory does not answer.' } },
    not: {},
  },
  {
    id: 'no-container',
    level: 'block',
    asked: image('demo/web:v3'),
    here: { document: { ...aDocument(), TaskTemplate: { ForceUpdate: 0 } } },
    not: {},
  },
  { id: 'swarm-not-live', level: 'block', asked: remove, here: { live: false }, not: {} },
  {
    id: 'previous-spec-missing',
    level: 'block',
    asked: rollback,
    here: { previous: null },
    not: {},
  },
  {
    id: 'target-secret-missing',
    level: 'block',
    asked: rollback,
    here: { previous: withSecret },
    not: { previous: withSecret, more: { secrets: new Set(['s1']) } },
  },
  {
    id: 'target-config-missing',
    level: 'block',
    asked: rollback,
    here: { previous: withConfig },
    not: { previous: withConfig, more: { configs: new Set(['c1']) } },
  },
  {
    id: 'secrets-unreadable',
    level: 'warn',
    asked: rollback,
    here: { previous: withSecret, more: { secrets: null } },
    not: { more: { secrets: null } },
  },
  {
    id: 'configs-unreadable',
    level: 'warn',
    asked: rollback,
    here: { previous: withConfig, more: { configs: null } },
    not: { more: { configs: null } },
  },
  {
    id: 'target-network-missing',
    level: 'warn',
    asked: rollback,
    here: { previous: aDocument(v1, {}, { Networks: [{ Target: 'gone' }] }) },
    not: {},
  },
  {
    id: 'only-scale-or-labels',
    level: 'warn',
    asked: rollback,
    here: { previous: aDocument(v2, replicas(2)) },
    not: {},
  },
  {
    id: 'image-without-digest',
    level: 'warn',
    asked: rollback,
    here: { previous: aDocument('demo/web:v1') },
    not: {},
  },
  {
    id: 'target-not-placeable',
    level: 'warn',
    asked: rollback,
    here: { previous: aDocument(v1, {}, pinned) },
    not: {},
  },
  {
    id: 'last-rollback-manual',
    level: 'warn',
    asked: rollback,
    here: { update: 'rollback_completed' },
    not: { update: 'completed' },
  },
  {
    id: 'rollback-in-progress',
    level: 'warn',
    asked: rollback,
    here: { update: 'rollback_started' },
    not: { update: 'updating' },
  },
  {
    id: 'pace-of-rollback',
    level: 'info',
    asked: rollback,
    here: {},
    not: { previous: null },
  },
  {
    id: 'changes-replicas',
    level: 'info',
    asked: rollback,
    here: { previous: aDocument(v1, replicas(5)) },
    not: {},
  },
  {
    id: 'rollback-parallelism-zero',
    level: 'warn',
    asked: rollback,
    here: { previous: aDocument(v1, { RollbackConfig: zero }) },
    not: { document: aDocument(v2, { RollbackConfig: zero }) },
  },
  {
    id: 'no-change',
    level: 'block',
    asked: rollback,
    here: { previous: aDocument() },
    not: {},
  },
  {
    id: 'job-runs-again',
    level: 'warn',
    asked: rollback,
    here: { document: aDocument(v2, job), previous: aDocument(v1, job) },
    not: {},
  },
  {
    id: 'not-paused',
    level: 'block',
    asked: resume,
    here: { update: 'updating' },
    not: { update: 'paused' },
  },
  {
    id: 'resumes-bad-update',
    level: 'warn',
    asked: resume,
    here: { update: 'rollback_paused' },
    not: {},
  },
  {
    id: 'overwrites-rollback-target',
    level: 'warn',
    asked: resume,
    here: { update: 'paused' },
    not: { update: 'paused', previous: aDocument() },
  },
  {
    id: 'resumes-paused-update',
    level: 'warn',
    asked: scale(5),
    here: { update: 'paused', tasks: halfWay },
    not: {},
  },
  {
    id: 'overwrites-rollback-target',
    level: 'warn',
    asked: scale(5),
    here: {},
    not: { previous: null },
  },
  {
    id: 'overwrites-rollback-target',
    level: 'info',
    asked: image(v1),
    here: {},
    not: { previous: null },
  },
  {
    id: 'update-in-progress',
    level: 'warn',
    asked: scale(5),
    here: { update: 'updating' },
    not: {},
  },
  {
    id: 'no-change',
    level: 'block',
    asked: scale(3),
    here: { update: 'updating' },
    but: scale(4),
  },
  {
    id: 'no-room',
    level: 'warn',
    asked: scale(5),
    here: { document: aDocument(v2, {}, { Placement: { MaxReplicas: 1 } }) },
    not: {},
  },
  {
    id: 'no-room',
    level: 'warn',
    asked: scale(5),
    here: {
      document: aDocument(v2, {}, { Resources: { Reservations: { MemoryBytes: 9e9 } } }),
    },
    not: {},
  },
  {
    id: 'global-not-scalable',
    level: 'block',
    asked: scale(5),
    here: { document: aDocument(v2, global) },
    not: {},
  },
  {
    id: 'global-job-not-scalable',
    level: 'block',
    asked: scale(5),
    here: { document: aDocument(v2, { Mode: { GlobalJob: {} } }) },
    not: {},
  },
  {
    id: 'job-runs-again',
    level: 'warn',
    asked: scale(5),
    here: { document: aDocument(v2, job) },
    not: {},
  },
  {
    id: 'single-replica-outage',
    level: 'warn',
    asked: restart,
    here: { document: aDocument(v2, replicas(1)) },
    not: {},
  },
  {
    id: 'parallelism-zero',
    level: 'warn',
    asked: restart,
    here: { document: aDocument(v2, { UpdateConfig: {} }) },
    not: {},
  },
  {
    id: 'all-at-once',
    level: 'warn',
    asked: restart,
    here: { document: aDocument(v2, { UpdateConfig: { Parallelism: 3 } }) },
    not: {},
  },
  {
    id: 'failure-action-continue',
    level: 'info',
    asked: restart,
    here: {
      document: aDocument(v2, {
        UpdateConfig: { Parallelism: 1, FailureAction: 'continue' },
      }),
    },
    not: {},
  },
  {
    id: 'start-first-no-room',
    level: 'warn',
    asked: restart,
    here: {
      document: aDocument(v2, { ...startFirst, ...hostPort }),
      service: { ports: [{ published: 80, target: 80, protocol: 'tcp', mode: 'host' }] },
    },
    not: { document: aDocument(v2, startFirst) },
  },
  {
    id: 'start-first-no-room',
    level: 'warn',
    asked: restart,
    here: { document: aDocument(v2, startFirst, { Placement: { MaxReplicas: 1 } }) },
    not: { document: aDocument(v2, {}, { Placement: { MaxReplicas: 1 } }) },
  },
  {
    id: 'not-placeable',
    level: 'warn',
    asked: restart,
    here: { document: aDocument(v2, {}, pinned) },
    not: {},
  },
  {
    id: 'not-placeable',
    level: 'warn',
    asked: restart,
    here: {
      document: aDocument(
        v2,
        {},
        { Placement: { Platforms: [{ OS: 'linux', Architecture: 'arm64' }] } },
      ),
    },
    not: {
      document: aDocument(
        v2,
        {},
        { Placement: { Platforms: [{ OS: 'linux', Architecture: 'amd64' }] } },
      ),
    },
  },
  {
    id: 'automatic-rollback',
    level: 'info',
    asked: restart,
    here: { update: 'rollback_completed', previous: null },
    not: { previous: null },
  },
  {
    id: 'invalid-reference',
    level: 'block',
    asked: image('Demo/Web:v1'),
    here: {},
    but: image('demo/web:v1'),
  },
  {
    id: 'digest-unresolved',
    level: 'warn',
    asked: image('demo/web:v3'),
    here: {},
    not: {
      more: { digest: { reference: 'demo/web:v3', digest: digest('3'), problem: null } },
    },
  },
  {
    id: 'no-change',
    level: 'block',
    asked: image('demo/web:v2'),
    here: {
      more: { digest: { reference: 'demo/web:v2', digest: digest('2'), problem: null } },
    },
    not: {
      more: { digest: { reference: 'demo/web:v2', digest: digest('3'), problem: null } },
    },
  },
  {
    id: 'latest-tag',
    level: 'info',
    asked: image('demo/web'),
    here: {},
    but: image('demo/web:v3'),
  },
  {
    id: 'next-update',
    level: 'info',
    asked: settings({ parallelism: 2 }),
    here: {},
    not: { update: 'paused' },
  },
  {
    id: 'resumes-paused-update',
    level: 'warn',
    asked: settings({ parallelism: 2 }),
    here: { update: 'paused' },
    not: {},
  },
  {
    id: 'parallelism-zero',
    level: 'warn',
    asked: settings({ parallelism: 0 }),
    here: {},
    but: settings({ parallelism: 2 }),
  },
  {
    id: 'rollback-parallelism-zero',
    level: 'warn',
    asked: settings({ rollbackParallelism: 0 }),
    here: {},
    but: settings({ rollbackParallelism: 2 }),
  },
  {
    id: 'no-change',
    level: 'block',
    asked: settings({ delay: 2000 }),
    here: {},
    but: settings({ delay: 2001 }),
  },
  {
    id: 'job-has-no-settings',
    level: 'block',
    asked: settings({ delay: 1 }),
    here: { document: aDocument(v2, job) },
    not: {},
  },
  { id: 'version-unknown', level: 'block', asked: restore, here: {}, not: older() },
  {
    id: 'mode-differs',
    level: 'block',
    asked: restore,
    here: older(aDocument(v1, global)),
    not: older(),
  },
  {
    id: 'target-secret-missing',
    level: 'block',
    asked: restore,
    here: older(withSecret),
    not: older(),
  },
  {
    id: 'no-change',
    level: 'block',
    asked: restore,
    here: older(aDocument(v2, {}, { ForceUpdate: 9 })),
    not: older(),
  },
  {
    id: 'update-in-progress',
    level: 'warn',
    asked: remove,
    here: { update: 'paused' },
    not: {},
  },
  { id: 'tasks-stop', level: 'info', asked: remove, here: {}, not: { tasks: [] } },
  { id: 'keeps-data', level: 'info', asked: remove, here: {} },
  {
    id: 'others-in-stack',
    level: 'info',
    asked: remove,
    here: {
      service: { stack: 'shop' },
      others: [aService({ id: 'o', name: 'shop_db', stack: 'shop' })],
    },
    not: { service: { stack: 'shop' } },
  },
  {
    id: 'paused-nodes-left',
    level: 'warn',
    asked: restart,
    here: { document: aDocument(v2, global), nodes: onePaused },
    not: { nodes: onePaused },
    but: settings({ delay: 1 }),
  },
]

describe('each check', () => {
  test.each(rows)('$level $id of $asked.kind', ({ id, level, asked, here, not, but }) => {
    const found = `${level} ${id}`
    expect(checksOf(asked, here)).toContain(found)
    if (not) expect(checksOf(asked, not)).not.toContain(found)
    if (but) expect(checksOf(but, here)).not.toContain(found)
    expect(not ?? but ?? id).toBeTruthy()
  })

  test.each(rows.filter(({ level }) => level === 'block'))(
    '$id of $asked.kind leaves nothing to write',
    ({ asked, here }) => {
      expect(look(asked, here).write).toBeNull()
    },
  )
})

describe('what checks say', () => {
  const sentences = (asked: Asked, parts: Parts) =>
    look(asked, parts)
      .preview.checks.map(({ sentence }) => sentence)
      .join('\n')

  test('why there is nothing to roll back to', () => {
    expect(sentences(rollback, { previous: null })).toContain('never updated')
    const after = { previous: null, update: 'rollback_completed' } as const
    expect(sentences(rollback, after)).toContain('automatic rollback used up')
    const during = { previous: null, update: 'rollback_started' } as const
    expect(sentences(rollback, during)).toContain('automatic rollback used up')
  })

  test('which secrets are missing, by name, each once', () => {
    const Secrets = ['b', 'a', 'a'].map((name) => ({ SecretID: name, SecretName: name }))
    const { checks } = look(rollback, {
      previous: aDocument(v1, {}, {}, { Secrets }),
    }).preview
    expect(checks[0]).toMatchObject({
      id: 'target-secret-missing',
      subjects: [
        { kind: 'secret', name: 'a' },
        { kind: 'secret', name: 'b' },
      ],
    })
  })

  test('a secret without an id counts as missing', () => {
    const previous = aDocument(v1, {}, {}, { Secrets: [{ SecretName: 'x' }] })
    expect(checksOf(rollback, { previous })).toContain('block target-secret-missing')
  })

  test('which filter refuses the target', () => {
    const nodes = [
      ...threeNodes,
      aNode({ id: 'n4', availability: 'drain' }),
      aNode({ id: 'n5', resources: { nanoCpus: 1, memoryBytes: 1 } }),
    ]
    const template = { ...pinned, Resources: { Reservations: { MemoryBytes: 2e9 } } }
    expect(sentences(rollback, { previous: aDocument(v1, {}, template), nodes })).toContain(
      'not available for new tasks on 1; too little memory or CPU left to reserve on 1; its constraints are not met on 3',
    )
  })

  test('a host port that another service holds', () => {
    const proxy = aService({
      id: 'proxy',
      name: 'proxy',
      ports: [{ published: 80, target: 80, protocol: 'tcp', mode: 'host' }],
    })
    const foreign = ['n1', 'n2', 'n3'].map((nodeId, i) =>
      aTask({ id: `p${i}`, serviceId: 'proxy', nodeId }),
    )
    const parts = { previous: aDocument(v1, hostPort), others: [proxy], foreign }
    expect(sentences(rollback, parts)).toContain(
      'No node takes its tasks now: host port in use on 3',
    )
  })

  test('what the engine said of the registry', () => {
    const problem = 'dial tcp 10.99.0.254:5000: connect: connection refused'
    const more = { digest: { reference: 'demo/web:v3', digest: null, problem } }
    expect(sentences(image('demo/web:v3'), { more })).toContain(problem)
  })

  test('a no-op during a rollout says what it would break', () => {
    expect(sentences(scale(3), { update: 'updating' })).toContain('failure action')
  })

  test('checks come with blocks first, then warnings, then notes', () => {
    const levels = checksOf(rollback, {
      previous: withSecret,
      update: 'rollback_completed',
    })
    const order = levels.map((check) =>
      ['block', 'warn', 'info'].indexOf(check.split(' ')[0] ?? ''),
    )
    expect(order).toEqual(order.toSorted())
    expect(new Set(order).size).toBe(3)
  })

  test('the secrets a removed service leaves behind', () => {
    const spec = aSpec({ secrets: [aReference('db')] })
    const { checks } = preview(remove, someFacts({ service: { spec } })).preview
    expect(checks.find(({ id }) => id === 'keeps-data')?.subjects).toEqual([
      { kind: 'secret', name: 'db' },
    ])
  })
})
