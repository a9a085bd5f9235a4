import { expect, test } from 'vitest'
import { eligibleNodes } from './eligibility.ts'
import { aNode, aService, aSpec, factsOf } from './entities.fixture.ts'

const nodes = factsOf([
  aNode({ id: 'ready', labels: { disk: 'ssd' } }),
  aNode({ id: 'down', state: 'down', labels: { disk: 'ssd' } }),
  aNode({ id: 'silent', state: 'unknown' }),
  aNode({ id: 'paused', availability: 'pause' }),
  aNode({ id: 'drained', availability: 'drain' }),
])

test.each([
  { mode: 'global', holding: [], ids: ['ready', 'silent'], why: 'silence is not death' },
  {
    mode: 'global',
    holding: ['paused', 'drained', 'down'],
    ids: ['ready', 'silent', 'paused'],
    why: 'a paused node keeps its task, a drained one does not',
  },
  {
    mode: 'global-job',
    holding: [],
    ids: ['ready'],
    why: 'a job starts on fit nodes only',
  },
] as const)('$mode with tasks on $holding: $ids, $why', ({ mode, holding, ids }) => {
  const service = aService({ mode: { kind: mode } })
  const eligible = eligibleNodes(service, nodes, new Set(holding))
  expect(eligible.map(({ id }) => id)).toEqual(ids)
})

test('constraints narrow them down', () => {
  const spec = aSpec({ constraints: ['node.labels.disk==ssd'] })
  const service = aService({ mode: { kind: 'global' }, spec })
  expect(eligibleNodes(service, nodes, new Set()).map(({ id }) => id)).toEqual(['ready'])
})
