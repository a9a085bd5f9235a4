import { expect, test } from 'vitest'
import { aNode, byId } from './entities.fixture.ts'
import { volumeName } from './volume-name.ts'

const nodes = byId([aNode({ id: 'n1', hostname: 'w1' })])
const service = { id: 's1', name: 'db' }

test.each([
  { source: 'pgdata', slot: 1, name: 'pgdata' },
  { source: '{{.Service.Name}}-{{.Service.ID}}', slot: 1, name: 'db-s1' },
  { source: 'data-{{ .Task.Slot }}', slot: 3, name: 'data-3' },
  { source: 'data-{{.Task.Slot}}', slot: null, name: 'data-n1' },
  { source: '{{.Node.Hostname}}-{{.Node.ID}}', slot: 1, name: 'w1-n1' },
  { source: 'data-{{.Task.ID}}', slot: 1, name: 'data-{{.Task.ID}}' },
  {
    source: '{{index .Service.Labels "x"}}',
    slot: 1,
    name: '{{index .Service.Labels "x"}}',
  },
  { source: '{{.constructor.name}}{{', slot: 1, name: '{{.constructor.name}}{{' },
])('$source of slot $slot is $name', ({ source, slot, name }) => {
  expect(volumeName(source, { slot, nodeId: 'n1' }, service, nodes)).toBe(name)
})

test('what a node that is gone filled in stays as written', () => {
  const source = '{{.Node.Hostname}}'
  expect(volumeName(source, { slot: 1, nodeId: 'n9' }, service, nodes)).toBe(source)
})
