import {
  IfItMoves,
  StateClass,
  Statefulness,
  StorageKind,
} from '@skep/shared/contract/stateful'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  aManager,
  aMount,
  aNode,
  aService,
  aSpec,
  aTask,
  byId,
  factsOf,
} from '../entities.fixture.ts'
import type { Mount, Service, Spec } from '../state.ts'
import { dataOnMove } from './data-on-move.ts'
import { knownImages } from './images.ts'
import { tidyPath } from './path-words.ts'
import { examples } from './statefulness.fixture.ts'
import { badge, type StateFacts, statefulness } from './statefulness.ts'
import { placesOf } from './storage.ts'

const facts: StateFacts = {
  nodes: factsOf([aManager({ id: 'n1' }), aManager({ id: 'n2' }), aNode({ id: 'n3' })]),
  tasks: new Map(),
  stays: [],
  now: 0,
}

const judge = (service: Service, more: Partial<StateFacts> = {}) =>
  statefulness(service, { ...facts, ...more })

const single = (fields: Partial<Spec>, image = 'acme/api:1'): Service =>
  aService({ image, mode: { kind: 'replicated', replicas: 1 }, spec: aSpec(fields) })

describe('services as their documentation deploys them', () => {
  const table = examples.map((example) => [example.name, example] as const)

  test.each(table)('%s', (_name, { service, kinds, class: state, ifItMoves }) => {
    const found = judge(service)
    const counted = placesOf(service).filter(({ counts }) => counts)
    expect(
      {
        class: found.class,
        kinds: counted.map(({ kind }) => kind),
        ifItMoves: found.ifItMoves,
      },
      `${found.classWhy} ${found.ifItMovesWhy}`,
    ).toEqual({ class: state, kinds, ifItMoves })
    expect(Statefulness.safeParse(found).error).toBeUndefined()
  })

  test('there are at least 150, of every class, storage kind and end', () => {
    expect(examples.length).toBeGreaterThanOrEqual(150)
    const classes = new Set(examples.map((example) => example.class))
    expect(classes).toEqual(new Set(StateClass.options))
    const kinds = new Set(examples.flatMap((example) => example.kinds))
    expect(kinds).toEqual(new Set(StorageKind.options))
    const ends = new Set(examples.map(({ ifItMoves }) => ifItMoves))
    expect(ends).toEqual(new Set(IfItMoves.options))
  })

  test('what keeps its data when it moves is not announced to lose it, nor the reverse', () => {
    for (const { name, service, ifItMoves } of examples) {
      const move = { ...facts, from: 'n1', candidates: ['n2', 'n3'] }
      const { data, why } = dataOnMove(service, move)
      const isSafe = data === 'none' || data === 'keeps'
      // An image that is not known is no risk to warn of, but nothing is promised of it.
      const isOpen = data === 'none' && why !== null
      expect(isSafe, name).toBe(ifItMoves === 'keeps' || isOpen)
      if (isOpen) expect(ifItMoves, name).toBe('cannot-tell')
    }
  })
})

describe('every product that is known', () => {
  const durable = knownImages.filter(({ state }) => state === 'durable')
  const paths = knownImages.flatMap((image) => [
    ...image.dataPaths,
    ...image.declaresVolumes,
  ])

  test('its paths are written as they are compared', () => {
    expect(paths.filter((path) => tidyPath(path) !== path)).toEqual([])
  })

  test('none that keeps data is stateless, or keeps it without a place for it', () => {
    for (const { repositories } of durable) {
      const found = judge(single({}, repositories[0]))
      expect(found.class, repositories[0]).not.toBe('stateless')
      expect(found.ifItMoves, repositories[0]).toBe('starts-empty')
    }
  })

  test('its own folder in a volume holds data that does not go along', () => {
    for (const { repositories, dataPaths } of durable) {
      for (const target of dataPaths) {
        const found = judge(single({ mounts: [aMount({ target })] }, repositories[0]))
        expect(['durable-single', 'durable-clustered']).toContain(found.class)
        expect(found.ifItMoves).toBe('starts-empty')
      }
    }
  })
})

test('names and paths of any length are judged at once', () => {
  const names = ['{{', '{{.', 'a/', 'x-', '.data', '/acme', 'acme', '.cache'].map((piece) =>
    piece.repeat(20_000),
  )
  for (const name of names) {
    const mounts = [
      aMount({ source: name, target: `/${name}` }),
      aMount({ type: 'bind', source: `/etc/${name}/x.conf`, target: `/${name}/` }),
    ]
    expect(judge(single({ mounts }, name)).class).not.toBe('stateless')
  }
})

describe('labels', () => {
  const labelled = (labels: Record<string, string>) =>
    judge(single({ labels, mounts: [aMount()] }))

  test('skep.state overrules', () => {
    const found = labelled({ 'skep.state': ' Soft ' })
    expect(found).toMatchObject({ class: 'soft', overruled: true })
    expect(found.classWhy).toBe('By the label skep.state.')
  })

  test.each(['durable-single', 'durable-clustered', 'replicas-on-local', 'unknown'])(
    'skep.state=%s is believed where nothing is mounted: where its data is cannot be told',
    (state) => {
      for (const image of ['acme/api:1', 'nginx:1']) {
        for (const readOnlyRoot of [false, true]) {
          const service = single({ labels: { 'skep.state': state }, readOnlyRoot }, image)
          const found = judge(service)
          expect(found).toMatchObject({ class: state, ifItMoves: 'cannot-tell' })
          expect(found.placementWhy).toContain('cannot be told')
          for (const candidates of [[], ['n2']]) {
            const move = { ...facts, from: 'n1', candidates }
            expect(dataOnMove(service, move).data).toBe('unknown')
          }
          expect(badge(found)).not.toBeNull()
        }
      }
    },
  )

  test.each(['stateless', 'soft', 'external'])(
    'skep.state=%s is believed where nothing is mounted',
    (state) => {
      const found = judge(single({ labels: { 'skep.state': state } }))
      expect(found).toMatchObject({ class: state, ifItMoves: 'keeps' })
    },
  )

  test('a word that names no class is ignored, and that is said', () => {
    const found = labelled({ 'skep.state': 'gold' })
    expect(found).toMatchObject({ class: 'durable-single', overruled: false })
    expect(found.classWhy).toContain('The label skep.state names no class')
  })

  test.each([
    ['2026-11-20', '2026-11-20T00:00:00.000Z'],
    ['2026-11-20T10:30:00+01:00', '2026-11-20T09:30:00.000Z'],
    ['2026-02-31', null],
    ['yesterday', null],
    ['', null],
  ])('a backup of %j', (text, told) => {
    const found = labelled({ 'skep.backup': text, 'skep.restore-drill': text })
    expect(found).toMatchObject({ backup: told, drill: told })
  })
})

describe('a share by the name of a volume that was of a node alone', () => {
  const target = '/var/lib/postgresql/data'
  const share = aMount({ filesystem: 'nfs', device: ':/x', target })
  const at = (nodeId: string, more: Partial<Spec> = {}) =>
    judge(single({ mounts: [share], ...more }, 'postgres:16'), {
      stays: [{ volume: 'data', nodeId, node: nodeId, from: 0, to: 1 }],
    })

  test('is not said to be held elsewhere, nor to be found again', () => {
    const found = at('n1')
    expect(found).toMatchObject({ class: 'unknown', ifItMoves: 'cannot-tell' })
    expect(found.classWhy).toContain('data was a volume of n1 alone before')
    expect(found.ifItMovesWhy).toContain('data was a volume of n1 alone before')
    expect(at('n1', { constraints: ['node.hostname==n1'] }).ifItMoves).toBe('refuses')
  })
  test('but it is, where that node is gone or the label says so', () => {
    expect(at('gone')).toMatchObject({ class: 'external', ifItMoves: 'keeps' })
    expect(at('n1', { labels: { 'skep.state': 'external' } }).class).toBe('external')
  })
})

describe('copies', () => {
  const tasks = byId([
    aTask({ id: 'a', nodeId: 'n1' }),
    aTask({ id: 'b', nodeId: 'n1' }),
    aTask({ id: 'c', nodeId: 'n2' }),
    aTask({ id: 'd', nodeId: 'n1', desired: 'shutdown', state: 'shutdown' }),
  ])
  const mode = { kind: 'replicated', replicas: 3 } as const
  const of = (source: string, more: Partial<Mount> = {}) => {
    const mounts = [aMount({ source, ...more })]
    return judge(aService({ image: 'acme/api', mode, spec: aSpec({ mounts }) }), { tasks })
      .copies
  }

  test('the most tasks on one node share what is there', () => expect(of('data')).toBe(2))
  test('not where each slot has its own', () => expect(of('d-{{.Task.Slot}}')).toBe(1))
  test('nothing is shared on a node that is not there', () =>
    expect(of('data', { filesystem: 'nfs' })).toBe(0))
})

describe('the badge', () => {
  test('is not there for what holds nothing', () => {
    expect(badge(judge(single({}, 'nginx:1')))).toBeNull()
    expect(badge(judge(single({})))).toBeNull()
  })
  test('is there for what holds data, whatever its label says', () => {
    const service = single({ mounts: [aMount()], labels: { 'skep.state': 'stateless' } })
    expect(badge(judge(service))).toEqual({
      class: 'stateless',
      placement: 'unpinned',
      ifItMoves: 'starts-empty',
    })
  })
})

const images = fc.oneof(
  fc.constantFrom(...examples.map(({ service }) => service.image)),
  fc.string(),
)
const paths = fc.oneof(
  fc.constantFrom(
    '/',
    '/data',
    '/var/lib/x',
    '/tmp',
    '/var/run/docker.sock',
    '/etc/x.conf',
    '/cache',
    '/a/',
  ),
  fc.string().map((text) => `/${text}`),
)
const mounts: fc.Arbitrary<Mount> = fc
  .record({
    type: fc.constantFrom('volume', 'bind', 'tmpfs', 'cluster', 'npipe', 'image', 'other'),
    source: fc.option(
      fc.oneof(
        paths,
        fc.constantFrom(
          'data',
          'd-{{.Task.Slot}}',
          'd-{{.Node.Hostname}}',
          'd-{{.Task.ID}}',
        ),
        fc.string({ minLength: 1 }),
      ),
    ),
    target: paths,
    readOnly: fc.boolean(),
    driver: fc.option(fc.constantFrom('local', 'rexray/ebs', 'acme', 'zfs')),
    filesystem: fc.option(fc.constantFrom('nfs', 'cifs', 'tmpfs', 'none', 'ext4', 'x')),
    device: fc.option(fc.constantFrom(':/x', '/dev/sdb', 'tmpfs', '/srv', '//localhost/x')),
  })
  .map((fields) => aMount(fields))
const services = fc
  .record({
    image: images,
    mounts: fc.array(mounts, { maxLength: 4 }),
    command: fc.array(fc.string(), { maxLength: 3 }),
    environment: fc.array(fc.string(), { maxLength: 3 }),
    readOnlyRoot: fc.boolean(),
    labels: fc.dictionary(
      fc.constantFrom('skep.backup', 'skep.restore-drill'),
      fc.string(),
    ),
    constraints: fc.array(
      fc.oneof(fc.string(), fc.constantFrom('node.hostname==n1', 'node.role==manager')),
      { maxLength: 2 },
    ),
    mode: fc.oneof(
      fc.nat(5).map((replicas) => ({ kind: 'replicated', replicas }) as const),
      fc.constantFrom(
        { kind: 'global' } as const,
        { kind: 'global-job' } as const,
        { kind: 'replicated-job', totalCompletions: 3, maxConcurrent: 2 } as const,
      ),
    ),
  })
  .map(({ image, mode, ...spec }) => aService({ image, mode, spec: aSpec(spec) }))

const stays: fc.Arbitrary<StateFacts['stays']> = fc.array(
  fc.record({
    volume: fc.constantFrom('data', 'd-1', 'd-n1', 'other'),
    nodeId: fc.constantFrom('n1', 'n2', 'n3', 'gone'),
    node: fc.constant('gone'),
    from: fc.nat(1e9),
    to: fc.option(fc.nat(1e9)),
  }),
  { maxLength: 6 },
)
const candidates = fc.subarray(['n2', 'n3'])

const withMount = (service: Service, mount: Mount): Service => ({
  ...service,
  spec: { ...service.spec, mounts: [...service.spec.mounts, mount] },
})

describe('whatever is asked', () => {
  test('a judgement is found, and tells of the move what the preview tells', () => {
    fc.assert(
      fc.property(services, stays, candidates, (service, seen, to) => {
        const found = judge(service, { stays: seen })
        expect(Statefulness.safeParse(found).error).toBeUndefined()
        const move = { ...facts, stays: seen, from: 'n1', candidates: to }
        const { data, why } = dataOnMove(service, move)
        if (found.ifItMoves === 'keeps') expect(['none', 'keeps']).toContain(data)
        if (data === 'starts-empty' || data === 'unknown') expect(why).not.toBeNull()
      }),
      { numRuns: 300 },
    )
  }, 30_000)

  test('nothing is stateless that mounts a volume to write to', () => {
    const volume = mounts.map((mount) =>
      aMount({ ...mount, type: 'volume', readOnly: false }),
    )
    const kept = volume.filter(({ filesystem }) => filesystem !== 'tmpfs')
    fc.assert(
      fc.property(services, kept, (service, mount) => {
        expect(judge(withMount(service, mount)).class).not.toBe('stateless')
      }),
      { numRuns: 300 },
    )
  }, 30_000)

  test('nothing is stateless that mounts a path of the node to write data to', () => {
    const source = fc
      .tuple(
        fc.constantFrom('/srv', '/home', '/mnt', '/data', '/opt'),
        fc.stringMatching(/^[a-z]+$/),
      )
      .map((parts) => parts.join('/'))
    const bind = fc
      .record({ source, target: paths })
      .map((fields) => aMount({ ...fields, type: 'bind' }))
    fc.assert(
      fc.property(services, bind, (service, mount) => {
        fc.pre(!/\.sock|\/etc\//.test(mount.target))
        expect(judge(withMount(service, mount)).class).not.toBe('stateless')
      }),
      { numRuns: 300 },
    )
  }, 30_000)

  test('a node-local volume never goes along unannounced, whatever the image', () => {
    const local = fc
      .record({
        source: fc.constantFrom(
          'data',
          'd-{{.Task.Slot}}',
          'd-{{.Node.Hostname}}',
          'd-{{.Task.ID}}',
        ),
        target: paths,
        readOnly: fc.boolean(),
        driver: fc.constantFrom(null, 'local'),
      })
      .map((fields) => aMount(fields))
      // One that is new for each task and never written holds nothing to miss.
      .filter(({ source, readOnly }) => !(readOnly && source === 'd-{{.Task.ID}}'))
    fc.assert(
      fc.property(services, local, stays, (service, mount, seen) => {
        const move = { ...facts, stays: seen, from: 'n1', candidates: ['n2'] }
        const { data } = dataOnMove(withMount(service, mount), move)
        expect(['starts-empty', 'other-data']).toContain(data)
      }),
      { numRuns: 300 },
    )
  }, 30_000)
})
