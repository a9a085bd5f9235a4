import { expect, test } from 'vitest'
import { aNode, aService, aSpec } from '../entities.fixture.ts'
import { labelUses } from './label-uses.ts'

const asking = (name: string, ...constraints: string[]) =>
  aService({ id: name, name, spec: aSpec({ constraints }) })

const node = aNode({ labels: { disk: 'ssd' }, engineLabels: { storage: 'zfs' } })

test('each constraint on a label once, with who writes it and whether it is met here', () => {
  const uses = labelUses(node, [
    asking('web', 'node.labels.disk==ssd', 'node.role==worker'),
    asking('db', 'node.labels.disk==ssd', 'node.labels.disk==ssd'),
    asking('cache', 'NODE.LABELS.disk != ssd', 'engine.labels.storage==zfs'),
    asking('odd', 'node.labels.zone!=a', 'no constraint', 'node.labels.==x'),
  ])
  expect(
    uses.map(({ of, label, constraint, met, services }) =>
      [of, label, constraint, met, services.join()].join(' | '),
    ),
  ).toEqual([
    'node | disk | NODE.LABELS.disk != ssd | false | cache',
    'node | disk | node.labels.disk==ssd | true | db,web',
    'engine | storage | engine.labels.storage==zfs | true | cache',
    'node | zone | node.labels.zone!=a | true | odd',
  ])
})

test('a label is asked for in its own case, as the swarm does', () => {
  const [use] = labelUses(node, [asking('web', 'node.labels.Disk==ssd')])
  expect(use).toMatchObject({ label: 'Disk', met: false })
})
