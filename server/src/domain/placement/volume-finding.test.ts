// Long, and in one piece: swarmkit's own cases, and its own code beside ours.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aClusterVolume, aNode, aState, aTask } from '../entities.fixture.ts'
import type { ClusterVolume, Segments } from '../state.ts'
import type { ClusterMount } from './demand.ts'
import { firstRefusal, isSure, roomFor, roomForAll, verdicts } from './filters.ts'
import { aDemand } from './placement.fixture.ts'
import { siteOf } from './sites.ts'
import { volumesFinding } from './volume-finding.ts'

const driver = 'csi-driver'
const here = aNode({ id: 'n1', csiDrivers: [{ name: driver, topology: null }] })
const there = { ...here, id: 'n2', hostname: 'n2' }

/** A task that has this volume. */
const having = (
  volume: string,
  nodeId: string,
  readOnly: boolean,
  fields: Parameters<typeof aTask>[0] = {},
) =>
  aTask({
    id: `${volume}-${nodeId}-${readOnly}`,
    nodeId,
    clusterVolumes: [{ id: volume, source: volume, target: '/data', readOnly }],
    ...fields,
  })

const mount = (source: string, readOnly = false): ClusterMount => ({ source, readOnly })

type Scene = {
  volumes?: readonly ClusterVolume[] | null
  tasks?: readonly ReturnType<typeof aTask>[]
  node?: Partial<typeof here>
}

function siteIn({ volumes: clusterVolumes = null, tasks = [], node = {} }: Scene) {
  const whole = { ...here, ...node }
  return siteOf(aState({ nodes: [whole, there], tasks, clusterVolumes }), whole)
}

const found = (scene: Scene, ...mounts: readonly ClusterMount[]) =>
  volumesFinding(mounts, siteIn(scene))

/** @see moby/swarmkit manager/scheduler/volumes_test.go, "checkVolume" */
describe('as swarmkit’s own cases', () => {
  const single = { scope: 'single', sharing: 'all' } as const
  const multi = (sharing: ClusterVolume['sharing']) =>
    ({ scope: 'multi', sharing }) as const
  const otherNode = [having('v', 'n2', false)]
  const onlyReaders = [having('v', 'n1', true)]
  const writer = [...onlyReaders, having('v', 'n1', false)]

  test.each<{
    what: string
    access?: Pick<ClusterVolume, 'scope' | 'sharing'>
    zone?: string
    inUse?: readonly ReturnType<typeof aTask>[]
    readOnly?: boolean
    why: string | null
  }>([
    {
      what: 'volume outside of node topology',
      zone: 'z2',
      why: 'v is reached from zone z1, and it is in zone z2',
    },
    {
      what: 'volume in use on a different node',
      inUse: otherNode,
      why: 'v is in use on n2, and is for one node at a time',
    },
    {
      what: 'volume is read only, mount is not',
      access: multi('readonly'),
      why: 'v is for reading only, and its mount is not read-only',
    },
    {
      what: 'volume is OneWriter, but already has a writer',
      access: multi('onewriter'),
      inUse: writer,
      why: 'v is in use on n1, and is for one task at a time that writes',
    },
    {
      what: 'volume is OneWriter, and has no writer',
      access: multi('onewriter'),
      inUse: onlyReaders,
      why: null,
    },
    { what: 'volume not in use and is in topology', why: null },
    {
      what: 'the volume is in use on a different node, but the scope is multinode',
      access: multi('all'),
      inUse: otherNode,
      why: null,
    },
    {
      what: 'the volume is in use and cannot be shared',
      access: { scope: 'single', sharing: 'none' },
      inUse: onlyReaders,
      readOnly: true,
      why: 'v is in use on n1, and is for one task at a time',
    },
    {
      what: 'the volume is not in use and cannot be shared',
      access: { scope: 'single', sharing: 'none' },
      readOnly: true,
      why: null,
    },
  ])('$what', ({ access = single, zone = 'z1', inUse = [], readOnly = false, why }) => {
    const scene = {
      volumes: [aClusterVolume('v', { ...access, topology: [{ zone: 'z1' }] })],
      tasks: inUse,
      node: { csiDrivers: [{ name: driver, topology: { zone } }] },
    }
    expect(found(scene, mount('v', readOnly))).toEqual(
      why === null ? { answer: 'fits' } : { answer: 'refuses', why },
    )
  })

  /** "volume or group availability on a node" */
  test.each([
    ['volumeName1', null],
    ['volumeNameNotReal', 'the swarm has no cluster volume volumeNameNotReal'],
    ['group:someVolumeGroup', null],
    ['group:none', 'no cluster volume is in the group none'],
    // Created, in swarmkit's words, is one with an id of its driver: others are not looked at.
    ['volumeName2', 'volumeName2 has not been made by its driver csi-driver'],
  ])('%s', (source, why) => {
    const volumes = [
      aClusterVolume('volumeName1', single),
      aClusterVolume('volumeName2', { ...single, made: false }),
      aClusterVolume('volumeName3', { ...single, group: 'someVolumeGroup' }),
      aClusterVolume('volumeName4', { ...single, group: 'someVolumeGroup' }),
    ]
    expect(found({ volumes }, mount(source))).toEqual(
      why === null ? { answer: 'fits' } : { answer: 'refuses', why },
    )
  })

  /** @see moby/swarmkit manager/scheduler/topology_test.go */
  test.each<[Segments, readonly Segments[], boolean]>([
    [{ region: 'R1', zone: 'Z1' }, [{ region: 'R1', zone: 'Z1' }], true],
    [
      { region: 'R1', zone: 'Z2' },
      [
        { region: 'R1', zone: 'Z1' },
        { region: 'R1', zone: 'Z2' },
      ],
      true,
    ],
    [{ region: 'R1', zone: 'Z3' }, [{ region: 'R1' }], true],
    [{ region: 'R1', zone: 'Z1' }, [{ region: 'R2', zone: 'Z1' }], false],
    [
      { region: 'R1', zone: 'Z1', shelf: 'S1' },
      [
        { region: 'R1', zone: 'Z1' },
        { region: 'R1', zone: 'Z2' },
      ],
      true,
    ],
    [
      { region: 'R1', zone: 'Z1', shelf: 'S1' },
      [
        { region: 'R1', zone: 'Z1', shelf: 'S2' },
        { region: 'R1', zone: 'Z2', shelf: 'S1' },
      ],
      false,
    ],
    [
      { region: 'R1', zone: 'Z1', shelf: 'S1' },
      [
        { region: 'R1', zone: 'Z1', shelf: 'S2' },
        { region: 'R1', zone: 'Z2', shelf: 'S1' },
        { region: 'R1', zone: 'Z1', shelf: 'S1' },
      ],
      true,
    ],
    // Names are chosen by drivers, as every object has them too.
    [{}, [{ constructor: 'x' }], false],
  ])('a node in %j, a volume reached from %j: %s', (lies, topology, fits) => {
    const scene = {
      volumes: [aClusterVolume('v', { topology })],
      node: { csiDrivers: [{ name: driver, topology: lies }] },
    }
    expect(found(scene, mount('v')).answer).toBe(fits ? 'fits' : 'refuses')
  })
})

describe('what swarmkit’s cases leave out', () => {
  test.each<[Partial<ClusterVolume>, string]>([
    [{ availability: 'pause' }, 'v is paused'],
    [{ availability: 'drain' }, 'v is drained'],
  ])('%j', (fields, why) => {
    const volumes = [aClusterVolume('v', fields)]
    expect(found({ volumes }, mount('v'))).toEqual({ answer: 'refuses', why })
  })

  test('a group refuses with the reason of each, of many with those of a few', () => {
    const paused = ['a', 'b', 'c', 'd'].map((id) =>
      aClusterVolume(id, { group: 'g', availability: 'pause' }),
    )
    const why = (volumes: readonly ClusterVolume[]) => found({ volumes }, mount('group:g'))
    expect(why(paused.slice(0, 2))).toMatchObject({ why: 'a is paused, b is paused' })
    expect(why(paused)).toMatchObject({
      why: 'none of the 4 volumes of the group g: a is paused, b is paused, c is paused, …',
    })
    const volumes = [...paused, aClusterVolume('e', { group: 'g' })]
    expect(why(volumes)).toEqual({ answer: 'fits' })
  })

  test('a volume of no group is in the group without a name', () => {
    expect(found({ volumes: [aClusterVolume('v')] }, mount('group:'))).toEqual({
      answer: 'fits',
    })
  })

  test('a task has its volume until it has ended', () => {
    const volumes = [aClusterVolume('v', { sharing: 'none' })]
    const answer = (fields: Parameters<typeof aTask>[0]) =>
      found({ volumes, tasks: [having('v', 'n1', false, fields)] }, mount('v')).answer
    expect(answer({ desired: 'shutdown' })).toBe('refuses')
    expect(answer({ state: 'assigned' })).toBe('refuses')
    expect(answer({ state: 'shutdown' })).toBe('fits')
    expect(answer({ state: 'failed' })).toBe('fits')
  })
})

describe('what cannot be told is not passed by a guess', () => {
  const cases: readonly [string, Scene, string][] = [
    [
      'nothing is known of any volume',
      {},
      'whether v can be mounted there is not known here',
    ],
    [
      'the node does not report the driver',
      { volumes: [aClusterVolume('v')], node: { csiDrivers: [] } },
      'the driver csi-driver of v is not reported there: the scheduler does not mind, but the task may never start',
    ],
    [
      'a word that is not known',
      { volumes: [aClusterVolume('v', { sharing: 'unknown' })] },
      'how tasks may share v is not known',
    ],
    [
      'an availability that is not known',
      { volumes: [aClusterVolume('v', { availability: 'unknown' })] },
      'whether v is active is not known',
    ],
    [
      'a scope that is not known, and a use elsewhere',
      {
        volumes: [aClusterVolume('v', { scope: 'unknown' })],
        tasks: [having('v', 'n2', true)],
      },
      'v is in use on n2, and may be for one node only',
    ],
    [
      'a use by a task that had its node from the start',
      {
        volumes: [aClusterVolume('v', { scope: 'single' })],
        tasks: [having('v', 'n2', true, { slot: null })],
      },
      'v is in use on n2 by a task of a global service, which the scheduler may not count',
    ],
  ]

  test.each(cases)('%s', (_, scene, why) => {
    const site = siteIn(scene)
    const demand = aDemand({ clusterMounts: [mount('v')] })
    expect(volumesFinding(demand.clusterMounts, site)).toEqual({
      answer: 'cannot-tell',
      why,
    })
    expect(firstRefusal(demand, site)).toBeNull()
    expect(isSure(demand, site)).toBe(false)
    expect(verdicts(demand, site).at(-1)).toEqual({
      filter: 'volumes',
      verdict: 'cannot-tell',
      sentence: why,
    })
  })

  test('a driver that an engine reports with a tag is there, but unknown to the scheduler', () => {
    const answer = (zone: string) =>
      found(
        {
          volumes: [aClusterVolume('v', { topology: [{ zone: 'z1' }] })],
          node: { csiDrivers: [{ name: `${driver}:latest`, topology: { zone } }] },
        },
        mount('v'),
      ).answer
    expect(answer('z1')).toBe('fits')
    expect(answer('z2')).toBe('cannot-tell')
  })

  test('a scope that is not known matters only where another node has it', () => {
    const volumes = [aClusterVolume('v', { scope: 'unknown' })]
    expect(found({ volumes }, mount('v')).answer).toBe('fits')
  })

  test('what refuses for certain does, whatever else is not known', () => {
    const volumes = [aClusterVolume('v', { availability: 'pause', sharing: 'unknown' })]
    expect(found({ volumes }, mount('v')).answer).toBe('refuses')
  })
})

describe('several mounts', () => {
  const volumes = [
    aClusterVolume('a'),
    aClusterVolume('b', { availability: 'pause' }),
    aClusterVolume('one', { group: 'g', sharing: 'none' }),
  ]

  test('the scheduler is content with one, and the task would be without the other', () => {
    expect(found({ volumes }, mount('a'), mount('b'))).toEqual({
      answer: 'cannot-tell',
      why: 'the scheduler asks for one of its 2 cluster volumes only, and b is paused',
    })
    expect(found({ volumes }, mount('b'), mount('x'))).toEqual({
      answer: 'refuses',
      why: 'b is paused; the swarm has no cluster volume x',
    })
  })

  test('two that may need the same volume, which one task cannot have twice', () => {
    expect(found({ volumes }, mount('one'), mount('group:g'))).toEqual({
      answer: 'cannot-tell',
      why: 'two of its mounts may need one, which one can have',
    })
    expect(found({ volumes }, mount('a'), mount('a'))).toEqual({ answer: 'fits' })
  })
})

describe('the room', () => {
  const demand = (source: string, readOnly = false) =>
    aDemand({ clusterMounts: [mount(source, readOnly)] })

  test('is one task for a volume that one task can have, wherever it goes', () => {
    const volumes = [
      aClusterVolume('none', { sharing: 'none', group: 'g' }),
      aClusterVolume('too', { sharing: 'none', group: 'g' }),
      aClusterVolume('writer', { sharing: 'onewriter' }),
      aClusterVolume('all'),
    ]
    const state = aState({ nodes: [here, there], clusterVolumes: volumes })
    const sites = [siteOf(state, here), siteOf(state, there)]
    const room = (source: string, readOnly = false) => [
      roomFor(demand(source, readOnly), siteIn({ volumes })),
      roomForAll(demand(source, readOnly), sites),
    ]
    expect(room('none')).toEqual([1, 1])
    expect(room('group:g')).toEqual([2, 2])
    expect(room('writer')).toEqual([1, 1])
    expect(room('writer', true)).toEqual([Infinity, Infinity])
    expect(room('all')).toEqual([Infinity, Infinity])
    expect(room('gone')).toEqual([0, 0])
  })

  test('is not limited by what is not known', () => {
    expect(roomFor(demand('v'), siteIn({}))).toBe(Infinity)
  })
})

/** The scheduler's own code, as far as it goes, for one mount. */
function checkVolume(
  { availability, scope, sharing, topology, id }: ClusterVolume,
  tasks: readonly ReturnType<typeof aTask>[],
  lies: Segments | null,
  readOnly: boolean,
): boolean {
  if (availability !== 'active') return false
  const usages = tasks.flatMap(({ clusterVolumes, nodeId }) =>
    clusterVolumes
      .filter((given) => given.id === id)
      .map((given) => ({ nodeId, readOnly: given.readOnly })),
  )
  if (scope === 'single' && usages.some(({ nodeId }) => nodeId !== 'n1')) return false
  if (sharing === 'none' && usages.length > 0) return false
  if (sharing === 'onewriter' && !readOnly && usages.some((one) => !one.readOnly))
    return false
  if (sharing === 'readonly' && !readOnly) return false
  if (lies === null || topology.length === 0) return true
  return topology.some((reach) =>
    Object.entries(reach).every(([domain, segment]) => lies[domain] === segment),
  )
}

test('where all is known and one is mounted, ours is what the scheduler says', () => {
  const zone = fc.constantFrom('z1', 'z2')
  const segments = fc.record({ zone, rack: zone }, { requiredKeys: [] })
  const volume = fc.record({
    availability: fc.constantFrom('active' as const, 'active', 'pause', 'drain'),
    scope: fc.constantFrom('single' as const, 'multi'),
    sharing: fc.constantFrom('none' as const, 'readonly', 'onewriter', 'all'),
    topology: fc.array(segments, { maxLength: 2 }),
    group: fc.constantFrom('', 'g'),
  })
  const use = fc.record({
    at: fc.nat(2),
    nodeId: fc.constantFrom('n1', 'n2'),
    readOnly: fc.boolean(),
  })
  fc.assert(
    fc.property(
      fc.array(volume, { minLength: 1, maxLength: 3 }),
      fc.array(use, { maxLength: 3 }),
      fc.option(segments),
      fc.constantFrom('v0', 'v1', 'group:g', 'group:'),
      fc.boolean(),
      (fields, uses, lies, source, readOnly) => {
        const volumes = fields.map((one, i) => aClusterVolume(`v${i}`, one))
        const tasks = uses.map(({ at, nodeId, readOnly }, i) =>
          having(`v${at}`, nodeId, readOnly, { id: `t${i}` }),
        )
        const scene = {
          volumes,
          tasks,
          node: { csiDrivers: [{ name: driver, topology: lies }] },
        }
        const candidates = source.startsWith('group:')
          ? volumes.filter(({ group }) => group === source.slice('group:'.length))
          : volumes.filter(({ name }) => name === source)
        const fits = candidates.some((one) => checkVolume(one, tasks, lies, readOnly))
        expect(found(scene, mount(source, readOnly)).answer).toBe(fits ? 'fits' : 'refuses')
      },
    ),
    { numRuns: 2_000 },
  )
})
