import { Placement } from '@skep/shared/contract/placement'
import { expect, test } from 'vitest'
import {
  aClusterVolume,
  aMount,
  aNode,
  aService,
  aSpec,
  aState,
  aTask,
} from '../entities.fixture.ts'
import type { ClusterVolume, Service, Task } from '../state.ts'
import { placement } from './placement.ts'

const five = ['n1', 'n2', 'n3', 'n4', 'n5'].map((id) =>
  aNode({ id, csiDrivers: [{ name: 'csi-driver', topology: null }] }),
)
const spec = aSpec({ mounts: [aMount({ type: 'cluster', source: 'csivol' })] })

function look(
  clusterVolumes: readonly ClusterVolume[] | null,
  tasks: readonly Task[] = [],
  { nodes = five, ...service }: Partial<Service> & { nodes?: typeof five } = {},
) {
  const whole = aService({ spec, ...service })
  const state = aState({ services: [whole], nodes, tasks, clusterVolumes })
  return Placement.parse(placement(whole, state, 0))
}

const waiting = (error: string, fields: Partial<Task> = {}) =>
  aTask({ id: 'p1', state: 'pending', nodeId: null, error, ...fields })

const recorded = 'no suitable node (cannot fulfill requested CSI volume mounts on 5 nodes)'

/** @see swarm-lab recordings/csi-28.txt: of a driver that is not there */
test('as recorded: a volume that no driver has made', () => {
  const seen = look([aClusterVolume('csivol', { made: false })], [waiting(recorded)])
  expect(seen.explanation).toBe(recorded)
  expect(seen.sentence).toBe('Fits on none of 5 nodes.')
  expect(seen.pending[0]?.agrees).toBe(true)
  expect(seen.nodes[0]?.first).toBe('volumes')
})

test('a volume that the swarm does not have is as good as none', () => {
  expect(look([], [waiting(recorded)]).pending[0]?.agrees).toBe(true)
})

test('on one node it may be in use, and on the others refused', () => {
  const volume = aClusterVolume('csivol', { scope: 'single' })
  const user = aTask({
    nodeId: 'n2',
    clusterVolumes: [{ id: 'csivol', source: 'csivol', target: '/data', readOnly: false }],
  })
  const seen = look([volume], [user])
  expect(seen.sentence).toBe('Fits on 1 of 5 nodes.')
  expect(seen.nodes.map(({ fits }) => fits)).toEqual([false, true, false, false, false])
  expect(seen.nodes[0]?.verdicts.at(-1)?.sentence).toBe(
    'csivol is in use on n2, and is for one node at a time',
  )
})

test('where nothing is known of volumes, neither is the engine contradicted', () => {
  const seen = look(null, [waiting(recorded)])
  expect(seen.sentence).toBe(
    'May fit on 5 of 5 nodes: its cluster volumes are not known here.',
  )
  expect(seen.nodes.every(({ fits }) => fits === null)).toBe(true)
  expect(seen.explanation).toBeNull()
  expect(seen.pending[0]?.agrees).toBeNull()
})

test('nodes that cannot be told stand beside those that can', () => {
  const [first = aNode(), ...others] = five
  const nodes = [{ ...first, csiDrivers: [] }, ...others]
  const seen = look([aClusterVolume('csivol')], [waiting(recorded)], { nodes })
  expect(seen.sentence).toBe(
    'Fits on 4 of 5 nodes, and may on 1 more: of its cluster volumes it cannot be told.',
  )
  expect(seen.pending[0]?.agrees).toBeNull()
})

test('a task that has its node already is told of that node alone', () => {
  const [first = aNode(), ...others] = five
  const nodes = [{ ...first, csiDrivers: [] }, ...others]
  const error = 'cannot fulfill requested CSI volume mounts on 1 node'
  const seen = look(
    [aClusterVolume('csivol', { availability: 'drain' })],
    [waiting(error, { nodeId: 'n2', slot: null })],
    { nodes, mode: { kind: 'global' } },
  )
  expect(seen.pending[0]?.agrees).toBe(true)
})

test('a global service’s next task has the volume of the one that it follows', () => {
  const volume = aClusterVolume('csivol', { sharing: 'none' })
  const own = aTask({
    nodeId: 'n1',
    slot: null,
    clusterVolumes: [{ id: 'csivol', source: 'csivol', target: '/data', readOnly: false }],
  })
  const seen = look([volume], [own], { mode: { kind: 'global' } })
  expect(seen.nodes.map(({ fits }) => fits)).toEqual([true, null, null, null, null])
})
