import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aDocument, replicas, v1, v2 } from './commands.fixture.ts'
import { withDefaults } from './defaults.ts'
import { type Fields, isFields } from './json.ts'
import { effectOnTasks, fingerprint } from './same-spec.ts'
import { hasHidden, specChanges } from './spec-diff.ts'
import type { SpecDocument } from './spec-document.ts'

const names: Record<string, string> = { net1: 'front', net2: 'back' }
const networkName = (id: string) => names[id] ?? id

const changes = (before: SpecDocument, after: SpecDocument) =>
  specChanges(before, after, networkName)

/** `label: before -> after`, with `hidden` and `restarts` where they hold. */
const read = (before: SpecDocument, after: SpecDocument) =>
  changes(before, after).map(
    (change) =>
      `${change.label}: ${change.before} -> ${change.after}${change.hidden ? ', hidden' : ''}${change.restarts ? ', restarts' : ''}`,
  )

const container = (fields: Record<string, unknown>) => aDocument(v2, {}, {}, fields)
const task = (fields: Record<string, unknown>) => aDocument(v2, {}, fields)

describe('in human names', () => {
  test.each([
    {
      what: 'image',
      before: aDocument(v1),
      after: aDocument(v2),
      is: [`Image: ${v1} -> ${v2}, restarts`],
    },
    {
      what: 'replicas',
      before: aDocument(v2, replicas(3)),
      after: aDocument(v2, replicas(5)),
      is: ['Replicas: 3 -> 5'],
    },
    {
      what: 'entry point and arguments',
      before: container({ Command: ['a'], Args: ['x y'] }),
      after: container({ Args: ['x', 'z'] }),
      is: ['Entry point: a -> null, restarts', "Arguments: 'x y' -> x z, restarts"],
    },
    {
      what: 'a password among the arguments',
      before: container({ Args: ['--password', 'canary1'] }),
      after: container({ Args: ['--password', 'canary2'] }),
      is: ['Arguments: --password ••• -> --password •••, hidden, restarts'],
    },
    {
      what: 'one variable',
      before: container({ Env: ['A=1', 'B=2'] }),
      after: container({ Env: ['A=1', 'B=3', 'C'] }),
      is: [
        'Environment B: ••• -> •••, hidden, restarts',
        'Environment C: null -> •••, hidden, restarts',
      ],
    },
    {
      what: 'a variable named twice',
      before: container({ Env: ['A=1'] }),
      after: container({ Env: ['A=1', 'A=2'] }),
      is: ['Environment A #2: null -> •••, hidden, restarts'],
    },
    {
      what: 'the order of variables',
      before: container({ Env: ['A=1', 'B=2'] }),
      after: container({ Env: ['B=2', 'A=1'] }),
      is: [
        'Order of Env: Environment A, Environment B -> Environment B, Environment A, restarts',
      ],
    },
    {
      what: 'a rotated secret',
      before: container({
        Secrets: [{ SecretID: 'a', SecretName: 'db-v1', File: { Name: 'db' } }],
      }),
      after: container({
        Secrets: [{ SecretID: 'b', SecretName: 'db-v2', File: { Name: 'db' } }],
      }),
      is: ['Secret at /run/secrets/db: db-v1 -> db-v2, restarts'],
    },
    {
      what: 'a secret made anew under its name',
      before: container({
        Secrets: [{ SecretID: 'a', SecretName: 'db', File: { Name: 'db' } }],
      }),
      after: container({
        Secrets: [{ SecretID: 'b', SecretName: 'db', File: { Name: 'db' } }],
      }),
      is: [
        'Secret at /run/secrets/db: db (a), owner 0:0, mode 0444 -> db (b), owner 0:0, mode 0444, restarts',
      ],
    },
    {
      what: 'a config',
      before: container({}),
      after: container({
        Configs: [
          { ConfigID: 'a', ConfigName: 'nginx', File: { Name: '/etc/nginx.conf' } },
        ],
      }),
      is: ['Config at /etc/nginx.conf: null -> nginx, restarts'],
    },
    {
      what: 'a mount',
      before: container({ Mounts: [{ Type: 'volume', Source: 'data', Target: '/data' }] }),
      after: container({
        Mounts: [{ Type: 'volume', Source: 'data', Target: '/data', ReadOnly: true }],
      }),
      is: ['Mount at /data: volume data -> volume data, read-only, restarts'],
    },
    {
      what: 'the credentials of a volume driver',
      before: container({
        Mounts: [
          {
            Type: 'volume',
            Target: '/d',
            VolumeOptions: {
              DriverConfig: { Options: { o: 'username=a,password=canary' } },
            },
          },
        ],
      }),
      after: container({ Mounts: [{ Type: 'volume', Target: '/d' }] }),
      is: [
        'Mounts[/d].VolumeOptions.DriverConfig.Options.o: username=a,password=••• -> null, hidden, restarts',
      ],
    },
    {
      what: 'networks',
      before: task({ Networks: [{ Target: 'net1' }] }),
      after: task({ Networks: [{ Target: 'net2', Aliases: ['web'] }] }),
      is: [
        'Network front: attached -> null, restarts',
        'Network back: null -> attached as web, restarts',
      ],
    },
    {
      what: 'constraints',
      before: task({ Placement: { Constraints: ['node.role==worker'] } }),
      after: task({ Placement: { Constraints: ['node.role==manager'] } }),
      is: [
        'Constraint: node.role==worker -> null, restarts',
        'Constraint: null -> node.role==manager, restarts',
      ],
    },
    {
      what: 'preferences',
      before: task({}),
      after: task({
        Placement: { Preferences: [{ Spread: { SpreadDescriptor: 'node.labels.rack' } }] },
      }),
      is: ['Spread over: null -> node.labels.rack, restarts'],
    },
    {
      what: 'resources',
      before: task({}),
      after: task({
        Resources: {
          Limits: { NanoCPUs: 5e8, MemoryBytes: 512 * 2 ** 20 },
          Reservations: { MemoryBytes: 1.5 * 2 ** 30 },
        },
      }),
      is: [
        'CPU limit: none -> 0.5 CPU, restarts',
        'Memory limit: none -> 512 MiB, restarts',
        'Memory reservation: none -> 1.5 GiB, restarts',
      ],
    },
    {
      what: 'a health check',
      before: container({}),
      after: container({
        Healthcheck: {
          Test: ['CMD', 'curl', '-u', 'me:canary', 'localhost'],
          Interval: 1.5e9,
        },
      }),
      is: [
        'Health check: null -> CMD curl -u me:••• localhost, hidden, restarts',
        'Health check interval: null -> 1.5 s, restarts',
      ],
    },
    {
      what: 'the restart policy',
      before: task({}),
      after: task({ RestartPolicy: { Condition: 'on-failure', MaxAttempts: 3 } }),
      is: [
        'Restart condition: any -> on-failure, restarts',
        'Restart attempts: without limit -> 3, restarts',
      ],
    },
    {
      what: 'update settings',
      before: aDocument(),
      after: aDocument(v2, {
        UpdateConfig: { Parallelism: 0, Delay: 2e9, Monitor: 2e9, MaxFailureRatio: 0.1 },
      }),
      is: ['Update parallelism: 1 -> 0 (all at once)', 'Update failure ratio: 0 -> 0.1'],
    },
    {
      what: 'labels',
      before: aDocument(),
      after: aDocument(v2, { Labels: { test: 'no', token: 'canary', empty: '' } }),
      is: [
        'Label test: yes -> no',
        'Label token: null -> •••, hidden',
        'Label empty: null -> ',
      ],
    },
    {
      what: 'ports',
      before: aDocument(v2, {
        EndpointSpec: { Ports: [{ TargetPort: 80, PublishedPort: 80 }] },
      }),
      after: aDocument(v2, {
        EndpointSpec: { Ports: [{ TargetPort: 80, PublishedPort: 81 }] },
      }),
      is: ['Port 80/tcp: published as 80 (ingress) -> published as 81 (ingress), restarts'],
    },
    {
      what: 'a forced restart',
      before: aDocument(),
      after: task({ ForceUpdate: 1 }),
      is: ['Forced restarts: 0 -> 1, restarts'],
    },
    {
      what: 'the form of a log driver',
      before: task({}),
      after: task({
        LogDriver: { Name: 'splunk', Options: { 'splunk-token': 'canary', mode: '' } },
      }),
      is: [
        'Log driver: null -> splunk, restarts',
        'LogDriver.Options.splunk-token: null -> •••, hidden, restarts',
        'LogDriver.Options.mode: null -> , restarts',
      ],
    },
    {
      what: 'what nobody knows',
      before: task({}),
      after: task({ Novelty: [{ Depth: 3 }, {}], Flags: [1, 2] }),
      is: [
        'Novelty[0].Depth: null -> 3, restarts',
        'Novelty[1]: null -> {}, restarts',
        'Flags: null -> 1, 2, restarts',
      ],
    },
  ])('$what', ({ before, after, is }) => {
    expect(read(before, after)).toEqual(is)
  })

  test('defaults written out make no difference', () => {
    const { UpdateConfig: _u, RollbackConfig: _r, Labels: _l, ...bare } = aDocument()
    const written: SpecDocument = {
      ...bare,
      Labels: {},
      UpdateConfig: {
        Parallelism: 1,
        Delay: 0,
        Monitor: 5e9,
        Order: 'stop-first',
        FailureAction: 'pause',
        MaxFailureRatio: 0,
      },
      EndpointSpec: { Mode: 'vip', Ports: null },
      Networks: [],
    }
    expect(changes(bare, written)).toEqual([])
    expect(fingerprint(bare)).toBe(fingerprint(written))
  })

  test('an update config without a parallelism means all at once', () => {
    const { UpdateConfig: _u, ...bare } = aDocument()
    expect(read(bare, { ...bare, UpdateConfig: {} })).toEqual([
      'Update parallelism: 1 -> 0 (all at once)',
    ])
  })

  test('a ratio that went through the swarm’s float32 is the same', () => {
    const at = (MaxFailureRatio: number) =>
      aDocument(v2, { UpdateConfig: { Parallelism: 1, MaxFailureRatio } })
    expect(changes(at(0.1), at(Math.fround(0.1)))).toEqual([])
  })

  test('a text without end is hidden, and takes no time', () => {
    const [change] = changes(
      aDocument(),
      aDocument(v2, { Labels: { test: 'x'.repeat(1e5) } }),
    )
    expect(change).toMatchObject({ before: 'yes', after: '•••', hidden: true })
  })
})

test.each([
  { what: 'an environment value', document: aDocument(), is: true },
  {
    what: 'a credential in a label',
    document: aDocument(v2, { Labels: { password: 'x' } }, {}, { Env: [] }),
    is: true,
  },
  { what: 'neither', document: container({ Env: [] }), is: false },
])('something to hide: $what', ({ document, is }) => {
  expect(hasHidden(document)).toBe(is)
})

describe('what replaces tasks', () => {
  test.each([
    { after: aDocument(v2, { Labels: {}, ...replicas(9), UpdateConfig: {} }), is: 'keeps' },
    { after: aDocument(v1), is: 'replaces' },
    { after: aDocument(v2, { EndpointSpec: { Mode: 'dnsrr' } }), is: 'replaces' },
    { after: task({ RestartPolicy: { Condition: 'any' } }), is: 'replaces' },
    {
      after: task({ Placement: { Constraints: ['node.role==worker'] } }),
      is: 'replaces misplaced',
    },
    {
      after: aDocument(v1, {}, { Placement: { Constraints: ['node.role==worker'] } }),
      is: 'replaces',
    },
    { after: task({ Networks: [], Placement: null }), is: 'keeps' },
  ])('$is', ({ after, is }) => {
    expect(effectOnTasks(aDocument(), after)).toBe(is)
  })
})

/** Specs of all sorts, with names that clash and fields that nobody knows. */
const word = fc.constantFrom('a', 'b', 'c', '', 'password', 'x=y')
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const json = fc.jsonValue({ maxDepth: 2 })
const list = (item: fc.Arbitrary<unknown>) =>
  fc.option(fc.array(item, { maxLength: 3 }), { nil: null })
const file = fc.record(
  { Name: word, UID: fc.constantFrom('0', '1'), Mode: fc.constantFrom(0o444, 0o400) },
  { requiredKeys: [] },
)
const pace = fc.record(
  {
    Parallelism: fc.nat(2),
    Delay: fc.nat(3),
    MaxFailureRatio: fc.constantFrom(0, 0.1, 0.5),
    Order: fc.constantFrom('stop-first', 'start-first'),
  },
  { requiredKeys: [] },
)
const anyDocument: fc.Arbitrary<unknown> = fc.record(
  {
    Name: fc.constant('web'),
    Labels: fc.option(fc.dictionary(word, word), { nil: null }),
    Mode: fc.oneof(
      fc.constant({ Global: {} }),
      fc.record({ Replicated: fc.record({ Replicas: fc.nat(3) }, { requiredKeys: [] }) }),
      fc.record({
        ReplicatedJob: fc.record({ TotalCompletions: fc.nat(2) }, { requiredKeys: [] }),
      }),
    ),
    TaskTemplate: fc.record(
      {
        ContainerSpec: fc.record(
          {
            Image: word,
            Command: list(word),
            Args: list(word),
            Env: list(fc.tuple(word, word).map(([name, value]) => `${name}=${value}`)),
            Labels: fc.dictionary(word, word),
            ReadOnly: fc.boolean(),
            Init: fc.boolean(),
            Secrets: list(
              fc.record(
                { SecretID: word, SecretName: word, File: file },
                { requiredKeys: ['SecretName'] },
              ),
            ),
            Configs: list(
              fc.record(
                { ConfigID: word, ConfigName: word, File: file, Runtime: json },
                { requiredKeys: ['ConfigName'] },
              ),
            ),
            Mounts: list(
              fc.record(
                {
                  Type: word,
                  Source: word,
                  Target: word,
                  ReadOnly: fc.boolean(),
                  VolumeOptions: json,
                },
                { requiredKeys: ['Target'] },
              ),
            ),
            Healthcheck: fc.record(
              { Test: list(word), Interval: fc.nat(2) },
              { requiredKeys: [] },
            ),
            Privileges: json,
            Ulimits: json,
          },
          { requiredKeys: [] },
        ),
        Placement: fc.record(
          {
            Constraints: list(word),
            MaxReplicas: fc.nat(1),
            Preferences: list(
              fc.oneof(json, fc.record({ Spread: fc.record({ SpreadDescriptor: word }) })),
            ),
          },
          { requiredKeys: [] },
        ),
        Networks: list(
          fc.record(
            { Target: word, Aliases: list(word), DriverOpts: json },
            { requiredKeys: ['Target'] },
          ),
        ),
        Resources: json,
        ForceUpdate: fc.nat(1),
        Novelty: json,
      },
      { requiredKeys: [] },
    ),
    UpdateConfig: optional(pace),
    RollbackConfig: optional(pace),
    EndpointSpec: fc.record(
      {
        Mode: fc.constantFrom('vip', 'dnsrr'),
        Ports: list(
          fc.record(
            { TargetPort: fc.nat(2), PublishedPort: fc.nat(2), Protocol: word, Name: word },
            { requiredKeys: [] },
          ),
        ),
      },
      { requiredKeys: [] },
    ),
    Novelty: json,
  },
  { requiredKeys: ['Name', 'Mode', 'TaskTemplate'] },
)

// What an engine sends is not checked on the way, so the tests do not insist on types either.
const documents = anyDocument.map((raw) => JSON.parse(JSON.stringify(raw)) as SpecDocument)

test('nothing differs in silence: specs without listed changes mean the same', () => {
  fc.assert(
    fc.property(documents, documents, (a, b) => {
      expect(changes(a, a)).toEqual([])
      expect(changes(a, b).length > 0).toBe(fingerprint(a) !== fingerprint(b))
    }),
    { numRuns: 100 },
  )
}, 30_000)

test('what is listed explains every difference: without it, the two are equal', () => {
  fc.assert(
    fc.property(documents, documents, (a, b) => {
      const paths = changes(a, b).map(({ path }) => path)
      expect(without(a, paths)).toEqual(without(b, paths))
    }),
    { numRuns: 100 },
  )
}, 30_000)

/** The spec as plain lines `path=value`, without those under the paths. */
function without(document: SpecDocument, paths: readonly string[]): string[] {
  const isUnder = (path: string, above: string) =>
    path === above || path.startsWith(`${above}.`) || path.startsWith(`${above}[`)
  const gone = (path: string) =>
    paths.some((listed) => isUnder(path, listed) || isUnder(listed, path))
  return lines(withDefaults(document), '').filter(
    (line) => !gone(line.split('\t')[0] ?? ''),
  )
}

const keyed: Record<string, (item: Fields, raw: unknown) => string> = {
  Env: (_, raw) => String(raw).split('=')[0] ?? '',
  Constraints: (_, raw) => String(raw),
  Secrets: ({ File, SecretName }) => String((isFields(File) && File.Name) || SecretName),
  Configs: ({ File, ConfigName }) => String((isFields(File) && File.Name) || ConfigName),
  Mounts: ({ Target }) => String(Target),
  Networks: ({ Target }) => String(Target),
  Ports: ({ TargetPort = '', Protocol, PublishMode }) =>
    `${TargetPort}/${Protocol} ${PublishMode}`,
}

/** This test's own way to walk a spec: as plain as can be. */
function lines(value: unknown, path: string): string[] {
  const name = path.split('.').at(-1) ?? ''
  const isLabels = /(^|ContainerSpec\.)Labels$/.test(path.replace('TaskTemplate.', ''))
  if (Array.isArray(value)) {
    const isKeyed = !path.includes('[') && Object.hasOwn(keyed, name)
    const key = isKeyed ? keyed[name] : undefined
    if (!key) return value.length > 0 ? [`${path}\t${JSON.stringify(value)}`] : []
    const uses = new Map<string, number>()
    return value.flatMap((item) => {
      const own = key(isFields(item) ? item : {}, item)
      const use = (uses.get(own) ?? 0) + 1
      uses.set(own, use)
      return `${path}[${use === 1 ? own : `${own} #${use}`}]\t${JSON.stringify(sorted(item))}`
    })
  }
  if (isFields(value)) {
    return Object.keys(value)
      .sort()
      .flatMap((field) => {
        const below = path === '' ? field : `${path}.${field}`
        return isLabels
          ? [`${path}[${field}]\t${value[field]}`]
          : lines(value[field], below)
      })
  }
  return value == null || value === '' ? [] : [`${path}\t${JSON.stringify(value)}`]
}

/** Without what is absent, empty, or holds nothing else. */
function sorted(value: unknown): unknown {
  if (value === '' || (Array.isArray(value) && value.length === 0)) return undefined
  if (!isFields(value)) return value ?? undefined
  const fields = Object.keys(value)
    .sort()
    .map((name): [string, unknown] => [name, sorted(value[name])])
    .filter(([, field]) => field !== undefined)
  return fields.length > 0 ? Object.fromEntries(fields) : undefined
}
